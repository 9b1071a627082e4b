/**
 * The shared document: making, seeding and finding one's way in it. Edits that make new causes and measures are in edits.ts.
 */
import * as Y from 'yjs';
import { META_ROOT, SERVER_CLIENT_ID, SHAPE_VERSION, fieldKind, type Root } from './shape.js';

export interface SharedDocOptions {
  /** The lease this document writes under. Set it before the first edit; without one the document must not be edited. */
  readonly clientId?: number;
  /** Default false, as clients must have it: with gc on, an update may hold GC structs, which the server refuses. The server's own is true. */
  readonly gc?: boolean;
}

/**
 * A Y.Doc as Samsyn uses it. Always make documents with this function.
 *
 * Yjs tidies formatting after remote updates by deleting marks it finds redundant, in a transaction of its own that looks local. A reader
 * would then push deletions in text it may not write, and two who tidy in different order would differ. So that is turned off here.
 */
export function createSharedDoc(options: SharedDocOptions = {}): Y.Doc {
  const doc = new Y.Doc({ gc: options.gc ?? false });
  if (options.clientId !== undefined) doc.clientID = options.clientId;
  doc.on('afterTransaction', (transaction: Y.Transaction) => {
    transaction._needFormattingCleanup = false;
  });
  return doc;
}

/** The first update of a plan's document (V1). The server's alone to make, once: two seeds would be two documents in one. */
export function seedUpdate(planId: string): Uint8Array {
  const doc = createSharedDoc({ clientId: SERVER_CLIENT_ID });
  doc.transact(() => {
    const meta = doc.getMap(META_ROOT);
    meta.set('v', SHAPE_VERSION);
    meta.set('planId', planId);
  });
  return Y.encodeStateAsUpdate(doc);
}

/** The root map of causes or measures. */
export const rootMap = (doc: Y.Doc, root: Root): Y.Map<unknown> => doc.getMap(root);

/** One cause or measure; undefined when there is none with that id (it may have been deleted by somebody else). */
export function entryMap(doc: Y.Doc, root: Root, id: string): Y.Map<unknown> | undefined {
  const entry = rootMap(doc, root).get(id);
  return entry instanceof Y.Map ? (entry as Y.Map<unknown>) : undefined;
}

/** A plain text field (`what`, `responsible`), to bind an input to. */
export function textField(doc: Y.Doc, root: Root, id: string, field: string): Y.Text | undefined {
  const value = fieldKind(root, field) === 'text' ? entryMap(doc, root, id)?.get(field) : undefined;
  return value instanceof Y.Text ? value : undefined;
}

/** A prose field (`how`, `followUpHow`, a cause's `text`), to bind an editor to. */
export function proseField(doc: Y.Doc, root: Root, id: string, field: string): Y.XmlFragment | undefined {
  const value = fieldKind(root, field) === 'prose' ? entryMap(doc, root, id)?.get(field) : undefined;
  return value instanceof Y.XmlFragment ? value : undefined;
}
