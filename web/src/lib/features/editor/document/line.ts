import { Backoff } from './backoff.js';
import { type DocumentEvent, type DocumentTransport, TransportDenied } from './transport.js';

export interface LineListener {
  event(event: DocumentEvent): void;
  /** The line went down; it will come back by itself. */
  down(): void;
  denied(error: TransportDenied): void;
}

/** The subscription to one document: comes back for ever, with jitter, and asks only for what is missing. */
export class Line {
  #stop: (() => void) | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #ended = false;
  #opened = false;
  #generation = 0;

  constructor(
    readonly documentId: string,
    readonly transport: DocumentTransport,
    readonly haveSeq: () => number | null,
    readonly listener: LineListener,
    readonly backoff = new Backoff(),
  ) {}

  /** True from OPENED until the line breaks. */
  get up(): boolean {
    return this.#opened;
  }

  /** Opens, or opens anew with what `haveSeq` says now. */
  open(): void {
    this.#close();
    if (this.#ended) return;
    const generation = ++this.#generation;
    this.#stop = this.transport.open(this.documentId, this.haveSeq(), {
      event: (event) => {
        if (generation !== this.#generation) return;
        if (event.kind === 'OPENED') {
          this.#opened = true;
          this.backoff.reset();
        }
        this.listener.event(event);
      },
      ended: (error) => {
        if (generation === this.#generation) this.#broke(error);
      },
    });
  }

  /** The network is said to be back: don't wait out the pause. */
  hurry(): void {
    if (this.#timer !== null) this.open();
  }

  /** Silent until `open` is called again. */
  pause(): void {
    this.#close();
  }

  end(): void {
    this.#ended = true;
    this.#close();
  }

  #broke(error: unknown): void {
    this.#close();
    if (error instanceof TransportDenied) {
      this.#ended = true;
      this.listener.denied(error);
      return;
    }
    this.listener.down();
    if (!this.#ended) this.#timer = setTimeout(() => this.open(), this.backoff.next());
  }

  #close(): void {
    this.#generation += 1;
    this.#opened = false;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const stop = this.#stop;
    this.#stop = null;
    stop?.();
  }
}
