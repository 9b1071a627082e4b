import {
  contentHash,
  FIELDS,
  fieldKind,
  fieldPath,
  isRoot,
  parseFieldPath,
  type PlanContent,
  type Prose,
  proseText,
  readContent,
  entryMap,
} from '@samsyn/schema';
import type * as Y from 'yjs';
import type { ContentReader } from './document/planDocumentState.js';

/** The value of a field in plain data; undefined when its cause or measure is not there. */
function valueAt(content: PlanContent, path: string): string | null | Prose | readonly string[] | undefined {
  const at = parseFieldPath(path);
  if (at === null) return undefined;
  const entry = content[at.root].find(({ id }) => id === at.id);
  const values: Readonly<Record<string, string | null | Prose | readonly string[]>> = { ...entry };
  return entry === undefined ? undefined : values[at.field];
}

const isProse = (path: string): boolean => {
  const at = parseFieldPath(path);
  return at !== null && fieldKind(at.root, at.field) === 'prose';
};

/** A field's value as words: for a branch, a summary, a comparison. */
export function textAt(content: PlanContent, path: string): string | null {
  const value = valueAt(content, path);
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value;
  if (isProse(path)) return proseText(value as Prose);
  return content.causes.flatMap((cause, index) => (value.some((id) => id === cause.id) ? [causeLetter(index)] : [])).join(', ');
}

/** A, B … Z, AA, AB … */
export function causeLetter(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : causeLetter(Math.floor(index / 26) - 1) + last;
}

/** Reads canonical JSON from the server; null where the viewer may not read. */
export const parseContent = (json: string | null | undefined): PlanContent | null => (json ? (JSON.parse(json) as PlanContent) : null);

export const emptyContent = (planId: string): PlanContent => ({ v: 1, planId, causes: [], measures: [] });

/** How the document client reads a plan's document: by the shared shape, so that server and browser count the same hash. */
export const planReader: ContentReader = {
  contentHash: (doc) => contentHash(readContent(doc)),
  exists: (doc, path) => {
    const [root = '', id = ''] = path.split('/');
    return isRoot(root) && entryMap(doc, root, id) !== undefined;
  },
  fieldsUnder: (doc, path) => {
    const [root = '', id = ''] = path.split('/');
    if (!isRoot(root) || entryMap(doc, root, id) === undefined) return [];
    return Object.keys(FIELDS[root])
      .filter((field) => field !== 'order')
      .map((field) => fieldPath(root, id, field));
  },
  field: (doc: Y.Doc, path) => {
    const content = readContent(doc);
    const value = valueAt(content, path);
    if (value === undefined || path.endsWith('/order')) return null;
    return { text: textAt(content, path) ?? '', valueJson: JSON.stringify(value) };
  },
};
