import { MAX_COSTLY_REFUSALS_PER_MINUTE, type GateCode } from '@samsyn/schema';
import type { Clock } from '../../platform/clock.js';
import { notFound } from '../../platform/outcome.js';
import type { AccessCache } from './accessCache.js';
import { rowHash, sha256Hex } from './chain.rules.js';
import type { Access, AttributionNote, LeaseState, LogRow, Push, Pushed } from './collaboration.model.js';
import { decodeClientUpdate } from './decode.rules.js';
import type { DocumentState } from './documentState.js';
import { GateNo, type Decoded } from './gate.model.js';
import type { Leases } from './leases.js';

/** A push on its way through the room. */
export interface Waiting {
  readonly push: Push;
  /** It was refused once, and the log has been looked at since. */
  retried: boolean;
  readonly resolve: (pushed: Pushed) => void;
  readonly reject: (error: unknown) => void;
}

type Note = Omit<AttributionNote, 'seq'>;

interface Staged {
  /** More than one when the client has sent it again meanwhile. */
  readonly waiting: Waiting[];
  readonly row: LogRow;
  readonly notes: readonly AttributionNote[];
}

/** Refusals that what another node has appended, or rights that have changed, may turn into a yes. */
const CURABLE: ReadonlySet<GateCode> = new Set<GateCode>([
  'NO_LEASE',
  'CLOCK_GAP',
  'OUT_OF_ORDER',
  'PENDING',
  'PATH_NOT_WRITABLE',
  'NOT_WRITABLE',
  'STALE_EPOCH',
]);
const MINUTE_MS = 60_000;

/**
 * Updates that passed the gate and are applied, but are not in the log yet. They become rows in one append, or are all taken back.
 */
export class Staging {
  private staged: Staged[] = [];
  /** When refusals made us build the document anew, by lease. */
  private readonly costly = new Map<number, number[]>();

  constructor(
    private readonly documentId: string,
    private readonly state: DocumentState,
    private readonly leases: Leases,
    private readonly accesses: AccessCache,
    private readonly clock: Clock,
    /** Told of the user and lease whose refusals cost too much. */
    private readonly tooCostly: (userId: string, clientId: number) => void,
  ) {}

  /**
   * Takes pushes through the gate, in order.
   * @returns pushes to try again after the log has been caught up with, once what is staged is committed
   */
  async stage(batch: readonly Waiting[]): Promise<Waiting[]> {
    const later: Waiting[] = [];
    const held = new Set<number>();
    for (const waiting of batch) {
      const { lease } = waiting.push;
      // Behind one of its own lease that waits, order says wait too.
      if (this.state.spoilt || held.has(lease)) later.push(waiting);
      else if (!(await this.tryOne(waiting))) {
        held.add(lease);
        later.push(waiting);
      }
    }
    return later;
  }

  get isEmpty(): boolean {
    return this.staged.length === 0;
  }

  /** What to append. */
  batch(): { rows: LogRow[]; notes: AttributionNote[] } {
    return { rows: this.staged.map(({ row }) => row), notes: this.staged.flatMap(({ notes }) => notes) };
  }

  /** They are in the log: answers their clients. */
  settle(): void {
    const done = this.staged;
    this.staged = [];
    for (const { waiting, row } of done) for (const { resolve } of waiting) resolve({ seq: row.seq, at: row.at });
    // Whatever a refusal left behind was never in the log, and is gone with the document in memory.
    if (this.state.spoilt) this.state.unload();
  }

  /** They aren't in the log: gives them back, to be tried anew. */
  reset(): Waiting[] {
    const undone = this.staged.flatMap(({ waiting }) => waiting);
    this.staged = [];
    this.leases.forget();
    return undone;
  }

  /** @returns false when it should be tried again */
  private async tryOne(waiting: Waiting): Promise<boolean> {
    try {
      const answered = await this.admit(waiting);
      if (answered) waiting.resolve(answered);
      return true;
    } catch (error) {
      if (error instanceof GateNo && !waiting.retried && CURABLE.has(error.code) && !this.state.spoilt) {
        waiting.retried = true;
        return false;
      }
      waiting.reject(error);
      if (this.state.spoilt) this.countCostly(waiting.push);
      return true;
    }
  }

