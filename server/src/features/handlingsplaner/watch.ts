/**
 * One stream of several. Ending it ends them all, also while it waits for the next message: a generator alone would not hear of its end
 * before one came.
 */
export function merged<T>(sources: readonly AsyncIterableIterator<T>[]): AsyncIterableIterator<T> {
  async function* turns(): AsyncGenerator<T> {
    const next = (source: AsyncIterableIterator<T>) => source.next().then((result) => ({ source, result }));
    const waiting = new Map(sources.map((source) => [source, next(source)]));
    while (waiting.size > 0) {
      const { source, result } = await Promise.race(waiting.values());
      if (result.done === true) {
        waiting.delete(source);
        continue;
      }
      waiting.set(source, next(source));
      yield result.value;
    }
  }
  return endingAll(turns(), sources);
}

/** The messages that pass `test`, in order. */
export function kept<T>(source: AsyncIterableIterator<T>, test: (value: T) => Promise<boolean>): AsyncIterableIterator<T> {
  async function* passing(): AsyncGenerator<T> {
    for (let step = await source.next(); step.done !== true; step = await source.next()) if (await test(step.value)) yield step.value;
  }
  return endingAll(passing(), [source]);
}

function endingAll<T>(turns: AsyncGenerator<T>, sources: readonly AsyncIterableIterator<T>[]): AsyncIterableIterator<T> {
  const end = async (): Promise<IteratorResult<T>> => {
    await Promise.all(sources.map((source) => source.return?.()));
    return turns.return(undefined);
  };
  return {
    next: () => turns.next(),
    return: end,
    throw: end,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
