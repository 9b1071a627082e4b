import type { DocumentTransport } from '../document/transport.js';

type Place = Parameters<DocumentTransport['setPresence']>[1];

const NOWHERE: Place = { path: null, anchor: null, head: null };

/** Tells the others where this person writes: at most this often, the latest word wins, and a failure is nobody's concern. */
export class PresenceSender {
  #place: Place = NOWHERE;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #sentAt = Number.NEGATIVE_INFINITY;
  #ended = false;

  constructor(
    readonly send: (place: Place) => Promise<void>,
    readonly intervalMs = 200,
  ) {}

  at(path: string, anchor: Uint8Array | null = null, head: Uint8Array | null = null): void {
    this.#place = { path, anchor, head };
    this.#soon();
  }

  /** Left this field; nothing happens when another one has the focus already. */
  left(path: string): void {
    if (this.#place.path !== path) return;
    this.#place = NOWHERE;
    this.#soon();
  }

  /** A new line knows nothing of where we are. */
  repeat(): void {
    if (this.#place.path !== null) this.#soon();
  }

  end(): void {
    this.#ended = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #soon(): void {
    if (this.#ended) return;
    this.#timer ??= setTimeout(() => this.#now(), Math.max(0, this.#sentAt + this.intervalMs - performance.now()));
  }

  #now(): void {
    this.#timer = null;
    this.#sentAt = performance.now();
    this.send(this.#place).catch(() => undefined);
  }
}
