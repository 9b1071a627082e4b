import type * as Y from 'yjs';
import type { ContentReader } from './planDocumentState.js';
import type { Branch, BranchField } from './storage.js';
import { touchedPaths } from './touched.js';

const isWhole = (path: string): boolean => path.split('/').length === 2;

function fieldOf(reader: ContentReader, doc: Y.Doc, path: string): BranchField | null {
  const value = reader.field(doc, path);
  if (isWhole(path)) return reader.exists(doc, path) ? null : { path, text: null, valueJson: null };
  return value === null ? null : { path, ...value };
}

/**
 * What the unacknowledged updates wrote, field by field, as the author last saw it. Null when there is nothing to keep (an update that
 * only moved something away again).
 */
export function branchOf(reader: ContentReader, doc: Y.Doc, updates: readonly Uint8Array[], about: Omit<Branch, 'fields'>): Branch | null {
  const touched = touchedPaths(doc, updates);
  const paths = new Set(touched.flatMap((path) => (isWhole(path) ? [path, ...reader.fieldsUnder(doc, path)] : [path])));
  const fields = [...paths].map((path) => fieldOf(reader, doc, path)).filter((field) => field !== null);
  return fields.length === 0 ? null : { ...about, fields };
}
