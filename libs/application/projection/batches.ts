export interface BatchOptions {
  readonly max: number;
  readonly lingerMs: number;
  /** Between the beginnings of two batches, unless the first was full: many small ones cost more than they give. Default 0. */
  readonly everyMs?: number;
}

/**
 * Gathers what an iteration delivers into batches: as much as is there without waiting, at most `max`, at most for
 * `lingerMs`. A single event goes on its way at once; a long history goes in large steps.
 */
export async function* batches<T>(
  source: AsyncIterable<T>,
  { max, lingerMs, everyMs = 0 }: BatchOptions,
): AsyncGenerator<readonly T[]> {
  const iterator = source[Symbol.asyncIterator]();
  let pending: Promise<IteratorResult<T>> | undefined;
  try {
    for (;;) {
      const first = await (pending ?? iterator.next());
      pending = undefined;
      if (first.done) return;
      const batch = [first.value];
      const until = performance.now() + lingerMs;
      let turn = nextTurn();
      while (batch.length < max && performance.now() < until) {
        pending = iterator.next();
        let next = await Promise.race([pending, turn]);
        if (next === undefined) {
          // that turn began with an earlier item: this one is waited for as long
          turn = nextTurn();
          next = await Promise.race([pending, turn]);
        }
        if (next === undefined || next.done) break;
        pending = undefined;
        batch.push(next.value);
      }
      const begun = performance.now();
      yield batch;
      const left = begun + everyMs - performance.now();
      if (batch.length < max && left >= 1) await new Promise((resolve) => setTimeout(resolve, left));
    }
  } finally {
    // A step that is still asked for ends with its own iteration; its failure has been, or will be, thrown above.
    pending?.catch(() => undefined);
    await iterator.return?.();
  }
}

const nextTurn = (): Promise<undefined> => new Promise((resolve) => setImmediate(resolve, undefined));
