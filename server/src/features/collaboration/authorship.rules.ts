import * as Y from 'yjs';
import type { AttributionNote } from './collaboration.model.js';
import { DeletedTexts, segments, type Piece, type Segment } from './deletedText.rules.js';
import type { Decoded, RemovedText } from './gate.model.js';

/** Shorter runs are as likely typed as moved. */
export const MIN_RUN_CHARS = 4;
/** Deleted text remembered while a document is in memory. What was let go is found in the log when authorship is asked for. */
const MEMORY = { chars: 65_536, texts: 2_000 };

/** Characters and pieces looked through for one update, at most. Beyond it only whole texts are recognised: nobody makes us search for long. */
const SEARCH_BUDGET = 4_000_000;

type Carried = Omit<AttributionNote, 'seq'>;

/**
 * Keeps authorship over moves. An editor that splits a paragraph, joins two, makes a list or takes back a deletion does it by deleting
 * text and inserting it again: Yjs then has the mover as its author. Equal runs are found here, and noted as carried from where they stood;
 * the mover is in the log's row. Only text that is really equal to text that was really deleted counts, so nobody can put words in
 * another's mouth.
 */
export class MovedText {
  private readonly memory = new DeletedTexts(MEMORY);

  /**
   * Call before the update is applied: the deleted text must still stand where it was.
   * @param removed the live text that the update deletes
   */
  note(update: Decoded, removed: readonly RemovedText[], userId: string): Carried[] {
    const inserted = update.structs.filter((struct) => struct.content instanceof Y.ContentString && struct.length >= MIN_RUN_CHARS);
    const gone = removed.length > 0 ? segments(removed) : [];
    const carried = inserted.length === 0 ? [] : this.match(inserted, gone, userId);
    // Only what is needed of the pieces: their items would keep the whole document in memory.
    for (const { pieces, text } of gone) this.memory.remember({ pieces: pieces.map(bare), text }, userId);
    return carried;
  }

  private match(inserted: readonly Y.Item[], moved: readonly Segment[], userId: string): Carried[] {
    const whole = new Map(moved.map((segment) => [segment.text, segment]));
    let budget = SEARCH_BUDGET;
    return inserted.flatMap((item) => {
      const { str } = item.content as Y.ContentString;
      let found = whole.get(str);
      let within: Segment | undefined;
      for (const segment of found || budget <= 0 ? [] : moved) {
        budget -= segment.text.length;
        // A word or two that happen to be in much new text were not moved there.
        if (!within && segment.text.length * 2 >= str.length && str.includes(segment.text)) within = segment;
        if (!segment.text.includes(str)) continue;
        found = segment;
        break;
      }
      if (found) return copies(item, found.pieces, found.text.indexOf(str));
      if (within) {
        const id = Y.createID(item.id.client, item.id.clock + str.indexOf(within.text));
        return copies({ id, length: within.text.length }, within.pieces, 0);
      }
      budget -= this.memory.size;
      const before = budget > 0 ? this.memory.find(item, str, userId) : null;
      return before ? copies(item, before.pieces, 0) : [];
    });
  }
}

const bare = ({ client, clock, text }: Piece): Piece => ({ client, clock, text });

/** Notes, piece by piece, that `item` repeats the text that begins at `at` in the joined pieces. */
export function copies(item: { readonly id: Y.ID; readonly length: number }, pieces: readonly Piece[], at: number): Carried[] {
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
