import { diffWordsWithSpace } from 'diff';
import { createSharedDoc } from '@samsyn/schema';
import * as Y from 'yjs';
import { fieldsOf, textItems, type Field, type TextItem } from './blame.rules.js';
import type { Anchored, CharSpan, PointedText } from './collaboration.model.js';
import type { History } from './history.rules.js';
import { pathAt, placeOfType } from './place.rules.js';

type AnyType = Y.AbstractType<unknown>;

/** Ends a circle that no record of ours can hold. */
const MAX_MOVES = 100;

/**
 * Places in the text that outlive edits: a place is the characters that stood there. Those that were moved, or deleted and brought back, are
 * followed to where they are now; when none is left, the place is gone.
 */
export class Anchors {
  private readonly fields: ReadonlyMap<string, Field>;
  private readonly known = new Map<string, readonly TextItem[]>();

  constructor(private readonly history: History) {
    this.fields = new Map(fieldsOf(history.doc).map((field) => [field.path, field]));
  }

  /** The characters between two encoded relative positions in a field; null when they don't point at text there. */
  pointedAt(path: string, anchor: Uint8Array, head: Uint8Array): PointedText | null {
    const items = this.itemsOf(path);
    const [a, b] = [this.offset(path, anchor), this.offset(path, head)];
    if (a === null || b === null || a === b) return null;
    const [from, to] = [Math.min(a, b), Math.max(a, b)];
    const spans: CharSpan[] = [];
    let at = 0;
    for (const { item } of items) {
      const [start, end] = [Math.max(from, at), Math.min(to, at + item.length)];
      if (start < end) spans.push({ client: item.id.client, clock: item.id.clock + start - at, clocks: end - start });
      at += item.length;
    }
    return { spans, quote: textBetween(items, from, to) };
  }

  /** Where characters are now; null when none is left. Should they be in several fields, it is the one with most of them. */
  find(spans: readonly CharSpan[]): Anchored | null {
    const byPath = Map.groupBy(this.living(spans, 0), ({ client, clock }) => this.pathOf(client, clock));
    const [most] = [...byPath].sort(([, a], [, b]) => total(b) - total(a));
    if (!most) return null;
    const items = this.itemsOf(most[0]);
    let [from, to, at] = [Infinity, -1, 0];
    for (const { item } of items) {
      for (const { client, clock, clocks } of most[1]) {
        const [start, end] = [Math.max(clock, item.id.clock), Math.min(clock + clocks, item.id.clock + item.length)];
        if (client !== item.id.client || start >= end) continue;
        from = Math.min(from, at + start - item.id.clock);
        to = Math.max(to, at + end - item.id.clock);
      }
      at += item.length;
    }
    if (to < 0) return null;
    return { path: most[0], quote: textBetween(items, from, to), anchor: relative(items, from, 0), head: relative(items, to - 1, -1) };
  }

