import type { Clock } from '../../platform/clock.js';
import { metrics } from '../../platform/metrics.js';
import { notFound } from '../../platform/outcome.js';
import type { Actor } from '../accounts/index.js';
import type { AccessCache } from './accessCache.js';
import type { Access, DocumentEvent, LogRow, LoggedUpdate, PresenceEntry } from './collaboration.model.js';
import type { DocumentState } from './documentState.js';
import type { Presence } from './presence.js';
import { Subscriber, plainEvent } from './subscriber.js';

/**
 * Those who have a document open on this node, and what they are told. Only committed state is looked at here: head, checkpoint and tail
 * change after a commit and in one go.
 */
export class Audience {
  private readonly subscribers = new Set<Subscriber>();
  /** The rights each was last told of. */
  private readonly told = new WeakMap<Subscriber, string>();

  constructor(
    private readonly state: DocumentState,
    private readonly presence: Presence,
    private readonly clock: Clock,
    private readonly left: () => void,
  ) {}

  get size(): number {
    return this.subscribers.size;
  }

  /**
   * Lets a viewer in. Its first event is OPENED; all that is committed afterwards follows.
   * @throws DomainError NOT_FOUND when our checkpoint is older than where the viewer's history begins
   */
  join(actor: Actor, presenceId: string, access: Access, haveSeq: number | null): Subscriber {
    if (access.fromSeq > (this.state.checkpoint?.seq ?? 0)) throw notFound();
    const subscriber = new Subscriber(actor, presenceId, (ended) => this.leave(ended));
    this.subscribers.add(subscriber);
    metrics.subscribers.inc();
    if (!this.presence.get(presenceId)) this.presence.set(newcomer(presenceId, access, this.clock.now()));
    const opened = this.opened(access, presenceId, haveSeq);
    this.told.set(subscriber, rightsIn(opened));
    subscriber.push(opened);
    return subscriber;
  }

  /** Notes where a person is. @returns false when that session doesn't have the document open here */
  place(presenceId: string, place: Pick<PresenceEntry, 'path' | 'anchor' | 'head'>): boolean {
    const entry = this.presence.get(presenceId);
    if (!entry) return false;
    this.presence.set({ ...entry, ...place, seenAt: this.clock.now() });
    return true;
  }

  tellUpdates(rows: readonly LogRow[]): void {
    this.tell({ ...this.plain('UPDATES'), updates: rows.map(logged) });
  }

  tellPresence(presence: readonly PresenceEntry[]): void {
    this.tell({ ...this.plain('PRESENCE'), presence });
  }

  /** Tells everybody (or those it is news to) the rights they have now; ends those who may not read any more. */
  async tellAccess(accesses: AccessCache, reason: string, onlyNews: boolean): Promise<void> {
    const shared = new Map<string, DocumentEvent>();
    for (const subscriber of [...this.subscribers]) {
      const event = this.accessEvent(await accesses.get(subscriber.actor), reason);
      const key = rightsIn(event);
      if (onlyNews && key === this.told.get(subscriber)) continue;
      this.told.set(subscriber, key);
      const same = shared.get(key) ?? event;
      shared.set(key, same);
      subscriber.push(same);
      if (!same.canRead) subscriber.finish();
    }
  }

  end(): void {
    for (const subscriber of [...this.subscribers]) subscriber.finish();
  }

  private opened(access: Access, you: string, haveSeq: number | null): DocumentEvent {
    const { head, checkpoint, tail } = this.state;
    // Only rows after the checkpoint are ever handed out, and `join` saw that no viewer's history begins after it.
    const warm = haveSeq !== null && haveSeq >= (checkpoint?.seq ?? 0) && haveSeq <= head.seq;
    return {
      ...this.plain('OPENED'),
      checkpoint: warm || !checkpoint ? null : { seq: checkpoint.seq, update: checkpoint.state },
      updates: (warm ? tail.filter((row) => row.seq > haveSeq) : tail).map(logged),
      contentHash: this.state.knownHash(),
      writable: [...access.writable].sort(),
      presence: this.presence.list(),
      you,
    };
  }

  private accessEvent(access: Access | null, reason: string): DocumentEvent {
    const canRead = access?.canRead === true && access.fromSeq <= this.state.head.seq;
    if (!canRead) return { ...this.plain('ACCESS'), canRead, writable: [], reason: 'REVOKED' };
    return { ...this.plain('ACCESS'), canRead, writable: [...access.writable].sort(), contentHash: this.state.knownHash(), reason };
  }

  private plain(kind: DocumentEvent['kind']): DocumentEvent {
    return plainEvent(kind, this.state.head.seq, this.state.head.epoch);
  }

  private tell(event: DocumentEvent): void {
    for (const subscriber of this.subscribers) subscriber.push(event);
  }

  private leave(subscriber: Subscriber): void {
    this.subscribers.delete(subscriber);
    metrics.subscribers.dec();
    const elsewhere = [...this.subscribers].some((other) => other.presenceId === subscriber.presenceId);
    if (!elsewhere) this.presence.remove(subscriber.presenceId);
    this.left();
  }
}

const rightsIn = ({ canRead, writable }: DocumentEvent): string => JSON.stringify([canRead, writable]);
const logged = ({ seq, lease, bytes }: LogRow): LoggedUpdate => ({ seq, lease, update: bytes });

function newcomer(presenceId: string, { as }: Access, seenAt: Date): PresenceEntry {
  const { name, role, organisation, side } = as;
  return { presenceId, name, role, organisation, side, path: null, anchor: null, head: null, seenAt };
}
