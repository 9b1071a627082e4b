import { MAX_WAITING_BYTES, MAX_WAITING_EVENTS } from '@samsyn/schema';
import { metrics } from '../../platform/metrics.js';
import type { Actor } from '../accounts/index.js';
import type { DocumentEvent } from './collaboration.model.js';

type Result = IteratorResult<DocumentEvent, undefined>;

/** One open subscription: a bounded queue between a room and a socket. A reader too slow for it is told to open anew. */
export class Subscriber implements AsyncIterableIterator<DocumentEvent> {
  private queue: DocumentEvent[] = [];
  private waitingBytes = 0;
  private wake: ((result: Result) => void) | null = null;
  private ended = false;
  private deliveredSeq: number | null = null;

  constructor(
    readonly actor: Actor,
    readonly presenceId: string,
    /** Called once, when nobody listens any more. */
    private readonly onEnd: (subscriber: Subscriber) => void,
  ) {}

  push(event: DocumentEvent): void {
    if (this.ended) return;
    if (this.wake) {
      const wake = this.wake;
      this.wake = null;
      wake(this.delivered(event));
      return;
    }
    // Of presence only the newest list counts.
    if (event.kind === 'PRESENCE') this.queue = this.queue.filter((waiting) => waiting.kind !== 'PRESENCE');
    this.queue.push(event);
    this.waitingBytes += bytesIn(event);
    if (event.kind !== 'OPENED' && (this.queue.length > MAX_WAITING_EVENTS || this.waitingBytes > MAX_WAITING_BYTES)) this.overflow(event);
  }

  /** Ends after what is waiting has been delivered. */
  finish(): void {
    if (this.ended) return;
    this.ended = true;
    this.onEnd(this);
    this.wake?.({ value: undefined, done: true });
    this.wake = null;
  }

  next(): Promise<Result> {
    const event = this.queue.shift();
    if (event) {
      this.waitingBytes -= bytesIn(event);
      return Promise.resolve(this.delivered(event));
    }
    if (this.ended) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve) => (this.wake = resolve));
  }

  return(): Promise<Result> {
    this.queue = [];
    this.finish();
    return Promise.resolve({ value: undefined, done: true });
  }

  throw(): Promise<Result> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private overflow({ seq, epoch }: DocumentEvent): void {
    this.queue = [{ ...plainEvent('RESYNC', seq, epoch), resyncFrom: this.deliveredSeq }];
    this.waitingBytes = 0;
    metrics.resyncs.inc();
    this.finish();
  }

  private delivered(event: DocumentEvent): Result {
    if (event.kind === 'OPENED' || event.kind === 'UPDATES') this.deliveredSeq = event.seq;
    return { value: event, done: false };
  }
}

const bytesIn = (event: DocumentEvent): number =>
  event.updates.reduce((sum, row) => sum + row.update.byteLength, event.checkpoint?.update.byteLength ?? 0);

/** An event with none of the parts that only some kinds have. */
export function plainEvent(kind: DocumentEvent['kind'], seq: number, epoch: number): DocumentEvent {
  const none = {
    checkpoint: null,
    updates: [],
    contentHash: null,
    writable: null,
    reason: null,
    presence: null,
    you: null,
    resyncFrom: null,
  };
  return { kind, seq, epoch, canRead: true, ...none };
}