  /** @returns the old answer when this operation was done before; null when it is staged */
  private async admit(waiting: Waiting): Promise<Pushed | null> {
    const { push, retried } = waiting;
    const access = retried ? await this.accesses.fresh(push.actor) : await this.accesses.get(push.actor);
    if (!access?.canRead) throw notFound();
    const decoded = decodeClientUpdate(push.update, push.lease);
    const lease = await this.leases.get(push.lease);
    if (!lease || lease.closed || lease.userId !== authorOf(push)) throw new GateNo('NO_LEASE');
    const bytesHash = sha256Hex(push.update);
    if (push.n <= lease.lastN) return this.again(waiting, bytesHash);
    if (push.n !== lease.lastN + 1) throw new GateNo('OUT_OF_ORDER');
    const notes = this.throughTheGate(push, decoded, access);
    this.stageRow(waiting, decoded, lease, bytesHash, notes);
    return null;
  }

  private throughTheGate(push: Push, decoded: Decoded, access: Access): Note[] {
    const { epoch } = this.state.head;
    if (push.epoch > epoch) throw new GateNo('STALE_EPOCH');
    const stale = push.epoch < epoch;
    if (access.writable.size === 0) throw new GateNo(stale ? 'STALE_EPOCH' : 'NOT_WRITABLE');
    if (decoded.structs.length > 0 && !this.state.takesMore(push.update.byteLength, this.clock.now().getTime()))
      throw new GateNo('DOCUMENT_FULL');
    try {
      const notes = this.state.loaded().admit(decoded, access.writable, authorOf(push));
      this.state.grew(push.update.byteLength);
      return notes;
    } catch (error) {
      // An update made before the rights shrank, in what is still open, passes; what isn't was closed behind its author's back.
      if (stale && error instanceof GateNo && error.code === 'PATH_NOT_WRITABLE') throw new GateNo('STALE_EPOCH', error.path);
      throw error;
    }
  }

  private stageRow(waiting: Waiting, decoded: Decoded, lease: LeaseState, bytesHash: string, notes: readonly Note[]): void {
    const { push } = waiting;
    const before = this.staged.at(-1)?.row ?? this.state.head;
    const seq = before.seq + 1;
    const [userId, { sessionId }] = [authorOf(push), push.actor];
    const header = { seq, epoch: this.state.head.epoch, userId, sessionId, lease: push.lease, n: push.n, at: this.clock.now(), bytesHash };
    const acceptedBy = push.authorId === undefined ? null : push.actor.userId;
    const ranged = { ...header, clock: decoded.clock, clocks: decoded.clocks, acceptedBy };
    const row: LogRow = { ...ranged, bytes: push.update, hash: rowHash(before.hash, this.documentId, ranged) };
    this.staged.push({ waiting: [waiting], row, notes: notes.map((note) => ({ ...note, seq })) });
    lease.lastN = push.n;
  }

  /** The same operation again, because its answer was lost: the same answer, once the first is committed. */
  private async again(waiting: Waiting, bytesHash: string): Promise<Pushed | null> {
    const { lease, n } = waiting.push;
    const same = this.staged.find(({ row }) => row.lease === lease && row.n === n);
    if (same) {
      if (same.row.bytesHash !== bytesHash) throw new GateNo('OUT_OF_ORDER');
      same.waiting.push(waiting);
      return null;
    }
    const done = await this.leases.operation(lease, n);
    if (done?.bytesHash !== bytesHash) throw new GateNo('OUT_OF_ORDER');
    return { seq: done.seq, at: done.at };
  }

  /** A refusal past the static checks makes us build the document anew. Nobody gets many of those. */
  private countCostly({ lease, actor }: Push): void {
    const now = this.clock.now().getTime();
    const recent = [...(this.costly.get(lease) ?? []), now].filter((at) => now - at < MINUTE_MS);
    this.costly.set(lease, recent);
    if (recent.length >= MAX_COSTLY_REFUSALS_PER_MINUTE) this.tooCostly(actor.userId, lease);
  }
}

/** Whose text a push is: the one who sends it, or whose suggestion the server writes. */
const authorOf = ({ authorId, actor }: Push): string => authorId ?? actor.userId;
