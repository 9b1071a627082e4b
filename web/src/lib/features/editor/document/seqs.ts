/** Which log rows this tab holds without a gap: those it was sent and those it wrote itself. */
export class SeqTracker {
  #contiguous = 0;
  readonly #ahead = new Set<number>();

  get contiguous(): number {
    return this.#contiguous;
  }

  /** Everything up to and including `seq` is held. */
  reset(seq: number): void {
    this.#contiguous = Math.max(this.#contiguous, seq);
    this.#advance();
  }

  note(seq: number): void {
    if (seq <= this.#contiguous) return;
    this.#ahead.add(seq);
    this.#advance();
  }

  #advance(): void {
    for (const seq of this.#ahead) if (seq <= this.#contiguous) this.#ahead.delete(seq);
    while (this.#ahead.delete(this.#contiguous + 1)) this.#contiguous += 1;
  }
}
