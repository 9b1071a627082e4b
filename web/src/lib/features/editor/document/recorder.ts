import { PUSH_BATCH_MS } from '@samsyn/schema';
import * as Y from 'yjs';

/**
 * Records what this tab itself did to a document: never a state diff, which would carry other people's changes in our name.
 * `Transaction.local` is false for everything that came through applyUpdate.
 */
export class Recorder {
  #parts: Uint8Array[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  readonly #listener: (update: Uint8Array, origin: unknown, doc: Y.Doc, transaction: Y.Transaction) => void;

  constructor(
    readonly doc: Y.Doc,
    readonly onRecorded: (update: Uint8Array) => void,
    readonly onFirstPart: () => void,
  ) {
    this.#listener = (update, _origin, _doc, transaction) => {
      if (transaction.local) this.#add(update);
    };
    doc.on('update', this.#listener);
  }

  get waiting(): boolean {
    return this.#parts.length > 0;
  }

  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const parts = this.#parts;
    this.#parts = [];
    const [first, ...rest] = parts;
    if (first !== undefined) this.onRecorded(rest.length === 0 ? first : Y.mergeUpdates(parts));
  }

  /** Stops recording; what was gathered is handed over first. */
  stop(): void {
    this.doc.off('update', this.#listener);
    this.flush();
  }

  #add(update: Uint8Array): void {
    const first = this.#parts.length === 0;
    this.#parts.push(update);
    if (first) this.onFirstPart();
    this.#timer ??= setTimeout(() => this.flush(), PUSH_BATCH_MS);
  }
}
