import { PATIENCE_MS, type SaveState, saveState } from './saveState.js';

/** Follows what is waiting and whether the line is up, and says so again when patience runs out without anything happening. */
export class SaveWatch {
  #acknowledgedAt: Date | null = null;
  #downSince: number | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #ended = false;

  constructor(
    readonly waiting: () => { changes: number; since: number | null },
    readonly now: () => number,
    readonly onState: (save: SaveState) => void,
  ) {}

  /** @param at the server's own time */
  acknowledged(at: Date): void {
    this.#acknowledgedAt = at;
    this.refresh();
  }

  wentDown(): void {
    this.#downSince ??= this.now();
    this.refresh();
  }

  cameUp(): void {
    this.#downSince = null;
    this.refresh();
  }

  refresh(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#ended) return;
    const { changes, since } = this.waiting();
    const save = saveState({
      now: this.now(),
      changes,
      waitingSince: since,
      acknowledgedAt: this.#acknowledgedAt,
      downSince: this.#downSince,
    });
    this.onState(save);
    const changesByItself = save.kind === 'saving' || (save.kind === 'saved' && this.#downSince !== null);
    if (changesByItself) this.#timer = setTimeout(() => this.refresh(), PATIENCE_MS / 4);
  }

  end(): void {
    this.#ended = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }
}
