/**
 * Reads a shared document to canonical content, and hashes it (RFC 8785, SHA-256). Total: whatever the tree holds, it answers, without
 * changing the document, and everybody with the same document gets the same bytes. Strings are well-formed Unicode in NFC, marks sorted,
 * neighbouring runs with equal marks joined, empty runs, paragraphs, items and lists dropped, unknown elements replaced by their blocks.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import * as Y from 'yjs';
import type { Cause, Measure, PlanContent, Prose, ProseBlock, ProseListItem, ProseParagraph, ProseText } from './content.js';
import { MAX_LIST_START, MAX_PROSE_DEPTH } from './limits.js';
import { byOrder } from './order.js';
import { META_ROOT, PROSE_MARKS, isDateValue } from './shape.js';

/** Deeper than the gate lets anything be; what is below doesn't exist for the reader. */
const READ_DEPTH = 2 * MAX_PROSE_DEPTH;

/** The document's content. */
export function readContent(doc: Y.Doc): PlanContent {
  const planId = root(doc, META_ROOT)?.get('planId');
  return {
    v: 1,
    planId: typeof planId === 'string' ? clean(planId) : '',
    causes: entries(doc, 'causes', readCause),
    measures: entries(doc, 'measures', readMeasure),
  };
}

/** The bytes that are hashed, stored and shown: RFC 8785. */
export const canonicalJson = (content: PlanContent): string => canonicalize(content) as string;

/** SHA-256 of the canonical JSON, lower-case hex. */
export const contentHash = (content: PlanContent): string => hashText(canonicalJson(content));

/** A hash for each measure, by id: says which of them changed between two contents. */
export const measureHashes = (content: PlanContent): Map<string, string> =>
  new Map(content.measures.map((measure) => [measure.id, hashText(canonicalize(measure) as string)]));

const hashText = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));

/** Well-formed Unicode in NFC. A lone surrogate can come from cutting a pair in two; RFC 8785 has no form for it. */
const clean = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd').normalize('NFC');

function root(doc: Y.Doc, name: string): Y.Map<unknown> | undefined {
  const type = doc.share.get(name);
  if (type === undefined || (type.constructor !== Y.Map && type.constructor !== Y.AbstractType)) return undefined;
  return doc.getMap(name);
}

function entries<T extends { id: string; order: string }>(doc: Y.Doc, name: string, read: (id: string, entry: Y.Map<unknown>) => T): T[] {
  const out: T[] = [];
  root(doc, name)?.forEach((entry, id) => {
    if (entry instanceof Y.Map) out.push(read(clean(id), entry as Y.Map<unknown>));
  });
  return out.sort(byOrder);
}

const readCause = (id: string, entry: Y.Map<unknown>): Cause => ({
  id,
  text: readProse(entry.get('text')),
  order: readString(entry.get('order')),
});

function readMeasure(id: string, entry: Y.Map<unknown>): Measure {
  const causeIds = entry.get('causeIds');
  return {
    id,
    what: readText(entry.get('what')),
    how: readProse(entry.get('how')),
    followUpHow: readProse(entry.get('followUpHow')),
    responsible: readText(entry.get('responsible')),
    causeIds: causeIds instanceof Y.Map ? [...causeIds.keys()].map(clean).sort() : [],
    doneBy: readDate(entry.get('doneBy')),
    followUpBy: readDate(entry.get('followUpBy')),
    order: readString(entry.get('order')),
  };
}

const readString = (value: unknown): string => (typeof value === 'string' ? clean(value) : '');
const readDate = (value: unknown): string | null => (isDateValue(value) ? value : null);

function readText(value: unknown): string {
  if (!(value instanceof Y.Text)) return readString(value);
  return clean(
    runs(value)
      .map((run) => run.text)
      .join(''),
  );
}

/** A prose field's content; `[]` for anything that isn't a fragment. */
export function readProse(value: unknown): Prose {
  return value instanceof Y.XmlFragment ? blocks(value.toArray(), 0) : [];
}

function blocks(children: readonly unknown[], depth: number): ProseBlock[] {
  if (depth > READ_DEPTH) return [];
  return children.flatMap((child): ProseBlock[] => {
    if (child instanceof Y.XmlText) return paragraph([child]);
    if (!(child instanceof Y.XmlElement)) return [];
    const inside: unknown[] = child.toArray();
    if (child.nodeName === 'paragraph') return [...paragraph(inside), ...blocks(inside.filter(isElement), depth + 1)];
    if (child.nodeName === 'bulletList' || child.nodeName === 'orderedList') return list(child, child.nodeName, inside, depth);
    return blocks(inside, depth + 1);
  });
}

const isElement = (node: unknown): boolean => node instanceof Y.XmlElement;

function paragraph(nodes: readonly unknown[]): ProseParagraph[] {
  const content = joined(nodes.flatMap((node) => (node instanceof Y.XmlText ? runs(node) : [])));
  return content.length > 0 ? [{ type: 'paragraph', content }] : [];
}

function list(element: Y.XmlElement, type: 'bulletList' | 'orderedList', children: readonly unknown[], depth: number): ProseBlock[] {
  const content = children.flatMap((child): ProseListItem[] => {
    const item =
      child instanceof Y.XmlElement && child.nodeName === 'listItem' ? blocks(child.toArray(), depth + 2) : blocks([child], depth + 2);
    return item.length > 0 ? [{ type: 'listItem', content: item }] : [];
  });
  if (content.length === 0) return [];
  const start: unknown = element.getAttribute('start');
  const counts = type === 'orderedList' && Number.isInteger(start) && (start as number) > 1 && (start as number) <= MAX_LIST_START;
  return [counts ? { type, attrs: { start: start as number }, content } : { type, content }];
}

/** The text of a Y.Text as runs, raw. Embeds are no text. */
function runs(text: Y.Text): ProseText[] {
  const delta = text.toDelta() as { insert: unknown; attributes?: Record<string, unknown> }[];
  return delta.flatMap(({ insert, attributes }): ProseText[] => {
    if (typeof insert !== 'string') return [];
    const marks = PROSE_MARKS.filter((mark) => isOn(attributes?.[mark])) as ('bold' | 'italic')[];
    return [marks.length > 0 ? { type: 'text', text: insert, marks: marks.map((type) => ({ type })) } : { type: 'text', text: insert }];
  });
}

const isOn = (value: unknown): boolean => value !== undefined && value !== null && value !== false;

/** Joins neighbours with equal marks before cleaning: NFC looks across the seam. */
function joined(parts: readonly ProseText[]): ProseText[] {
  const out: ProseText[] = [];
  for (const part of parts) {
    const last = out.at(-1);
    if (last && markKey(last) === markKey(part)) out[out.length - 1] = { ...last, text: last.text + part.text };
    else if (part.text !== '') out.push(part);
  }
  return out.map((part) => ({ ...part, text: clean(part.text) }));
}

const markKey = (run: ProseText): string => (run.marks ?? []).map((mark) => mark.type).join();
