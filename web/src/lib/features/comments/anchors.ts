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

function find(doc: Y.Doc, path: string, quote: string): Found | null {
  const at = parseFieldPath(path);
  if (at === null || quote === '') return null;
  const line = textField(doc, at.root, at.id, at.field);
  const prose = proseField(doc, at.root, at.id, at.field);
  for (const text of line ? [line] : prose ? textsIn(prose) : []) {
    const index = plain(text).indexOf(quote);
    if (index >= 0) return { text, index };
  }
  return null;
}

/** The first place in a field where exactly these words stand in one paragraph; null when they don't. */
export function anchorOf(doc: Y.Doc, path: string, quote: string): Anchor | null {
  const found = find(doc, path, quote);
  if (found === null) return null;
  const encode = (index: number, assoc: number): Uint8Array =>
    Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(found.text, index, assoc));
  return { anchor: encode(found.index, 0), head: encode(found.index + quote.length, -1) };
}
