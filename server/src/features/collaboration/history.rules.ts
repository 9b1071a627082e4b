import { META_ROOT, ROOTS, createSharedDoc } from '@samsyn/schema';
import * as Y from 'yjs';
import type { ActorSnapshot } from '../accounts/index.js';
import { MIN_RUN_CHARS, copies } from './authorship.rules.js';
import type { AttributionNote, CheckpointState, LogRow, Mark } from './collaboration.model.js';
import { DeletedTexts, segments } from './deletedText.rules.js';
import type { RemovedText } from './gate.model.js';
import { Ranges } from './ranges.rules.js';

interface Source {
  readonly client: number;
  readonly clock: number;
}

type Carried = Omit<AttributionNote, 'seq'>;

/** A stretch and the clock it was carried from. */
interface Move extends Source {
  readonly clocks: number;
  readonly fromClock: number;
}

/** One character, or the first of a stretch that shares its authorship. */
export interface Traced {
  readonly placed: Mark | null;
  readonly written: Mark | null;
  readonly removed: Mark | null;
  readonly lives: boolean;
  /** How many clocks this holds for. */
  readonly clocks: number;
}

export interface Authors {
  readonly byLease: ReadonlyMap<number, ActorSnapshot>;
  readonly byUser: ReadonlyMap<string, ActorSnapshot>;
}

/** Longer than any text was ever moved. It ends a circle that no record of ours can hold. */
const MAX_MOVES = 10_000;

/**
 * A document with everything that was ever in it, made from its whole log, and who wrote, moved and deleted each character: authorship is a
 * function of the record, whatever was in any node's memory when it was made.
 */
export class History {
  readonly doc = createSharedDoc({ gc: false });
  /** The newest row that is in it. */
  seq = 0;
  /** Bytes of some row were erased by rule: see `mend`. */
  hasHoles = false;
  private readonly inserted = new Ranges<Mark>();
  private readonly removed = new Ranges<Mark>();
  private readonly carried = new Ranges<Source>();
  /** The same from the other end, by the client it was carried from, oldest first. */
  private readonly moves = new Map<number, Move[]>();
  private readonly gone = new DeletedTexts({ chars: Infinity, texts: Infinity });

  constructor() {
    for (const root of [...ROOTS, META_ROOT]) this.doc.getMap(root);
  }

  /** Adds the next rows, in order, with their notes. */
  add(rows: readonly LogRow[], notes: ReadonlyMap<number, readonly AttributionNote[]>, authors: Authors): void {
    this.doc.transact(() => {
      for (const row of rows) this.addRow(row, notes.get(row.seq) ?? [], authors);
    });
  }

  /** What rows whose bytes were erased by rule held and still is there. Their deleted text is gone for good. */
  mend(checkpoint: CheckpointState): void {
    Y.applyUpdateV2(this.doc, checkpoint.state);
    this.hasHoles = false;
  }

  /** Who wrote, placed and removed what stands at a clock, and for how many of the next `most` clocks that holds. */
  trace(client: number, clock: number, most: number): Traced {
    const made = this.inserted.at(client, clock);
    const taken = this.removed.at(client, clock);
    const origin = this.origin(client, clock);
    const living = taken.value === null ? { lives: true, end: Infinity } : this.living(client, clock);
    const end = Math.min(clock + most, made.end, taken.end, clock + origin.clocks, living.end);
    return { placed: made.value, written: origin.mark, removed: taken.value, lives: living.lives, clocks: Math.max(1, end - clock) };
  }

  /** Where the character at a clock was carried, the newest place first. */
  placesOf(client: number, clock: number): Source[] {
    const covering = (this.moves.get(client) ?? []).filter(({ fromClock, clocks }) => fromClock <= clock && clock < fromClock + clocks);
    return covering.reverse().map((move) => ({ client: move.client, clock: move.clock + clock - move.fromClock }));
  }

