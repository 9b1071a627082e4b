import { clientAct } from '@samsyn/schema';
import { Backoff } from './backoff.js';
import type { Outbox } from './outbox.js';
import type { StoredEntry } from './storage.js';
import { type Acknowledged, type DocumentTransport, type RefusedAnswer, TransportDenied } from './transport.js';

export interface PushListener {
  acknowledged(answer: Acknowledged): void;
  /** The server will never take this update. Pushing has stopped. */
  refused(answer: RefusedAnswer): void;
  denied(error: TransportDenied): void;
}

/**
 * Sends the outbox, one update at a time and strictly in order: what comes later may build on what comes before. An update that got no
 * answer is sent again with the same lease and number; the server answers a repeat with the first answer.
 */
export class Pusher {
  readonly #leased = new Set<number>();
  #busy = false;
  #stopped = false;
  /** Sent once more after the server missed something before it. */
  #resent: StoredEntry | null = null;
  #retry: ReturnType<typeof setTimeout> | null = null;

  constructor(
    readonly documentId: string,
    readonly transport: DocumentTransport,
    readonly outbox: Outbox,
    readonly isUp: () => boolean,
    readonly listener: PushListener,
    readonly backoff = new Backoff(),
  ) {}

  /** Sends what waits, if the line is up and nothing is on its way. */
  kick(): void {
    if (this.#busy || this.#stopped || !this.isUp()) return;
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retry = null;
    this.#busy = true;
    void this.#send().finally(() => {
      this.#busy = false;
      // Recorded while the last answer was being handled.
      if (this.outbox.size > 0 && this.#retry === null) this.kick();
    });
  }

  stop(): void {
    this.#stopped = true;
    if (this.#retry !== null) clearTimeout(this.#retry);
  }

  async #send(): Promise<void> {
    while (!this.#stopped && this.isUp()) {
      const entry = this.outbox.takeFirst();
      if (entry === null) return;
      try {
        const answer = await this.#push(entry);
        if (this.#stopped) return;
        if (answer.refused) return this.#said(answer, entry);
        this.backoff.reset();
        this.outbox.acknowledge(entry);
        this.listener.acknowledged(answer);
      } catch (error) {
        return this.#failed(error);
      }
    }
  }

  async #push(entry: StoredEntry): Promise<Acknowledged | RefusedAnswer> {
    const request = { epoch: entry.epoch, lease: entry.lease, n: entry.n, update: entry.update };
    if (!this.#leased.has(entry.lease)) await this.#lease(entry.lease);
    return this.transport.push(this.documentId, request);
  }

  /**
   * Leases the number under which the document was written. A lease of ours from before a reload, or one whose answer was lost, is
   * "taken" as well: then the push itself tells whose it is.
   */
  async #lease(clientId: number): Promise<void> {
    const answer = await this.transport.takeLease(this.documentId, clientId);
    if (answer.refused && clientAct(answer.code) === 'RETRY') throw new Error(answer.code);
    this.#leased.add(clientId);
  }

  #said(answer: RefusedAnswer, entry: StoredEntry): void {
    const act = clientAct(answer.code);
    const before = this.#resent;
    this.#resent = act === 'RESEND' ? entry : null;
    // The outbox always starts at the lowest number that is not acknowledged: sending again is sending from there.
    if (act === 'RETRY' || (act === 'RESEND' && before !== entry)) return this.#failed(new Error(answer.code));
    this.#stopped = true;
    this.listener.refused(answer);
  }

  #failed(error: unknown): void {
    if (this.#stopped) return;
    if (error instanceof TransportDenied) {
      this.#stopped = true;
      this.listener.denied(error);
      return;
    }
    this.#retry = setTimeout(() => this.kick(), this.backoff.next());
  }
}
