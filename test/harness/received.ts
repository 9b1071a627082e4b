const WAIT_LIMIT_MS = 15_000;

/** What a subscription has brought. Tests wait for a condition, never for a time. */
export class Received<T> {
  readonly all: T[] = [];
  error: string | undefined;
  ended = false;
  stop: () => void = () => undefined;
  private wake: () => void = () => undefined;

  push(value: T): void {
    this.all.push(value);
    this.wake();
  }

  fail(error: string): void {
    this.error = error;
    this.wake();
  }

  end(): void {
    this.ended = true;
    this.wake();
  }

  /** The first value (from `from` on) for which `test` holds, now or later. */
  async until(test: (value: T) => boolean, from = 0): Promise<T> {
    return this.wait(() => this.all.slice(from).find(test));
  }

  /** The error that ends it, now or later. */
  async failure(): Promise<string> {
    return this.wait(() => this.error, true);
  }

  private async wait<V>(look: () => V | undefined, errorIsFine = false): Promise<V> {
    const end = Date.now() + WAIT_LIMIT_MS;
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      if (!errorIsFine && this.error !== undefined) throw new Error(`the subscription failed: ${this.error}`);
      if (Date.now() > end) throw new Error(`nothing came in ${WAIT_LIMIT_MS} ms; so far: ${JSON.stringify(this.all.slice(-3))}`);
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        setTimeout(resolve, 100);
      });
    }
  }
}
