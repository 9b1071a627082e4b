/** A stretch of clocks of one client, with what is known of it. */
export interface Stretch<T> {
  readonly clock: number;
  readonly clocks: number;
  readonly value: T;
}

/** What holds at a clock, and up to where: `end` is the first clock where something else may hold. `clock` is where the stretch began. */
export interface Held<T> {
  readonly value: T | null;
  readonly clock: number;
  readonly end: number;
}

/** Stretches of clocks by client, none over another: who made, deleted or moved what. Filled in any order; sorted when it is asked. */
export class Ranges<T> {
  private readonly byClient = new Map<number, Stretch<T>[]>();
  private readonly unsorted = new Set<number>();

  add(client: number, clock: number, clocks: number, value: T): void {
    const stretches = this.byClient.get(client);
    if (!stretches) this.byClient.set(client, [{ clock, clocks, value }]);
    else {
      if ((stretches.at(-1)?.clock ?? 0) > clock) this.unsorted.add(client);
      stretches.push({ clock, clocks, value });
    }
  }

  at(client: number, clock: number): Held<T> {
    const stretches = this.sorted(client);
    let [low, high] = [0, stretches.length];
    while (low < high) {
      const mid = (low + high) >> 1;
      if ((stretches[mid] as Stretch<T>).clock <= clock) low = mid + 1;
      else high = mid;
    }
    const before = stretches[low - 1];
    if (before && clock < before.clock + before.clocks)
      return { value: before.value, clock: before.clock, end: before.clock + before.clocks };
    return { value: null, clock, end: stretches[low]?.clock ?? Infinity };
  }

  private sorted(client: number): readonly Stretch<T>[] {
    const stretches = this.byClient.get(client) ?? [];
    if (this.unsorted.delete(client)) stretches.sort((a, b) => a.clock - b.clock);
    return stretches;
  }
}
