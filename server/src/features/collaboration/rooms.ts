import { notFound } from '../../platform/outcome.js';
import { DocumentState } from './documentState.js';
import { Room, type RoomDeps } from './room.js';

const SWEEP_MS = 5_000;
/** How often the heads of open documents are looked at: a message from another node may have been lost. One query for this many documents. */
const LOOK_MS = 1_000;
const HEADS_PER_QUERY = 500;
/** An unused document leaves memory after this; one that is open but rests keeps only its bytes. */
const CLOSE_AFTER_MS = 30_000;
const UNLOAD_AFTER_MS = 60_000;

/** The documents that are open on this node. */
export class Rooms {
  private readonly rooms = new Map<string, Promise<Room>>();
  private readonly timers: readonly NodeJS.Timeout[];
  private looking = false;

  constructor(private readonly deps: RoomDeps) {
    this.timers = [setInterval(() => void this.sweep(), SWEEP_MS).unref(), setInterval(() => void this.look(), LOOK_MS).unref()];
  }

  /** The document's room, opened when it isn't. Calls for one document go on in the order they came. @throws DomainError NOT_FOUND */
  get(documentId: string): Promise<Room> {
    const open = this.rooms.get(documentId);
    if (open) return open;
    const opening = this.open(documentId);
    this.rooms.set(documentId, opening);
    opening.catch(() => this.rooms.delete(documentId));
    return opening;
  }

  async close(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    const closing = [...this.rooms.values()];
    this.rooms.clear();
    await Promise.allSettled(closing.map(async (room) => (await room).close()));
  }

  private async open(documentId: string): Promise<Room> {
    const { store } = this.deps;
    for (;;) {
      const head = await store.head(documentId);
      if (!head) throw notFound();
      const checkpoint = await store.checkpoint(documentId);
      const tail = await store.rowsAfter(documentId, checkpoint?.seq ?? 0);
      // The log may have grown since its head was read. What we hold ends with the last row; with a checkpoint alone, it must be the head's.
      const last = tail.at(-1);
      if (!last && checkpoint?.seq !== head.seq) continue;
      const held = last ? { seq: last.seq, epoch: head.epoch, hash: last.hash } : head;
      return new Room(documentId, new DocumentState(held, checkpoint, tail), this.deps);
    }
  }

  /** Finds what no message told of: gaps in seq, and rights that changed. Not before the last look has been answered. */
  async look(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    try {
      const watched = new Map<string, Room>();
      for (const opening of [...this.rooms.values()]) {
        const room = await opening.catch(() => null);
        if (room && !room.idle) watched.set(room.documentId, room);
      }
      const ids = [...watched.keys()];
      for (let i = 0; i < ids.length; i += HEADS_PER_QUERY) {
        const heads = await this.deps.store.heads(ids.slice(i, i + HEADS_PER_QUERY));
        for (const head of heads) watched.get(head.id)?.seen(head);
      }
    } catch (error) {
      this.deps.log.warn({ err: error }, 'looking for lost messages');
    } finally {
      this.looking = false;
    }
  }

  private async sweep(): Promise<void> {
    const now = this.deps.clock.now().getTime();
    for (const [documentId, opening] of [...this.rooms]) {
      try {
        const room = await opening;
        if (room.idle && now - room.usedAt > CLOSE_AFTER_MS) {
          this.rooms.delete(documentId);
          await room.close();
        } else await room.sweep(now, UNLOAD_AFTER_MS);
      } catch (error) {
        this.deps.log.error({ documentId, err: error }, 'sweeping rooms');
      }
    }
  }
}
