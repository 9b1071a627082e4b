import type { CheckpointState, DocumentHead, ReadContent } from './collaboration.model.js';
import type { DocumentStore } from './collaboration.store.js';
import { LiveDocument } from './liveDocument.js';

const MAX_KEPT = 400;

/** Content of documents as the log has them, kept while their head stays. Rooms aren't asked: they may hold what isn't committed. */
export class ContentCache {
  private readonly kept = new Map<string, ReadContent>();

  constructor(private readonly store: DocumentStore) {}

  /** @param current inside `tx`, under the document's lock: the newest rows, whatever the transaction has read before */
  async at(documentId: string, head: DocumentHead, current: boolean): Promise<ReadContent> {
    const found = this.kept.get(documentId);
    if (found?.seq === head.seq) return found;
    const read = await this.load(documentId, current, (live, seq) => ({ seq, ...live.content() }));
    this.kept.delete(documentId);
    const [oldest] = this.kept.keys();
    if (this.kept.size >= MAX_KEPT && oldest !== undefined) this.kept.delete(oldest);
    this.kept.set(documentId, read);
    return read;
  }

  /** A checkpoint of the head. Call inside `tx`, under the document's lock. */
  checkpoint(documentId: string): Promise<CheckpointState> {
    return this.load(documentId, true, (live, seq) => ({ seq, state: live.encode(), contentHash: live.content().contentHash }));
  }

  private async load<T>(documentId: string, current: boolean, use: (live: LiveDocument, seq: number) => T): Promise<T> {
    const checkpoint = await this.store.checkpoint(documentId, current);
    const rows = await this.store.rowsAfter(documentId, checkpoint?.seq ?? 0, current);
    const live = new LiveDocument(checkpoint, rows);
    try {
      return use(live, rows.at(-1)?.seq ?? checkpoint?.seq ?? 0);
    } finally {
      live.destroy();
    }
  }
}
