import { AsyncResource } from 'node:async_hooks';
import type { Database } from '../../platform/database.js';
import { metrics } from '../../platform/metrics.js';
import type { Append, DocumentStore } from './collaboration.store.js';

/** Most rows in one transaction. */
const MAX_ROWS = 2_000;
/** Transactions at once: SQLite has one writer, MariaDB commits in groups by itself. */
const MAX_OPEN = { sqlite: 1, mariadb: 4 } as const;

interface Waiting {
  readonly append: Append;
  readonly resolve: (appended: boolean) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Appends of many documents in one transaction, so that they share one fsync. While one commits, the next gathers.
 * A conflict in one document leaves the others as they are; a fault makes each try alone.
 */
export class GroupCommit {
  private waiting: Waiting[] = [];
  private open = 0;
  /** Whoever asks, the append is a transaction of its own: it must never join one that is open around the call. */
  private readonly outside = new AsyncResource('group-commit');

  constructor(
    private readonly db: Database,
    private readonly store: DocumentStore,
  ) {}

  /** Resolves when committed: true, or false on conflict. Rejects when the database failed; then nothing was appended. */
  append(append: Append): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ append, resolve, reject });
      this.outside.runInAsyncScope(() => this.pump());
    });
  }

  private pump(): void {
    while (this.waiting.length > 0 && this.open < MAX_OPEN[this.db.dialect]) {
      const group = this.take();
      this.open++;
      void this.commit(group).finally(() => {
        this.open--;
        this.pump();
      });
    }
  }

  private take(): Waiting[] {
    let rows = 0;
    let count = 0;
    for (const { append } of this.waiting) {
      if (count > 0 && rows + append.rows.length > MAX_ROWS) break;
      rows += append.rows.length;
      count++;
    }
    // In id order: two transactions that lock the same documents wait for each other, and don't deadlock.
    return this.waiting.splice(0, count).sort((a, b) => (a.append.documentId < b.append.documentId ? -1 : 1));
  }

  private async commit(group: readonly Waiting[]): Promise<void> {
    const timed = metrics.commitSeconds.startTimer();
    try {
      const results = await this.db.tx(async () => {
        const appended: boolean[] = [];
        for (const { append } of group) appended.push(await this.store.append(append));
        return appended;
      });
      timed();
      group.forEach(({ resolve }, i) => resolve(results[i] as boolean));
    } catch (error) {
      const [only] = group;
      if (group.length === 1 && only) only.reject(error);
      else for (const waiting of group) await this.commit([waiting]);
    }
  }
}
