import { randomInt } from 'node:crypto';
import {
  MAX_CLIENT_ID,
  MAX_LEASES_PER_HOUR,
  MAX_POSITION_BYTES,
  MIN_CLIENT_ID,
  SERVER_CLIENT_ID,
  parseFieldPath,
  refusalMessage,
  seedUpdate,
  type GateCode,
} from '@samsyn/schema';
import { sha256 } from '../../platform/ids.js';
import { metrics } from '../../platform/metrics.js';
import { DomainError, Refused, notFound } from '../../platform/outcome.js';
import type { Actor, ActorSnapshot } from '../accounts/index.js';
import { CHAIN_START, rowHash, sha256Hex } from './chain.rules.js';
import type {
  Anchored,
  CharSpan,
  DocumentEvent,
  DocumentHead,
  FieldBlame,
  LogRow,
  PointedText,
  PresenceEntry,
  Push,
  Pushed,
  ReadContent,
  Replacement,
  WriteAs,
} from './collaboration.model.js';
import { Anchors } from './anchors.rules.js';
import { blameOf } from './blame.rules.js';
import { AuthorshipStore } from './authorship.store.js';
import { ContentCache } from './contentCache.js';
import { SERVER_SESSION } from './collaboration.store.js';
import { GateNo } from './gate.model.js';
import { Histories } from './histories.js';
import { documentTopic, type DocumentNews, type Room, type RoomDeps } from './room.js';
import { Rooms } from './rooms.js';
import { ServerWriter } from './serverWriter.js';

const HOUR_MS = 3_600_000;
const FIRST_EPOCH = 1;

/** Shared documents: their log, who writes what in them, and who is told. Knows nothing of plans. */
export class CollaborationService {
  private readonly rooms: Rooms;
  private readonly contents: ContentCache;
  private readonly histories: Histories;
  private readonly writer: ServerWriter;

  constructor(private readonly deps: RoomDeps) {
    this.rooms = new Rooms(deps);
    this.contents = new ContentCache(deps.store);
    this.histories = new Histories(deps.store, new AuthorshipStore(deps.db));
    this.writer = new ServerWriter(deps, this.histories);
  }

  // ---- for the features that own documents ----

  /** Makes a document, seeded by the server, once. Call inside `tx`. @throws a duplicate error when it exists */
  async createDocument(documentId: string): Promise<void> {
    const { db, store, clock } = this.deps;
    const at = clock.now();
    const bytes = seedUpdate(documentId);
    const seeded = {
      seq: 1,
      epoch: FIRST_EPOCH,
      lease: SERVER_CLIENT_ID,
      n: 1,
      userId: '',
      sessionId: '',
      at,
      bytesHash: sha256Hex(bytes),
      clock: 0,
      clocks: 2,
      acceptedBy: null,
    };
    const row: LogRow = { ...seeded, bytes, hash: rowHash(CHAIN_START, documentId, seeded) };
    await db.tx(() => store.create(documentId, at, row));
  }

  /**
   * The content at the head, which stays the head until the transaction ends: nothing can be appended meanwhile, on any node (I5).
   * Call inside `tx`. @throws DomainError NOT_FOUND
   */
  async freeze(documentId: string): Promise<ReadContent> {
    const head = await this.lock(documentId);
    return this.contents.at(documentId, head, true);
  }

  /** The committed content; inside `tx`, as the transaction sees it. @throws DomainError NOT_FOUND */
  async read(documentId: string): Promise<ReadContent> {
    const head = await this.deps.store.head(documentId);
    if (!head) throw notFound();
    return this.contents.at(documentId, head, false);
  }

