import type * as Y from 'yjs';
import type { RemovedText } from './gate.model.js';

export interface Piece {
  readonly client: number;
  readonly clock: number;
  readonly text: string;
}
/** Pieces that stood together, and their text. */
export interface Segment {
  readonly pieces: readonly Piece[];
  readonly text: string;
}

/** How much is kept: characters, and texts. */
export interface Bounds {
  readonly chars: number;
  readonly texts: number;
}

/**
 * Text that was deleted, for those who bring it back: by undo, or by pasting what they cut. Within bounds: over them, the older half is let
 * go. Only text that is exactly what was deleted counts, so nobody can put words in another's mouth.
 */
export class DeletedTexts {
  private kept: { readonly segment: Segment; readonly userId: string }[] = [];
  private chars = 0;
  private byText = new Map<string, { readonly pieces: readonly Piece[]; readonly userId: string }[]>();
  private byClient = new Map<number, Piece[]>();

  constructor(private readonly bounds: Bounds) {}

  /** How many texts a search may have to look at. */
  get size(): number {
    return this.kept.length;
  }

  remember(segment: Segment, userId: string): void {
    this.index(segment, userId);
    this.kept.push({ segment, userId });
    this.chars += segment.text.length;
    if (this.chars <= this.bounds.chars && this.kept.length <= this.bounds.texts) return;
    this.kept = this.kept.slice((this.kept.length >> 1) + 1);
    this.chars = this.kept.reduce((sum, { segment: { text } }) => sum + text.length, 0);
    [this.byText, this.byClient] = [new Map(), new Map()];
    for (const { segment: each, userId: by } of this.kept) this.index(each, by);
  }

  /**
   * Where inserted text stood before. Undo puts text back right before the deleted original; if that went with its paragraph, or the text
   * was cut and pasted, equal text of one's own deletion will do.
   */
  find({ rightOrigin }: Pick<Y.Item, 'rightOrigin'>, text: string, userId: string): Segment | null {
    const near = rightOrigin && this.originals(rightOrigin.client, rightOrigin.clock, text);
    if (near) return { pieces: [near], text };
    const own = this.byText.get(text)?.findLast((deletion) => deletion.userId === userId);
    return own ? { pieces: own.pieces, text } : null;
  }

  private index({ pieces, text }: Segment, userId: string): void {
    const note = (of: readonly Piece[], whole: string): void => {
      const same = this.byText.get(whole);
      if (same) same.push({ pieces: of, userId });
      else this.byText.set(whole, [{ pieces: of, userId }]);
    };
    note(pieces, text);
    for (const piece of pieces) {
      if (pieces.length > 1) note([piece], piece.text);
      const same = this.byClient.get(piece.client);
      if (same) same.push(piece);
      else this.byClient.set(piece.client, [piece]);
    }
  }

  /** The remembered text from an id on, when it is exactly `text`. */
  private originals(client: number, clock: number, text: string): Piece | null {
    const found: (string | undefined)[] = new Array<string | undefined>(text.length);
    for (const piece of this.byClient.get(client) ?? []) {
      const [from, to] = [Math.max(piece.clock, clock), Math.min(piece.clock + piece.text.length, clock + text.length)];
      for (let at = from; at < to; at++) found[at - clock] = piece.text[at - piece.clock];
    }
    return found.join('') === text ? { client, clock, text } : null;
  }
}

/** Removed text in reading order, one segment for each text it stood in: several authors' words in one sentence are one run. */
export function segments(removed: readonly RemovedText[]): Segment[] {
  const byParent = new Map<Y.AbstractType<unknown>, Map<Y.Item, RemovedText[]>>();
  for (const run of removed) {
    const parent = run.item.parent as Y.AbstractType<unknown>;
    const runs = byParent.get(parent) ?? new Map<Y.Item, RemovedText[]>();
    byParent.set(parent, runs.set(run.item, [...(runs.get(run.item) ?? []), run]));
  }
  return [...byParent].map(([parent, runs]) => {
    const out: Piece[] = [];
    const [only] = runs.values();
    if (runs.size === 1 && only) out.push(...only);
    else {
      let left = runs.size;
      for (let item = parent._start; item !== null && left > 0; item = item.right) {
        const found = runs.get(item);
        if (!found) continue;
        left--;
        out.push(...found);
      }
    }
    return { pieces: out, text: out.map((piece) => piece.text).join('') };
  });
}
