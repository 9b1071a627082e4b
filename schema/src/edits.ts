/**
 * Edits of the document's structure that every client makes the same way. Each is one transaction, so one update: the gate takes a new
 * entry whole or not at all. `origin` is handed to Yjs, for undo managers and outboxes that go by it.
 */
import * as Y from 'yjs';
import { entryMap, rootMap } from './document.js';
import { byOrder, orderBetween } from './order.js';
import { newEntryId, type Root } from './shape.js';

export interface EditOptions {
  readonly origin?: unknown;
}

export interface NewCause extends EditOptions {
  /** Plain text; each line becomes a paragraph. */
  readonly text?: string;
  /** Comes right after this cause; default: last. */
  readonly after?: string;
}

export interface NewMeasure extends EditOptions {
  readonly what?: string;
  readonly how?: string;
  readonly followUpHow?: string;
  readonly responsible?: string;
  readonly causeIds?: readonly string[];
  readonly doneBy?: string | null;
  readonly followUpBy?: string | null;
  /** Comes right after this measure; default: last. */
  readonly after?: string;
}

/** Adds a cause and returns its id. */
export function addCause(doc: Y.Doc, cause: NewCause = {}): string {
  return addEntry(doc, 'causes', cause, () => [['text', prose(cause.text)]]);
}

/** Adds a measure and returns its id. */
export function addMeasure(doc: Y.Doc, measure: NewMeasure = {}): string {
  return addEntry(doc, 'measures', measure, () => [
    ['what', new Y.Text(measure.what)],
    ['how', prose(measure.how)],
    ['followUpHow', prose(measure.followUpHow)],
    ['responsible', new Y.Text(measure.responsible)],
    ['causeIds', new Y.Map((measure.causeIds ?? []).map((id) => [id, true]))],
    ...(['doneBy', 'followUpBy'] as const).flatMap((field) => (measure[field] ? [[field, measure[field]] as [string, unknown]] : [])),
  ]);
}

/** Deletes a cause. Measures that point at it keep the pointer: `missingParts` names them. */
export const removeCause = (doc: Y.Doc, id: string, options: EditOptions = {}): void => removeEntry(doc, 'causes', id, options);
/** Deletes a measure. */
export const removeMeasure = (doc: Y.Doc, id: string, options: EditOptions = {}): void => removeEntry(doc, 'measures', id, options);

/** Makes a measure point at exactly these causes. Does nothing when the measure is gone. */
export function setCauseIds(doc: Y.Doc, measureId: string, causeIds: readonly string[], options: EditOptions = {}): void {
  const current = entryMap(doc, 'measures', measureId)?.get('causeIds');
  if (!(current instanceof Y.Map)) return;
  doc.transact(() => {
    for (const id of [...current.keys()]) if (!causeIds.includes(id)) current.delete(id);
    for (const id of causeIds) if (!current.has(id)) current.set(id, true);
  }, options.origin);
}

/** Sets or clears (null) a date of a measure, `YYYY-MM-DD`. Does nothing when the measure is gone or the date is that already. */
export function setDate(
  doc: Y.Doc,
  measureId: string,
  field: 'doneBy' | 'followUpBy',
  date: string | null,
  options: EditOptions = {},
): void {
  const entry = entryMap(doc, 'measures', measureId);
  if (!entry || (entry.get(field) ?? null) === date) return;
  doc.transact(() => (date === null ? entry.delete(field) : entry.set(field, date)), options.origin);
}

/** Moves an entry to right after another, or first (null). Does nothing when it is gone. */
export function moveEntry(doc: Y.Doc, root: Root, id: string, after: string | null, options: EditOptions = {}): void {
  const entry = entryMap(doc, root, id);
  if (!entry || id === after) return;
  doc.transact(() => entry.set('order', orderAfter(doc, root, after ?? 'first', id)), options.origin);
}

function addEntry(doc: Y.Doc, root: Root, options: EditOptions & { after?: string }, fields: () => [string, unknown][]): string {
  const id = newEntryId();
  doc.transact(() => {
    const order = orderAfter(doc, root, options.after ?? 'last', id);
    rootMap(doc, root).set(id, new Y.Map([...fields(), ['order', order]]));
  }, options.origin);
  return id;
}

function removeEntry(doc: Y.Doc, root: Root, id: string, options: EditOptions): void {
  if (entryMap(doc, root, id)) doc.transact(() => rootMap(doc, root).delete(id), options.origin);
}

function orderAfter(doc: Y.Doc, root: Root, place: string, except: string): string {
  const entries = [...rootMap(doc, root).entries()]
    .filter(([id, entry]) => id !== except && entry instanceof Y.Map)
    .map(([id, entry]) => ({ id, order: orderOf(entry as Y.Map<unknown>) }))
    .sort(byOrder);
  const found = entries.findIndex((entry) => entry.id === place);
  const at = place === 'first' ? 0 : found < 0 ? entries.length : found + 1;
  return orderBetween(entries[at - 1]?.order ?? null, entries[at]?.order ?? null);
}

function orderOf(entry: Y.Map<unknown>): string {
  const order = entry.get('order');
  return typeof order === 'string' ? order : '';
}

function prose(text = ''): Y.XmlFragment {
  const fragment = new Y.XmlFragment();
  const paragraphs = text.split('\n').filter((line) => line !== '');
  fragment.insert(
    0,
    paragraphs.map((line) => {
      const paragraph = new Y.XmlElement('paragraph');
      paragraph.insert(0, [new Y.XmlText(line)]);
      return paragraph;
    }),
  );
  return fragment;
}
