const calmMs = 10_000;

/** What the page's one polite live region says. Calm: at most one message in ten seconds, the newest wins. */
class Announcer {
  text = $state('');
  #waiting: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #spokeAt = Number.NEGATIVE_INFINITY;

  /** @param now the person did this just now and waits for the answer: said at once */
  say(text: string, { now = false }: { now?: boolean } = {}): void {
    const wait = now ? 0 : this.#spokeAt + calmMs - performance.now();
    if (wait <= 0) return this.#speak(text);
    this.#waiting = text;
    this.#timer ??= setTimeout(() => {
      if (this.#waiting !== null) this.#speak(this.#waiting);
    }, wait);
  }

  #speak(text: string): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = null;
    this.#spokeAt = performance.now();
    // A repeated text is no change, and would not be read: a trailing no-break space makes it one.
    this.text = this.text === text ? `${text}\u00a0` : text;
  }
}

export const announcer = new Announcer();