  /** Whether deleted text stands somewhere else because of it: moved in the same update, or brought back later. */
  private living(client: number, clock: number): { lives: boolean; end: number } {
    let [lives, end] = [false, Infinity];
    for (const { fromClock, clocks } of this.moves.get(client) ?? []) {
      if (fromClock <= clock && clock < fromClock + clocks) {
        lives = true;
        end = Math.min(end, fromClock + clocks);
      } else if (fromClock > clock) end = Math.min(end, fromClock);
    }
    return { lives, end };
  }

  /** Follows text back to where it was first written. */
  private origin(client: number, clock: number): { mark: Mark | null; clocks: number } {
    let clocks = Infinity;
    let at: Source = { client, clock };
    for (let moves = 0; moves < MAX_MOVES; moves++) {
      const moved = this.carried.at(at.client, at.clock);
      clocks = Math.min(clocks, moved.end - at.clock);
      if (moved.value === null) break;
      at = { client: moved.value.client, clock: moved.value.clock + at.clock - moved.clock };
    }
    const made = this.inserted.at(at.client, at.clock);
    return { mark: made.value, clocks: Math.min(clocks, made.end - at.clock) };
  }

  private addRow(row: LogRow, notes: readonly AttributionNote[], { byLease, byUser }: Authors): void {
    const { seq, at, userId, lease, acceptedBy } = row;
    const mark: Mark = { seq, at, userId, acceptedBy, by: byLease.get(lease) ?? byUser.get(userId) ?? null };
    // A retransmit takes no clocks; what an update only deletes takes none either.
    if (row.clocks > 0) this.inserted.add(lease, row.clock, row.clocks, mark);
    for (const note of notes) if (note.kind === 'CARRIED') this.carry(note);
    if (row.bytes.byteLength > 0) {
      if (row.clocks >= MIN_RUN_CHARS) this.findReturned(row);
      Y.applyUpdate(this.doc, row.bytes);
    } else this.hasHoles = true;
    const deletions = notes.filter((note) => note.kind === 'DELETED');
    for (const { client, clock, clocks } of deletions) this.removed.add(client, clock, clocks, mark);
    for (const segment of segments(deletions.flatMap((note) => this.textIn(note)))) {
      this.gone.remember(
        { pieces: segment.pieces.map(({ client, clock, text }) => ({ client, clock, text })), text: segment.text },
        userId,
      );
    }
    this.seq = seq;
  }

  private carry({ client, clock, clocks, fromClient, fromClock }: Carried): void {
    if (fromClient === null || fromClock === null) return;
    this.carried.add(client, clock, clocks, { client: fromClient, clock: fromClock });
    const move = { client, clock, clocks, fromClock };
    const same = this.moves.get(fromClient);
    if (same) same.push(move);
    else this.moves.set(fromClient, [move]);
  }

  /** Text that came back after the node that took it in had forgotten its deletion: no note says so, the log does. */
  private findReturned({ bytes, userId }: LogRow): void {
    for (const struct of Y.decodeUpdate(bytes).structs) {
      if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString) || struct.length < MIN_RUN_CHARS) continue;
      const noted = this.carried.at(struct.id.client, struct.id.clock);
      if (noted.value !== null || noted.end < struct.id.clock + struct.length) continue;
      const before = this.gone.find(struct, struct.content.str, userId);
      for (const note of before ? copies(struct, before.pieces, 0) : []) this.carry(note);
    }
  }

  /** The text of a range that was just deleted. */
  private textIn({ client, clock, clocks }: AttributionNote): RemovedText[] {
    const structs = this.doc.store.clients.get(client);
    if (!structs || clock >= Y.getState(this.doc.store, client)) return [];
    const out: RemovedText[] = [];
    const end = clock + clocks;
    for (let i = Y.findIndexSS(structs, clock); i < structs.length; i++) {
      const item = structs[i] as Y.Item | Y.GC;
      if (item.id.clock >= end) break;
      if (!(item instanceof Y.Item) || !(item.content instanceof Y.ContentString)) continue;
      const from = Math.max(clock, item.id.clock);
      out.push({ client, clock: from, text: item.content.str.slice(from - item.id.clock, end - item.id.clock), item });
    }
    return out;
  }
}
