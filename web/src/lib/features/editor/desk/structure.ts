import { addCause, addMeasure, moveEntry, removeCause, removeMeasure, type Root, rootMap, setCauseIds, setDate } from '@samsyn/schema';
import * as Y from 'yjs';

/** What buttons, checkboxes and dates do to a plan's text. A removal can be taken back for as long as the tab lives. */
export class Structure {
  readonly #doc: Y.Doc;
  readonly #removals = new Set<Y.UndoManager>();

  constructor(doc: Y.Doc) {
    this.#doc = doc;
  }

  addCause(): string {
    return addCause(this.#doc);
  }

  addMeasure(causeIds: readonly string[]): string {
    return addMeasure(this.#doc, { causeIds });
  }

  /** Removes, and answers with the way to take exactly this removal back, whatever was done since. */
  remove(root: Root, id: string): () => void {
    const origin = Symbol('removal');
    const undo = new Y.UndoManager(rootMap(this.#doc, root), { trackedOrigins: new Set([origin]) });
    this.#removals.add(undo);
    if (root === 'causes') removeCause(this.#doc, id, { origin });
    else removeMeasure(this.#doc, id, { origin });
    return () => undo.undo();
  }

  move(root: Root, id: string, after: string | null): void {
    moveEntry(this.#doc, root, id, after);
  }

  setCauses(measureId: string, causeIds: readonly string[]): void {
    setCauseIds(this.#doc, measureId, causeIds);
  }

  setDate(measureId: string, field: 'doneBy' | 'followUpBy', date: string | null): void {
    setDate(this.#doc, measureId, field, date);
  }

  destroy(): void {
    for (const undo of this.#removals) undo.destroy();
  }
}
