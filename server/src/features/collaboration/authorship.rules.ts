import * as Y from 'yjs';
import type { AttributionNote } from './collaboration.model.js';
import type { Decoded, RemovedText } from './gate.model.js';

/** Shorter runs are as likely typed as moved. */
const MIN_RUN_CHARS = 4;
/** Deleted text remembered for undo, characters in a document. */
const MEMORY_CHARS = 65_536;
const MEMORY_PIECES = 2_000;

/** Characters and pieces looked through for one update, at most. Beyond it only whole texts are recognised: nobody makes us search for long. */
const SEARCH_BUDGET = 4_000_000;

type Carried = Omit<AttributionNote, 'seq'>;
interface Piece {
  readonly client: number;
  readonly clock: number;
  readonly text: string;
}
/** Pieces that stood together, and their text. */
interface Segment {
  readonly pieces: readonly Piece[];
  readonly text: string;
}

/**
 * Keeps authorship over moves. An editor that splits a paragraph, joins two, makes a list or takes back a deletion does it by deleting
 * text and inserting it again: Yjs then has the mover as its author. Equal runs are found here, and noted as carried from where they stood;
 * the mover is in the log's row. Only text that is really equal to text that was really deleted counts, so nobody can put words in
 * another's mouth.
 */
export class MovedText {
  /** Deleted lately, oldest first, for those who undo. */
  private memory: { readonly piece: Piece; readonly userId: string }[] = [];
  private remembered = 0;

  /**
   * Call before the update is applied: the deleted text must still stand where it was.
   * @param removed the live text that the update deletes
   */
  note(update: Decoded, removed: readonly RemovedText[], userId: string): Carried[] {
    const inserted = update.structs.filter((struct) => struct.content instanceof Y.ContentString && struct.length >= MIN_RUN_CHARS);
    const carried = inserted.length === 0 ? [] : this.match(inserted, removed.length > 0 ? segments(removed) : [], userId);
    for (const { client, clock, text } of removed) this.remember({ client, clock, text }, userId);
    return carried;
  }

  private match(inserted: readonly Y.Item[], moved: readonly Segment[], userId: string): Carried[] {
    const whole = new Map(moved.map((segment) => [segment.text, segment]));
    let budget = SEARCH_BUDGET;
    return inserted.flatMap((item) => {
      const { str } = item.content as Y.ContentString;
      let found = whole.get(str);
      for (const segment of found || budget <= 0 ? [] : moved) {
        budget -= segment.text.length;
        if (!segment.text.includes(str)) continue;
        found = segment;
        break;
      }
      if (found) return copies(item, found.pieces, found.text.indexOf(str));
      budget -= this.memory.length;
      const undone = budget > 0 ? this.undone(item, str, userId) : null;
      return undone ? copies(item, [undone], 0) : [];
    });
  }

  /** Undo puts text back right before the deleted original; if that went with its paragraph, equal words of one's own deletion will do. */
  private undone(item: Y.Item, text: string, userId: string): Piece | null {
    const right = item.rightOrigin;
    const near = right && this.originals(right.client, right.clock, text);
    if (near) return near;
    const found = this.memory.findLast((kept) => kept.userId === userId && kept.piece.text === text);
    return found?.piece ?? null;
  }

  /** The remembered text from an id on, when it is exactly `text`. */
  private originals(client: number, clock: number, text: string): Piece | null {
    const own = this.memory.filter(
      ({ piece }) => piece.client === client && piece.clock < clock + text.length && piece.clock + piece.text.length > clock,
    );
    const found: (string | undefined)[] = new Array<string | undefined>(text.length);
    for (const { piece } of own) {
      for (let i = 0; i < piece.text.length; i++) {
        const at = piece.clock + i - clock;
        if (at >= 0 && at < text.length) found[at] = piece.text[i];
      }
    }
    return found.join('') === text ? { client, clock, text } : null;
  }

  private remember(piece: Piece, userId: string): void {
    this.memory.push({ piece, userId });
    this.remembered += piece.text.length;
    if (this.remembered <= MEMORY_CHARS && this.memory.length <= MEMORY_PIECES) return;
    this.memory = this.memory.slice(this.memory.length >> 1);
    this.remembered = this.memory.reduce((sum, kept) => sum + kept.piece.text.length, 0);
  }
}

/** Notes, piece by piece, that `item` repeats the text that begins at `at` in the joined pieces. */
function copies(item: Y.Item, pieces: readonly Piece[], at: number): Carried[] {
  const out: Carried[] = [];
  let [skip, done] = [at, 0];
  for (const { client, clock, text } of pieces) {
    const clocks = Math.min(text.length - skip, item.length - done);
    if (clocks > 0) {
      out.push({
        kind: 'CARRIED',
        client: item.id.client,
        clock: item.id.clock + done,
        clocks,
        fromClient: client,
        fromClock: clock + skip,
      });
      done += clocks;
    }
    skip = Math.max(0, skip - text.length);
    if (done === item.length) break;
  }
  return out;
}

/** Removed text in reading order, one segment for each text it stood in: several authors' words in one sentence are one run. */
function segments(removed: readonly RemovedText[]): Segment[] {
  const byParent = new Map<Y.AbstractType<unknown>, Map<Y.Item, RemovedText>>();
  for (const run of removed) {
    const parent = run.item.parent as Y.AbstractType<unknown>;
    const runs = byParent.get(parent) ?? new Map<Y.Item, RemovedText>();
    byParent.set(parent, runs.set(run.item, run));
  }
  return [...byParent].map(([parent, runs]) => {
    const out: Piece[] = [];
    for (let item = parent._start; item !== null && out.length < runs.size; item = item.right) {
      const run = runs.get(item);
      if (run) out.push(run);
    }
    return { pieces: out, text: out.map((piece) => piece.text).join('') };
  });
}
