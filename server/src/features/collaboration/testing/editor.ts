import { createSharedDoc, seedUpdate } from '@samsyn/schema';
import * as Y from 'yjs';

/** A client's document in tests: records the updates its own edits make, as a real client's outbox does. */
export class Editor {
  readonly doc: Y.Doc;
  readonly outbox: Uint8Array[] = [];
  readonly undo: Y.UndoManager;

  /** @param state what the client has opened with, V1 updates; default: a document just seeded */
  constructor(
    readonly lease: number,
    state: readonly Uint8Array[] = [seedUpdate('plan')],
  ) {
    this.doc = createSharedDoc({ clientId: lease });
    for (const update of state) this.receive(update);
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'server') this.outbox.push(update);
    });
    this.undo = new Y.UndoManager([this.doc.getMap('causes'), this.doc.getMap('measures')], {
      captureTimeout: 0,
      trackedOrigins: new Set([null]),
    });
  }

  receive(update: Uint8Array): void {
    Y.applyUpdate(this.doc, update, 'server');
  }

  receiveCheckpoint(state: Uint8Array): void {
    Y.applyUpdateV2(this.doc, state, 'server');
  }

  /** The edit's updates, merged to one as batching does, and taken from the outbox. */
  made(edit: (doc: Y.Doc) => unknown): Uint8Array {
    edit(this.doc);
    return Y.mergeUpdates(this.outbox.splice(0));
  }

  /** Another client with the same state. */
  beside(lease: number): Editor {
    return new Editor(lease, [Y.encodeStateAsUpdate(this.doc)]);
  }
}

/** A paragraph with text, for prose. */
export function paragraph(text: string): Y.XmlElement {
  const element = new Y.XmlElement('paragraph');
  element.insert(0, [new Y.XmlText(text)]);
  return element;
}

/** The text of a prose field's nth paragraph. */
export const textOf = (fragment: Y.XmlFragment | undefined, at = 0): Y.XmlText => (fragment?.get(at) as Y.XmlElement).get(0) as Y.XmlText;
