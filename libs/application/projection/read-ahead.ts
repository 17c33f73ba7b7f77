import { setImmediate as turn } from 'node:timers/promises';

/**
 * Chunks of an iteration, the next one under way while one is worked on.
 * @param goesOn false ends the iteration before that item
 */
export async function* readAhead<T>(
  source: AsyncIterable<T>,
  size: number,
  goesOn: (one: T) => boolean,
): AsyncGenerator<readonly T[]> {
  const iterator = source[Symbol.asyncIterator]();
  let ended = false;
  const gather = async (): Promise<readonly T[]> => {
    const some: T[] = [];
    while (some.length < size) {
      const next = await iterator.next();
      ended = next.done === true || !goesOn(next.value);
      if (ended) break;
      some.push(next.value);
    }
    return some;
  };
  let next = gather();
  try {
    for (;;) {
      const some = await next;
      const last = ended;
      if (!last) {
        next = gather();
        // its failure is thrown where it is waited for, and meanwhile is nobody's to handle
        next.catch(() => undefined);
        // what it asks of another thread leaves with the end of this turn
        await turn();
      }
      if (some.length > 0) yield some;
      if (last) return;
    }
  } finally {
    await iterator.return?.();
  }
}
