import { MAX_DOCUMENT_BYTES } from '@samsyn/schema';
import type { CheckpointState, DocumentHead, LogRow, ReadContent } from './collaboration.model.js';
import { LiveDocument } from './liveDocument.js';

/** A full document's real size is reckoned again when this much was written since, bytes, or after this long, ms. */
const RECKON_BYTES = 65_536;
const RECKON_MS = 5_000;

/**
 * What a room holds of its document: the newest checkpoint and the rows after it, as bytes and all committed, and (while somebody writes)
 * the document in memory. Readers are served from the bytes alone, so nobody is ever shown what isn't in the log.
 */
export class DocumentState {
  head: DocumentHead;
  checkpoint: CheckpointState | null;
  tail: LogRow[];
  private live: LiveDocument | null = null;
  private content: ReadContent | null = null;
  /** At least the size of the state, bytes. */
  private sizeBound = 0;
  private reckoned = { size: 0, at: 0 };

  constructor(head: DocumentHead, checkpoint: CheckpointState | null, tail: LogRow[]) {
    this.head = head;
    this.checkpoint = checkpoint;
    this.tail = tail;
  }

  /** The document in memory, made from checkpoint and tail when it isn't there. */
  loaded(): LiveDocument {
    if (this.live) return this.live;
    this.live = new LiveDocument(this.checkpoint, this.tail);
    this.sizeBound = this.bytes;
    return this.live;
  }

  get isLoaded(): boolean {
    return this.live !== null;
  }

  /** The document in memory holds something refused. */
  get spoilt(): boolean {
    return this.live?.spoilt ?? false;
  }

  /** Forgets the document in memory: it is idle, or holds what didn't reach the log. */
  unload(): void {
    this.live?.destroy();
    this.live = null;
  }

  /** Rows that are committed. @param applied they are in the loaded document already */
  commit(rows: readonly LogRow[], applied: boolean): void {
    const last = rows.at(-1);
    if (!last) return;
    if (!applied) for (const row of rows) this.live?.replay(row.bytes);
    this.tail.push(...rows);
    this.head = { seq: last.seq, epoch: Math.max(this.head.epoch, last.epoch), hash: last.hash };
  }

  /** Replaces the checkpoint by a newer one; the rows it holds are let go. */
  rebase(checkpoint: CheckpointState): void {
    if (checkpoint.seq <= (this.checkpoint?.seq ?? 0)) return;
    this.checkpoint = checkpoint;
    this.tail = this.tail.filter((row) => row.seq > checkpoint.seq);
  }

  /** Size of what an opener is sent, bytes. */
  get bytes(): number {
    return this.tail.reduce((sum, row) => sum + row.bytes.byteLength, this.checkpoint?.state.byteLength ?? 0);
  }

  /** The content at the head. Only while nothing uncommitted is applied. */
  read(): ReadContent {
    if (this.content?.seq === this.head.seq) return this.content;
    this.content = { seq: this.head.seq, ...this.loaded().content() };
    return this.content;
  }

  /** The content hash at the head when it is known without work. */
  knownHash(): string | null {
    if (this.content?.seq === this.head.seq) return this.content.contentHash;
    return this.checkpoint?.seq === this.head.seq ? this.checkpoint.contentHash : null;
  }

  /** A checkpoint of the head. Only while nothing uncommitted is applied. */
  makeCheckpoint(): CheckpointState {
    return { seq: this.head.seq, state: this.loaded().encode(), contentHash: this.read().contentHash };
  }

  /** Says whether `bytes` more fit. The bound is reckoned anew when it is reached, but not for every keystroke. */
  takesMore(bytes: number, now: number): boolean {
    if (this.sizeBound + bytes <= MAX_DOCUMENT_BYTES) return true;
    const written = this.sizeBound - this.reckoned.size;
    if (written < RECKON_BYTES && now - this.reckoned.at < RECKON_MS) return false;
    this.sizeBound = this.loaded().encode().byteLength;
    this.reckoned = { size: this.sizeBound, at: now };
    return this.sizeBound + bytes <= MAX_DOCUMENT_BYTES;
  }

  /** Counts in what was let in. */
  grew(bytes: number): void {
    this.sizeBound += bytes;
  }
}
