import {
  entryMap,
  fieldKind,
  parseFieldPath,
  type Prose,
  type ProseBlock,
  proseField,
  type ProseListItem,
  readProse,
  textField,
} from '@samsyn/schema';
import * as Y from 'yjs';
import { textChange } from '../fields/textDiff.js';
import type { Structure } from './structure.js';

function paragraphOf(block: Extract<ProseBlock, { type: 'paragraph' }>): Y.XmlElement {
  const element = new Y.XmlElement('paragraph');
  const text = new Y.XmlText();
  text.applyDelta(
    block.content.map((run) => ({ insert: run.text, attributes: Object.fromEntries((run.marks ?? []).map((mark) => [mark.type, true])) })),
  );
  element.insert(0, [text]);
  return element;
}

function itemOf(item: ProseListItem): Y.XmlElement {
  const element = new Y.XmlElement('listItem');
  element.insert(0, item.content.map(elementOf));
  return element;
}

function elementOf(block: ProseBlock): Y.XmlElement {
  if (block.type === 'paragraph') return paragraphOf(block);
  // Yjs types its attributes as strings; the shape wants the number itself.
  const element = new Y.XmlElement(block.type);
  if (block.attrs !== undefined) (element as unknown as Y.XmlElement<{ start: number }>).setAttribute('start', block.attrs.start);
  element.insert(0, block.content.map(itemOf));
  return element;
}

/** Makes the fragment hold this prose, leaving the blocks alone that are the same at its beginning and end. */
export function writeProse(fragment: Y.XmlFragment, prose: Prose): void {
  const now = readProse(fragment);
  // Blocks and elements only correspond one to one when reading dropped nothing.
  const same = now.length === fragment.length;
  const equal = (a: ProseBlock | undefined, b: ProseBlock | undefined): boolean =>
    a !== undefined && JSON.stringify(a) === JSON.stringify(b);
  const shorter = same ? Math.min(now.length, prose.length) : 0;
  let head = 0;
  while (head < shorter && equal(now[head], prose[head])) head += 1;
  let tail = 0;
  while (tail < shorter - head && equal(now[now.length - 1 - tail], prose[prose.length - 1 - tail])) tail += 1;
  const write = (): void => {
    fragment.delete(head, fragment.length - head - tail);
    fragment.insert(head, prose.slice(head, prose.length - tail).map(elementOf));
  };
  if (fragment.doc) fragment.doc.transact(write);
  else write();
}

function writeText(text: Y.Text, value: string): void {
  const change = textChange(text.toJSON(), value);
  if (change === null) return;
  text.doc?.transact(() => {
    text.delete(change.index, change.remove);
    text.insert(change.index, change.insert);
  });
}

/** Puts a kept value back into its field, as new edits of whoever does it. False when the field is not there any more. */
export function offerField(doc: Y.Doc, structure: Structure, path: string, valueJson: string): boolean {
  const at = parseFieldPath(path);
  if (at === null || entryMap(doc, at.root, at.id) === undefined) return false;
  const value: unknown = JSON.parse(valueJson);
  const kind = fieldKind(at.root, at.field);
  const text = textField(doc, at.root, at.id, at.field);
  const prose = proseField(doc, at.root, at.id, at.field);
  if (text !== undefined) writeText(text, String(value));
  else if (prose !== undefined) writeProse(prose, value as Prose);
  else if (kind === 'ids') structure.setCauses(at.id, value as string[]);
  else if (kind === 'date') structure.setDate(at.id, at.field === 'doneBy' ? 'doneBy' : 'followUpBy', value as string | null);
  return true;
}
