import { parseFieldPath, proseField, textField } from '@samsyn/schema';
import * as Y from 'yjs';

/** Where a quote stands in the shared text, as the server keeps it. */
export interface Anchor {
  readonly anchor: Uint8Array;
  readonly head: Uint8Array;
}

type Found = { text: Y.Text | Y.XmlText; index: number };

function textsIn(node: Y.XmlFragment | Y.XmlElement): Y.XmlText[] {
  return node.toArray().flatMap((child) => {
    if (child instanceof Y.XmlText) return [child];
    return child instanceof Y.XmlElement ? textsIn(child) : [];
  });
}

/** The characters of a shared text, without marks. */
function plain(text: Y.Text | Y.XmlText): string {
  const delta = text.toDelta() as { insert?: unknown }[];
  return delta.map(({ insert }) => (typeof insert === 'string' ? insert : '\uFFFC')).join('');
}

function textsAt(doc: Y.Doc, path: string): (Y.Text | Y.XmlText)[] {
  const at = parseFieldPath(path);
  if (at === null) return [];
  const line = textField(doc, at.root, at.id, at.field);
  const prose = proseField(doc, at.root, at.id, at.field);
  return line ? [line] : prose ? textsIn(prose) : [];
}

function find(doc: Y.Doc, path: string, quote: string): Found | null {
  if (quote === '') return null;
  for (const text of textsAt(doc, path)) {
    const index = plain(text).indexOf(quote);
    if (index >= 0) return { text, index };
  }
  return null;
}

const encode = (text: Y.Text | Y.XmlText, index: number, assoc: number): Uint8Array =>
  Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(text, index, assoc));

/** The first place in a field where exactly these words stand in one paragraph; null when they don't. */
export function anchorOf(doc: Y.Doc, path: string, quote: string): Anchor | null {
  const found = find(doc, path, quote);
  if (found === null) return null;
  return { anchor: encode(found.text, found.index, 0), head: encode(found.text, found.index + quote.length, -1) };
}

/** All of a field's text; null when there is none. */
export function wholeField(doc: Y.Doc, path: string): Anchor | null {
  const texts = textsAt(doc, path).filter((text) => text.length > 0);
  const [first, last] = [texts[0], texts.at(-1)];
  return first && last ? { anchor: encode(first, 0, 0), head: encode(last, last.length, -1) } : null;
}
