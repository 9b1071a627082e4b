import { randomInt } from 'node:crypto';
import { MIN_CLIENT_ID } from '@samsyn/schema';
import type { ActorSnapshot } from '../accounts/index.js';
import { Anchors } from './anchors.rules.js';
import type { Pushed, Replacement, WriteAs } from './collaboration.model.js';
import { SERVER_SESSION, type NewLease } from './collaboration.store.js';
import type { Histories } from './histories.js';
import type { Room, RoomDeps } from './room.js';

/** Writes in a document for people: what they suggested and somebody with the right to write has accepted. */
export class ServerWriter {
  constructor(
    private readonly deps: Pick<RoomDeps, 'db' | 'store' | 'clock'>,
    private readonly histories: Histories,
  ) {}

  /** A lease that only the server writes under, in the author's name. Call inside `tx`. */
  async leaseFor(documentId: string, author: ActorSnapshot): Promise<number> {
    for (;;) {
      const clientId = randomInt(MIN_CLIENT_ID, 2 ** 32);
      const lease: NewLease = { documentId, clientId, author, sessionId: SERVER_SESSION, takenAt: this.deps.clock.now() };
      if (await this.deps.store.addLease(lease)) return clientId;
    }
  }

  /**
   * Takes a replacement through the gate with the acceptor's rights. Written already, it answers as then.
   * @returns null when the text isn't the quote any more
   */
  async write(room: Room, { acceptor, author, lease }: WriteAs, { spans, quote, words }: Replacement): Promise<Pushed | null> {
    const done = await this.deps.store.operation(room.documentId, lease, 1);
    if (done) return { seq: done.seq, at: done.at };
    const make = (anchors: Anchors): Uint8Array | null => anchors.replacement(spans, quote, words, lease);
    const update = await this.histories.with(room.documentId, (history) => make(new Anchors(history)));
    if (!update) return null;
    return room.push({ actor: acceptor, authorId: author.userId, epoch: room.epoch, lease, n: 1, update });
  }
}
