import * as Y from 'yjs';
import {
  type Acknowledged,
  type DocumentEvent,
  type DocumentSink,
  type DocumentTransport,
  type Leased,
  type LoggedUpdate,
  type PushRequest,
  type RefusedAnswer,
  TransportDenied,
} from './transport.js';

const empty: DocumentEvent = {
  kind: 'UPDATES',
  seq: 0,
  epoch: 1,
  checkpoint: null,
  updates: [],
  contentHash: null,
  writable: null,
  canRead: true,
  reason: null,
  presence: null,
  resyncFrom: null,
};

const refused = (code: string): RefusedAnswer => ({ refused: true, code, message: `nej: ${code}` });

/**
 * The protocol's other side for the document client's tests: one document in memory with a log, leases and numbered updates, and
 * switches for everything that can go wrong between a browser and it.
 */
export class FakeServer {
  readonly doc = new Y.Doc();
  readonly log: LoggedUpdate[] = [];
  readonly received: PushRequest[] = [];
  readonly leases = new Set<number>();
  readonly #answers = new Map<string, number>();
  readonly #next = new Map<number, number>();
  readonly #sinks = new Map<DocumentSink, number>();
  #pending: (() => void)[] = [];
  epoch = 1;
  writable: string[] = ['*'];
  at = new Date('2023-10-03T12:02:00Z');
  /** Every push from here on is refused with this code. */
  refusing: string | null = null;
  /** The next this many pushes are taken, but their answers are lost. */
  losesAnswers = 0;
  /** Pushes wait until `release`. */
  holding = false;
  reachable = true;
  /** Opening is denied with this code. */
  denying: string | null = null;
  opens: (number | null)[] = [];
  hash: (doc: Y.Doc) => string = () => '';

  constructor(seed: (doc: Y.Doc) => void) {
    seed(this.doc);
    this.log.push({ seq: 1, lease: this.doc.clientID, update: Y.encodeStateAsUpdate(this.doc) });
  }

  get head(): number {
    return this.log.length;
  }

  transport(): DocumentTransport {
    return {
      open: (_id, haveSeq, sink) => this.#open(haveSeq, sink),
      takeLease: (_id, clientId) => this.#takeLease(clientId),
      push: (_id, request) => this.#push(request),
      setPresence: () => Promise.resolve(),
      contentHash: () => Promise.resolve({ seq: this.head, contentHash: this.hash(this.doc) }),
    };
  }

  send(event: Partial<DocumentEvent>): void {
    for (const sink of [...this.#sinks.keys()]) sink.event({ ...empty, seq: this.head, epoch: this.epoch, ...event });
  }

  /** Somebody else writes. */
  write(edit: (doc: Y.Doc) => void): void {
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(this.doc));
    const before = Y.encodeStateVector(other);
    edit(other);
    this.#append(other.clientID, Y.encodeStateAsUpdate(other, before));
  }

  cut(): void {
    this.reachable = false;
    for (const sink of [...this.#sinks.keys()]) {
      this.#sinks.delete(sink);
      sink.ended(new Error('the line broke'));
    }
  }

  release(): void {
    this.holding = false;
    for (const go of this.#pending.splice(0)) go();
  }

  #open(haveSeq: number | null, sink: DocumentSink): () => void {
    this.opens.push(haveSeq);
    queueMicrotask(() => {
      if (this.denying !== null) return sink.ended(new TransportDenied(this.denying, ''));
      if (!this.reachable) return sink.ended(new Error('nobody answers'));
      this.#sinks.set(sink, this.head);
      const cold = haveSeq === null ? { seq: this.head, update: Y.encodeStateAsUpdateV2(this.doc) } : null;
      const updates = this.log.filter((row) => haveSeq !== null && row.seq > haveSeq);
      sink.event({
        ...empty,
        kind: 'OPENED',
        seq: this.head,
        epoch: this.epoch,
        checkpoint: cold,
        updates,
        writable: this.writable,
        contentHash: this.hash(this.doc),
      });
    });
    return () => void this.#sinks.delete(sink);
  }

  async #takeLease(clientId: number): Promise<Leased | RefusedAnswer> {
    if (!this.reachable) throw new Error('nobody answers');
    if (this.leases.has(clientId)) return refused('LEASE_TAKEN');
    this.leases.add(clientId);
    return { refused: false, clientId, epoch: this.epoch };
  }

  async #push(request: PushRequest): Promise<Acknowledged | RefusedAnswer> {
    if (this.holding) await new Promise<void>((go) => this.#pending.push(go));
    if (!this.reachable) throw new Error('nobody answers');
    this.received.push(request);
    const answer = this.#judge(request);
    if (this.losesAnswers > 0) {
      this.losesAnswers -= 1;
      throw new Error('the answer was lost');
    }
    return answer;
  }

  #judge(request: PushRequest): Acknowledged | RefusedAnswer {
    if (this.refusing !== null) return refused(this.refusing);
    if (!this.leases.has(request.lease)) return refused('NO_LEASE');
    const known = this.#answers.get(`${request.lease}/${request.n}`);
    if (known !== undefined) return { refused: false, seq: known, at: this.at };
    if (request.n !== (this.#next.get(request.lease) ?? 1)) return refused('OUT_OF_ORDER');
    this.#next.set(request.lease, request.n + 1);
    const seq = this.#append(request.lease, request.update);
    this.#answers.set(`${request.lease}/${request.n}`, seq);
    return { refused: false, seq, at: this.at };
  }

  #append(lease: number, update: Uint8Array): number {
    Y.applyUpdate(this.doc, update);
    const row = { seq: this.head + 1, lease, update };
    this.log.push(row);
    this.send({ kind: 'UPDATES', updates: [row] });
    return row.seq;
  }
}
