import type { ActorSnapshot } from '../accounts/index.js';
import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database.js';
import type { AccessLogRow } from './accessLog.entity.js';
import type { AccessLogStore } from './accessLog.store.js';
import type { AccessRecord } from './audit.model.js';

/** Reads gathered before they are written, ms. */
const FLUSH_MS = 1_000;
/** Rows in one insert. */
const ROWS_PER_INSERT = 500;
/** Reads of this hour that are known to be noted; more are asked of the database. */
const MAX_REMEMBERED = 20_000;

/**
 * Who has read what. Reading is never held up by it: reads are gathered and written together, once for each person, subject and hour.
 * What a process killed in that second had gathered is lost.
 */
export class AccessLog {
  private waiting = new Map<string, AccessLogRow>();
  private readonly noted = new Set<string>();
  private timer: NodeJS.Timeout | null = null;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly db: Database,
    private readonly store: AccessLogStore,
    private readonly clock: Clock,
  ) {}

  note(subjectId: string, by: ActorSnapshot): void {
    const at = this.clock.now();
    const hour = at.toISOString().slice(0, 13);
    const key = `${subjectId}:${by.userId}:${hour}`;
    if (this.noted.has(key)) return;
    if (this.noted.size >= MAX_REMEMBERED) this.noted.clear();
    this.noted.add(key);
    this.waiting.set(key, { subjectId, userId: by.userId, hour, at, reader: JSON.stringify(by) });
    this.timer ??= setTimeout(() => void this.flush().catch(() => undefined), FLUSH_MS).unref();
  }

  /** Newest first, strictly before `before`. What this node has gathered is in it. */
  async entries(subjectId: string, first: number, before: Date | null): Promise<AccessRecord[]> {
    await this.flush();
    return this.store.entries(subjectId, first, before);
  }

  /** Writes what is gathered. @throws when the database doesn't take it; it is kept, and tried with the next */
  flush(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const turn = this.writing.then(() => this.write());
    this.writing = turn.catch(() => undefined);
    return turn;
  }

  private async write(): Promise<void> {
    const rows = this.waiting;
    if (rows.size === 0) return;
    this.waiting = new Map();
    try {
      const all = [...rows.values()];
      await this.db.tx(async () => {
        for (let i = 0; i < all.length; i += ROWS_PER_INSERT) await this.store.add(all.slice(i, i + ROWS_PER_INSERT));
      });
    } catch (error) {
      this.waiting = new Map([...rows, ...this.waiting]);
      this.timer ??= setTimeout(() => void this.flush().catch(() => undefined), FLUSH_MS).unref();
      throw error;
    }
  }
}
