import * as Y from 'yjs';
import type { Presence } from '../document/transport.js';

/** What the caret extension reads of somebody else. */
export interface CaretState {
  user: { name: string; role: string; side: string; color: string };
  cursor: { anchor: Y.RelativePosition; head: Y.RelativePosition };
}

interface LocalState {
  cursor: { anchor: Y.RelativePosition; head: Y.RelativePosition } | null;
}

// The caret plugin insists on a colour; ours come from the side, by class.
const UNUSED_COLOR = '#000000';

function caretOf(person: Presence): CaretState | null {
  if (person.self || person.anchor === null || person.head === null) return null;
  try {
    const cursor = { anchor: Y.decodeRelativePosition(person.anchor), head: Y.decodeRelativePosition(person.head) };
    return { user: { name: person.name, role: person.role, side: person.side, color: UNUSED_COLOR }, cursor };
  } catch {
    return null;
  }
}

/**
 * Presence in one field, in the shape the caret extension knows from y-protocols. Others come from the server's list; our own selection
 * goes to `onSelection`. Nothing else of the awareness protocol exists here: who is who is the server's to say.
 */
export class FieldAwareness {
  readonly clientID = 0;
  readonly states = new Map<number, CaretState>();
  readonly #listeners = new Set<() => void>();
  readonly #numbers = new Map<string, number>();
  #local: LocalState = { cursor: null };

  constructor(
    readonly path: string,
    readonly onSelection: (selection: LocalState['cursor']) => void,
  ) {}

  show(presence: readonly Presence[]): void {
    this.states.clear();
    for (const person of presence) {
      if (person.path !== this.path) continue;
      const caret = caretOf(person);
      if (caret !== null) this.states.set(this.#number(person.presenceId), caret);
    }
    for (const listener of this.#listeners) listener();
  }

  getStates(): Map<number, CaretState> {
    return this.states;
  }

  getLocalState(): LocalState {
    return this.#local;
  }

  setLocalStateField(field: string, value: unknown): void {
    if (field !== 'cursor') return;
    this.#local = { cursor: (value as LocalState['cursor']) ?? null };
    this.onSelection(this.#local.cursor);
  }

  on(_event: string, listener: () => void): void {
    this.#listeners.add(listener);
  }

  off(_event: string, listener: () => void): void {
    this.#listeners.delete(listener);
  }

  /** Numbers below zero: never a Yjs client's. */
  #number(presenceId: string): number {
    const known = this.#numbers.get(presenceId) ?? -1 - this.#numbers.size;
    this.#numbers.set(presenceId, known);
    return known;
  }
}