  /**
   * Says that rights in a document change with this transaction. Call inside `tx`: it takes the document's lock. After the commit every
   * room on every node asks for rights anew and tells its viewers.
   * @param reason stable code, told to the viewers
   * @param options.epochGrows when anybody's writable paths shrink, or others begin to see: what was made before is looked at again
   * @param options.newVisibilityFloor makes a checkpoint at the head, without deleted text, where new viewers' history can begin
   * @returns the head's seq
   */
  async changeAccess(
    documentId: string,
    reason: string,
    options: { readonly epochGrows: boolean; readonly newVisibilityFloor?: boolean },
  ): Promise<{ seq: number }> {
    const { db, store, topics, clock } = this.deps;
    return db.tx(async () => {
      const { seq } = await this.lock(documentId);
      if (options.epochGrows) await store.growEpoch(documentId);
      if (options.newVisibilityFloor) await store.addCheckpoint(documentId, await this.contents.checkpoint(documentId), clock.now());
      db.afterCommit(() => topics.publish(documentTopic(documentId), { seq, access: reason } satisfies DocumentNews));
      return { seq };
    });
  }

  /**
   * Who wrote, moved and deleted what in every field, by the record alone. Asks nobody's rights.
   * @param fromSeq the viewer's `Access.fromSeq`: nothing from before it is told. @throws DomainError NOT_FOUND
   */
  blame(documentId: string, fromSeq: number): Promise<FieldBlame[]> {
    return this.histories.with(documentId, (history) => blameOf(history, fromSeq));
  }

  /** The characters that a person points at, by two encoded relative positions; null when that is no text in the field. @throws DomainError NOT_FOUND */
  pointedAt(documentId: string, path: string, anchor: Uint8Array, head: Uint8Array): Promise<PointedText | null> {
    return this.histories.with(documentId, (history) => new Anchors(history).pointedAt(path, anchor, head));
  }

  /** Where each of these places is now; null: none of its characters is left. @throws DomainError NOT_FOUND */
  find(documentId: string, places: readonly (readonly CharSpan[])[]): Promise<(Anchored | null)[]> {
    return this.histories.with(documentId, (history) => {
      const anchors = new Anchors(history);
      return places.map((spans) => anchors.find(spans));
    });
  }

  /** A lease that only the server writes under, in the author's name. Call inside `tx`. */
  leaseFor(documentId: string, author: ActorSnapshot): Promise<number> {
    return this.writer.leaseFor(documentId, author);
  }

  /**
   * Writes what one person suggested and another accepts: through the gate with the acceptor's rights, in the author's name, with the
   * acceptor in the log beside. Outside `tx`: it is durable when it answers. The same lease again writes nothing and answers as then.
   * @returns refused by the gate, or QUOTE_CHANGED. @throws DomainError NOT_FOUND, UNAVAILABLE
   */
  async writeAs(documentId: string, as: WriteAs, change: Replacement): Promise<Pushed | Refused> {
    const room = await this.rooms.get(documentId);
    await room.readable(as.acceptor);
    return this.orRefused(async () => (await this.writer.write(room, as, change)) ?? quoteChanged());
  }

  // ---- for people ----

  /** The document's events for a viewer; the first is OPENED. @throws DomainError NOT_FOUND */
  async open(documentId: string, actor: Actor, haveSeq: number | null): Promise<AsyncIterableIterator<DocumentEvent>> {
    return (await this.rooms.get(documentId)).open(actor, presenceIdOf(documentId, actor), haveSeq);
  }

  /** Leases a Yjs client id to the actor: one they ask for (an old one of theirs, or one drawn offline), or a new one. @throws DomainError NOT_FOUND */
  async takeLease(documentId: string, actor: Actor, wanted: number | null): Promise<{ clientId: number; epoch: number } | Refused> {
    const room = await this.rooms.get(documentId);
    const { as } = await room.readable(actor);
    if (wanted !== null && !(Number.isSafeInteger(wanted) && wanted >= MIN_CLIENT_ID && wanted <= MAX_CLIENT_ID))
      return refused('LEASE_TAKEN');
    const { store, clock } = this.deps;
    const held = wanted === null ? null : await store.lease(documentId, wanted);
    if (held)
      return held.userId === actor.userId && !held.closed && held.sessionId !== SERVER_SESSION
        ? { clientId: wanted as number, epoch: room.epoch }
        : refused('LEASE_TAKEN');
    const since = new Date(clock.now().getTime() - HOUR_MS);
    if ((await store.leasesTakenSince(documentId, actor.userId, since)) >= MAX_LEASES_PER_HOUR) return refused('RATE_LIMITED');
    return this.newLease(documentId, { author: as, sessionId: actor.sessionId }, wanted, room);
  }

