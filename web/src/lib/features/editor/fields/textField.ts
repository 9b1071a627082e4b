import * as Y from 'yjs';
import { movedBy, textChange } from './textDiff.js';

/** Origin of what is typed in plain fields: recorded as ours, undone as ours. */
const TYPED = Symbol('typed');

type TextControl = HTMLInputElement | HTMLTextAreaElement;

export interface TextFieldOptions {
  text: Y.Text;
  /** Longest text the server takes, in UTF-16 units. */
  maxLength: number;
  onSelection: (selection: { anchor: Y.RelativePosition; head: Y.RelativePosition } | null) => void;
}

/** One control bound to one shared text: every keystroke is the smallest change, everybody else's changes leave the caret in its place. */
class TextBinding {
  readonly #control: TextControl;
  readonly #options: TextFieldOptions;
  readonly #undo: Y.UndoManager;
  readonly #listening = new AbortController();
  #composing = false;

  constructor(control: TextControl, options: TextFieldOptions) {
    this.#control = control;
    this.#options = options;
    this.#undo = new Y.UndoManager(options.text, { trackedOrigins: new Set([TYPED]) });
    control.value = options.text.toJSON();
    options.text.observe(this.#changed);
    const on = (type: string, listener: (event: Event) => void): void =>
      control.addEventListener(type, listener, { signal: this.#listening.signal });
    on('input', () => this.#typed());
    on('compositionstart', () => (this.#composing = true));
    on('compositionend', () => this.#composed());
    on('beforeinput', (event) => this.#historyCommand(event));
    on('keydown', (event) => this.#key(event));
    for (const type of ['focus', 'select', 'keyup', 'pointerup']) on(type, () => this.#tellSelection());
    on('blur', () => options.onSelection(null));
  }

  destroy(): void {
    this.#listening.abort();
    this.#options.text.unobserve(this.#changed);
    this.#undo.destroy();
  }

  #typed(): void {
    const { text, maxLength } = this.#options;
    const control = this.#control;
    // Line breaks can't be typed, but pasted; the fields bound here are one line each.
    const flat = control.value.replace(/\s*[\r\n]+\s*/g, ' ').slice(0, Math.max(maxLength, text.length));
    if (flat !== control.value) this.#show(flat, Math.min(control.selectionEnd ?? flat.length, flat.length));
    const change = textChange(text.toJSON(), flat, control.selectionEnd ?? flat.length);
    if (change === null) return;
    text.doc?.transact(() => {
      if (change.remove > 0) text.delete(change.index, change.remove);
      if (change.insert !== '') text.insert(change.index, change.insert);
    }, TYPED);
    this.#tellSelection();
  }

  readonly #changed = (event: Y.YTextEvent, transaction: Y.Transaction): void => {
    if (transaction.origin === TYPED || this.#composing) return;
    const control = this.#control;
    const start = movedBy(event.delta, control.selectionStart ?? 0);
    const end = movedBy(event.delta, control.selectionEnd ?? 0);
    this.#show(this.#options.text.toJSON(), start, end);
  };

  #composed(): void {
    this.#composing = false;
    this.#typed();
    const { text } = this.#options;
    if (this.#control.value !== text.toJSON()) this.#show(text.toJSON(), this.#control.selectionEnd ?? text.length);
  }

  #show(value: string, start: number, end = start): void {
    this.#control.value = value;
    if (this.#control === document.activeElement) this.#control.setSelectionRange(start, end);
  }

  // The browser's own undo knows nothing of what others wrote in between: ours takes back our own work only.
  #historyCommand(event: Event): void {
    if (!(event instanceof InputEvent) || !event.inputType.startsWith('history')) return;
    event.preventDefault();
    if (event.inputType === 'historyUndo') this.#undo.undo();
    else this.#undo.redo();
  }

  #key(event: Event): void {
    if (!(event instanceof KeyboardEvent)) return;
    if (event.key === 'Enter' && !event.isComposing) return event.preventDefault();
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key !== 'z' && key !== 'y') return;
    event.preventDefault();
    if (key === 'z' && !event.shiftKey) this.#undo.undo();
    else this.#undo.redo();
  }

  #tellSelection(): void {
    const { text, onSelection } = this.#options;
    const control = this.#control;
    if (control !== document.activeElement) return;
    const at = (index: number | null): Y.RelativePosition => Y.createRelativePositionFromTypeIndex(text, Math.min(index ?? 0, text.length));
    onSelection({ anchor: at(control.selectionStart), head: at(control.selectionEnd) });
  }
}

/** Binds a control to a shared text; returns the way to let go. */
export function bindTextField(control: TextControl, options: TextFieldOptions): () => void {
  const binding = new TextBinding(control, options);
  return () => binding.destroy();
}
