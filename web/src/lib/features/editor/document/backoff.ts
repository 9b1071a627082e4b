/** Waiting times that grow and never agree: a thousand browsers must not come back in the same second. */
export class Backoff {
  #attempt = 0;
  readonly #random: () => number;

  constructor(
    readonly firstMs = 400,
    readonly longestMs = 20_000,
    random: () => number = Math.random,
  ) {
    this.#random = random;
  }

  next(): number {
    const ceiling = Math.min(this.longestMs, this.firstMs * 2 ** this.#attempt);
    this.#attempt = Math.min(this.#attempt + 1, 16);
    return ceiling / 2 + (this.#random() * ceiling) / 2;
  }

  reset(): void {
    this.#attempt = 0;
  }
}