  /**
   * The update that puts other words in a place, made under a lease of its own: only words that differ are touched, so the rest keep their
   * authors. null when the place doesn't hold exactly the quote any more, or holds more than one text.
   */
  replacement(spans: readonly CharSpan[], quote: string, words: string, lease: number): Uint8Array | null {
    const now = this.find(spans);
    if (now?.quote !== quote) return null;
    const doc = createSharedDoc({ clientId: lease });
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(this.history.doc));
    const [start, end] = [absolute(doc, now.anchor), absolute(doc, now.head)];
    if (!(start?.type instanceof Y.Text) || start.type !== end?.type) return null;
    const text: Y.Text = start.type;
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    doc.transact(() => {
      let at = start.index;
      for (const part of diffWordsWithSpace(quote, words)) {
        if (part.removed) text.delete(at, part.value.length);
        else if (part.added) text.insert(at, part.value);
        if (!part.removed) at += part.value.length;
      }
    });
    return updates[0] ?? null;
  }

  private itemsOf(path: string): readonly TextItem[] {
    const found = this.known.get(path);
    if (found) return found;
    const field = this.fields.get(path);
    const items = field ? textItems(field).filter(({ item }) => !item.deleted) : [];
    this.known.set(path, items);
    return items;
  }

  private offset(path: string, position: Uint8Array): number | null {
    const place = absolute(this.history.doc, position);
    const field = this.fields.get(path);
    return place && field ? charsBefore(field, place.type, place.index) : null;
  }

  /** The characters that are there, wherever they are now. */
  private living(spans: readonly CharSpan[], moves: number): CharSpan[] {
    const out: CharSpan[] = [];
    for (const { client, clock, clocks } of spans) {
      for (let done = 0; done < clocks;) {
        const item = this.itemAt(client, clock + done);
        const left = item ? Math.min(clocks - done, item.id.clock + item.length - clock - done) : 1;
        const part = item?.deleted ? this.history.trace(client, clock + done, left).clocks : left;
        if (item && !item.deleted) out.push({ client, clock: clock + done, clocks: part });
        else if (item && moves < MAX_MOVES) out.push(...this.moved(client, clock + done, part, moves));
        done += part;
      }
    }
    return out;
  }

  private moved(client: number, clock: number, clocks: number, moves: number): CharSpan[] {
    for (const place of this.history.placesOf(client, clock)) {
      const found = this.living([{ ...place, clocks }], moves + 1);
      if (found.length > 0) return found;
    }
    return [];
  }

  private itemAt(client: number, clock: number): Y.Item | null {
    const structs = this.history.doc.store.clients.get(client);
    if (!structs || clock >= Y.getState(this.history.doc.store, client)) return null;
    const struct = structs[Y.findIndexSS(structs, clock)];
    return struct instanceof Y.Item ? struct : null;
  }

  private pathOf(client: number, clock: number): string {
    const item = this.itemAt(client, clock);
    return item ? pathOfType(this.history.doc, item.parent as AnyType) : '';
  }
}

/** Characters of a field before a place in it; null when the place isn't there. */
function charsBefore({ items }: Field, target: AnyType, index: number): number | null {
  let count = 0;
  const reaches = (type: AnyType): boolean => {
    let at = 0;
    for (let item = type._start; item !== null; item = item.right) {
      if (item.deleted) continue;
      if (type === target && item.countable && at >= index) return true;
      if (item.content instanceof Y.ContentString) {
        const here = type === target && at + item.length > index;
        count += here ? index - at : item.length;
        if (here) return true;
      }
      if (item.content instanceof Y.ContentType && reaches(item.content.type)) return true;
      if (item.countable) at += item.length;
    }
    return type === target;
  };
  const types = items.flatMap((item) => (!item.deleted && item.content instanceof Y.ContentType ? [item.content.type] : []));
  return types.some(reaches) ? count : null;
}

/** What stands there, a line for each paragraph. */
function textBetween(items: readonly TextItem[], from: number, to: number): string {
  let [out, at] = ['', 0];
  let block: number | null = null;
  for (const { item, text, block: its } of items) {
    const part = text.slice(Math.max(0, from - at), Math.max(0, to - at));
    at += item.length;
    if (part === '') continue;
    out += block === null || block === its ? part : `\n${part}`;
    block = its;
  }
  return out;
}

/** The position before (assoc 0) or after (-1) the character at an offset, encoded. */
function relative(items: readonly TextItem[], offset: number, assoc: 0 | -1): Uint8Array {
  let at = 0;
  for (const { item } of items) {
    if (offset < at + item.length) {
      const json = { item: { client: item.id.client, clock: item.id.clock + offset - at }, assoc };
      return Y.encodeRelativePosition(Y.createRelativePositionFromJSON(json));
    }
    at += item.length;
  }
  throw new RangeError('an offset after the end');
}

/** Where an encoded position points; null for one that can't be read, or points at nothing here. */
function absolute(doc: Y.Doc, position: Uint8Array): Y.AbsolutePosition | null {
  try {
    return Y.createAbsolutePositionFromRelativePosition(Y.decodeRelativePosition(position), doc);
  } catch {
    // A client's bytes: whatever is wrong with them, they are no place.
    return null;
  }
}

function pathOfType(doc: Y.Doc, type: AnyType): string {
  const place = placeOfType(doc, type);
  return place.level === 'field' ? pathAt(place, null) : '';
}

const total = (spans: readonly CharSpan[]): number => spans.reduce((sum, { clocks }) => sum + clocks, 0);
