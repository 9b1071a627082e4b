import { setImmediate as breathe } from 'node:timers/promises';
import { notFound } from '../../platform/outcome.js';
import type { AuthorshipStore } from './authorship.store.js';
import type { DocumentStore } from './collaboration.store.js';
import { History } from './history.rules.js';

/** Rows replayed before others get their turn. */
const ROWS_AT_ONCE = 200;
/** A history is many times its document: only those asked for lately are kept. */
const MAX_KEPT = 8;

/** Histories of documents, made when somebody asks and then only added to. Nothing on the road of a keystroke comes here. */
export class Histories {
  private readonly kept = new Map<string, History>();
  private readonly queues = new Map<string, Promise<unknown>>();

  constructor(
    private readonly store: DocumentStore,
    private readonly authorship: AuthorshipStore,
  ) {}

  /** Uses the document's history as it is committed now; `use` must not wait for anything. @throws DomainError NOT_FOUND */
  async with<T>(documentId: string, use: (history: History) => T): Promise<T> {
    const turn = (this.queues.get(documentId) ?? Promise.resolve()).then(async () => use(await this.current(documentId)));
    const settled = turn.catch(() => undefined);
    this.queues.set(documentId, settled);
    void settled.then(() => this.queues.get(documentId) === settled && this.queues.delete(documentId));
    return turn;
  }

  private async current(documentId: string): Promise<History> {
    const head = await this.store.head(documentId);
    if (!head) throw notFound();
    const history = this.kept.get(documentId) ?? new History();
    if (history.seq < head.seq) await this.extend(documentId, history);
    this.kept.delete(documentId);
    const [oldest] = this.kept.keys();
    if (this.kept.size >= MAX_KEPT && oldest !== undefined) this.kept.delete(oldest);
    this.kept.set(documentId, history);
    return history;
  }

  private async extend(documentId: string, history: History): Promise<void> {
    // Half of it in memory would be taken for the whole by the next to ask.
    this.kept.delete(documentId);
    const rows = await this.store.rowsAfter(documentId, history.seq);
    const notes = Map.groupBy(await this.authorship.notesAfter(documentId, history.seq), (note) => note.seq);
    const authors = await this.authorship.authors(documentId);
    for (let i = 0; i < rows.length; i += ROWS_AT_ONCE) {
      history.add(rows.slice(i, i + ROWS_AT_ONCE), notes, authors);
      await breathe();
    }
    const checkpoint = history.hasHoles ? await this.store.checkpoint(documentId) : null;
    if (checkpoint) history.mend(checkpoint);
  }
}
