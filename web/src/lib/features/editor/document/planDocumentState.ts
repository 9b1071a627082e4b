import type * as Y from 'yjs';
import type { SaveState } from './saveState.js';
import type { Branch } from './storage.js';
import type { Presence } from './transport.js';

/** How the document's content is read: the shared shape's own reader, handed in so that the client knows no plan. */
export interface ContentReader {
  contentHash(doc: Y.Doc): string;
  /** A field's value for keeping; null when it is not there (any more). */
  field(doc: Y.Doc, path: string): { text: string; valueJson: string } | null;
  /** Whether the cause or measure `causes/<id>`, `measures/<id>` is there. */
  exists(doc: Y.Doc, path: string): boolean;
  /** The paths of all fields of a cause or measure. */
  fieldsUnder(doc: Y.Doc, path: string): string[];
}

type Phase = 'opening' | 'open' | 'closed';

export interface PlanDocumentState {
  phase: Phase;
  /** Null while opening and after closing. A new one after a refusal or a repair: bind to it anew. */
  doc: Y.Doc | null;
  epoch: number;
  writable: readonly string[];
  /** Why writing or reading ended, as a code. */
  reason: string | null;
  presence: readonly Presence[];
  save: SaveState;
  branches: readonly Branch[];
  /** The text on screen was not the server's and was fetched anew. */
  repairedAt: Date | null;
  /** False: unacknowledged edits don't survive this tab, so leaving must warn. */
  kept: boolean;
}