  /** Takes an update through the gate and into the log. @throws DomainError NOT_FOUND, UNAVAILABLE (send again) */
  async pushUpdate(documentId: string, push: Push): Promise<Pushed | Refused> {
    metrics.waitingPushes.inc();
    try {
      const room = await this.rooms.get(documentId);
      const result = await this.orRefused(() => room.push(push));
      if (result instanceof Refused) metrics.refusals.inc({ code: result.code });
      else metrics.updates.inc();
      return result;
    } catch (error) {
      metrics.failures.inc();
      throw error;
    } finally {
      metrics.waitingPushes.dec();
    }
  }

  /** Notes where a person is in a document they have open. @returns false when they haven't. @throws DomainError BAD_INPUT, NOT_FOUND */
  async setPresence(documentId: string, actor: Actor, place: Pick<PresenceEntry, 'path' | 'anchor' | 'head'>): Promise<boolean> {
    const known = place.path === null || parseFieldPath(place.path) !== null;
    const tooLong = [place.anchor, place.head].some((position) => (position?.byteLength ?? 0) > MAX_POSITION_BYTES);
    if (!known || tooLong) throw new DomainError('BAD_INPUT', 'Platsen finns inte i planen.');
    const room = await this.rooms.get(documentId);
    if (room.setPresence(presenceIdOf(documentId, actor), place)) return true;
    // Only who may read may learn that there is a document to be absent from (I7).
    await room.readable(actor);
    return false;
  }

  /** Seq and hash of the newest committed content. @throws DomainError NOT_FOUND */
  async contentHash(documentId: string, actor: Actor): Promise<{ seq: number; contentHash: string }> {
    const room = await this.rooms.get(documentId);
    await room.readable(actor);
    return room.contentHash();
  }

  /** Ends every room. */
  close(): Promise<void> {
    return this.rooms.close();
  }

  private async orRefused<T>(work: () => Promise<T>): Promise<T | Refused> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof GateNo) return refused(error.code, error.path);
      throw error;
    }
  }

  private async lock(documentId: string): Promise<DocumentHead> {
    const head = await this.deps.store.lock(documentId);
    if (!head) throw notFound();
    return head;
  }

  private async newLease(
    documentId: string,
    holder: { author: ActorSnapshot; sessionId: string },
    wanted: number | null,
    room: Room,
  ): Promise<{ clientId: number; epoch: number } | Refused> {
    const { db, store, clock } = this.deps;
    for (;;) {
      // As Yjs draws them, 32 bits: each keystroke carries it, so it is kept short.
      const clientId = wanted ?? randomInt(MIN_CLIENT_ID, 2 ** 32);
      const taken = await db.tx(() => store.addLease({ documentId, clientId, ...holder, takenAt: clock.now() }));
      if (taken) return { clientId, epoch: room.epoch };
      if (wanted !== null) return refused('LEASE_TAKEN');
    }
  }
}

/** One for each session and document, the same on every node, and nothing can be read from it. */
const presenceIdOf = (documentId: string, actor: Actor): string => sha256(`${documentId}:${actor.userId}:${actor.sessionId}`).slice(0, 32);

function refused(code: GateCode, path: string | null = null): Refused {
  const message = refusalMessage(code);
  return new Refused(code, message, path === null ? [] : [{ path, code, message }]);
}

const quoteChanged = (): Refused =>
  new Refused('QUOTE_CHANGED', 'Texten har ändrats sedan förslaget skrevs. Läs det igen och skriv in det som gäller.');
