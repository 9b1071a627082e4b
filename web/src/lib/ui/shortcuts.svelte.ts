import { SvelteMap } from 'svelte/reactivity';

/** Keys pressed one after the other, e.g. "g h", "?" or "j". Letters only when the person has not turned them off (WCAG 2.1.4). */
interface Shortcut {
  readonly keys: string;
  readonly label: string;
  readonly run: () => void;
}

const storageKey = 'samsyn.letterKeys';
const sequenceMs = 1_200;

/** Is the person writing? Then a letter is a letter. Ticking a choice is not writing. */
function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !/^(radio|checkbox|button|submit)$/.test(target.type);
  return target instanceof HTMLElement && (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName));
}

class Shortcuts {
  readonly all = new SvelteMap<string, Shortcut>();
  lettersOn = $state(true);
  #pending = '';
  #pressedAt = 0;

  /** Reads the person's choice; call once in the browser. */
  load(): void {
    this.lettersOn = localStorage.getItem(storageKey) !== 'off';
  }

  setLetters(on: boolean): void {
    this.lettersOn = on;
    localStorage.setItem(storageKey, on ? 'on' : 'off');
  }

  /** @returns takes the shortcut away again */
  add(shortcut: Shortcut): () => void {
    this.all.set(shortcut.keys, shortcut);
    return () => {
      if (this.all.get(shortcut.keys) === shortcut) this.all.delete(shortcut.keys);
    };
  }

  onKey = (event: KeyboardEvent): void => {
    // Never with Ctrl, Alt or Meta: those belong to the browser, the screen reader and AltGr.
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    if (!this.lettersOn || event.key.length !== 1 || document.querySelector('dialog[open]')) return;
    const now = performance.now();
    const sequence = this.#pending && now - this.#pressedAt < sequenceMs ? `${this.#pending} ${event.key}` : event.key;
    this.#pressedAt = now;
    const found = this.all.get(sequence) ?? this.all.get(event.key);
    this.#pending = !found && [...this.all.keys()].some((keys) => keys.startsWith(`${event.key} `)) ? event.key : '';
    if (!found) return;
    event.preventDefault();
    found.run();
  };
}

export const shortcuts = new Shortcuts();
