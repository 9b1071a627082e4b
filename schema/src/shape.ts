/**
 * The shape of a plan's shared document, version 1: what there is, of which Yjs type, and what values may hold.
 * The gate, the canonical reader and the editor all follow this table.
 */
import { MAX_LIST_START, MAX_ORDER_CHARS } from './limits.js';

export const SHAPE_VERSION = 1;
/** The Yjs client that seeds documents. No lease is ever given for it. */
export const SERVER_CLIENT_ID = 1;
/** Root map with `v` (shape version) and `planId`. Only the server writes it. */
export const META_ROOT = 'meta';

/**
 * text: Y.Text, plain. prose: Y.XmlFragment. ids: Y.Map id → true. date: string `YYYY-MM-DD`, last writer wins; absent = not set.
 * order: fractional key, last writer wins.
 */
export type FieldKind = 'text' | 'prose' | 'ids' | 'date' | 'order';

/** Both roots are Y.Map: entry id → Y.Map of these fields. */
export const FIELDS = {
  causes: { text: 'prose', order: 'order' },
  measures: {
    what: 'text',
    how: 'prose',
    followUpHow: 'prose',
    responsible: 'text',
    causeIds: 'ids',
    doneBy: 'date',
    followUpBy: 'date',
    order: 'order',
  },
} as const satisfies Record<string, Record<string, FieldKind>>;

export type Root = keyof typeof FIELDS;
export const ROOTS: readonly Root[] = ['causes', 'measures'];
export const isRoot = (name: string): name is Root => Object.hasOwn(FIELDS, name);

/** The kind of a field, or undefined when the root has no such field. */
export function fieldKind(root: Root, field: string): FieldKind | undefined {
  const fields: Readonly<Record<string, FieldKind>> = FIELDS[root];
  return Object.hasOwn(fields, field) ? fields[field] : undefined;
}

/** Fields that hold a shared type: they are made with their entry and never replaced. */
export const isSharedType = (kind: FieldKind): boolean => kind === 'text' || kind === 'prose' || kind === 'ids';

const ENTRY_ID = /^[0-9a-f]{16}$/;
/** Ids of causes and measures: 16 lower-case hex digits. */
export const isEntryId = (id: string): boolean => ENTRY_ID.test(id);
/** A new random entry id, 64 bits. */
export function newEntryId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const ORDER = new RegExp(`^[0-9A-Za-z]{0,${MAX_ORDER_CHARS - 1}}[1-9A-Za-z]$`);
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** What a date field may hold: the form only. Whether the day exists is for `missingParts` to say. */
export const isDateValue = (value: unknown): value is string => typeof value === 'string' && DATE.test(value);
export const isOrderValue = (value: unknown): value is string => typeof value === 'string' && ORDER.test(value);

/** Elements in prose, with the elements that may stand directly in each. Only `paragraph` holds text (Y.XmlText). */
export const PROSE_CHILDREN: Readonly<Record<string, readonly string[]>> = {
  '': ['paragraph', 'bulletList', 'orderedList'],
  paragraph: [],
  bulletList: ['listItem'],
  orderedList: ['listItem'],
  listItem: ['paragraph', 'bulletList', 'orderedList'],
};
/** Marks of text in prose: Yjs formatting attributes with `true` or `{}`; `null` ends one. */
export const PROSE_MARKS: readonly string[] = ['bold', 'italic'];

/** What an attribute of a prose element may hold. Only ordered lists have one: `start`. */
export const isProseAttribute = (element: string, name: string, value: unknown): boolean =>
  element === 'orderedList' && name === 'start' && Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MAX_LIST_START;
