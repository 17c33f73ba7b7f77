import type { EventStore, ExpectedRevision, NewEvent } from '#ports/event-store/event-store.js';

export interface Contention {
  readonly writers: number;
  /** Appends answered as stored. */
  readonly acknowledged: number;
  /** Of those, how many are not in the stream, or not once. */
  readonly lost: number;
  /** Appends by the writer that got through least, and most. */
  readonly fewest: number;
  readonly most: number;
  /** The most tries that any append took. */
  readonly mostTries: number;
}

/** Many writers on one stream for so long; each tries again at the revision it is told. */
export async function contention(
  store: EventStore,
  stream: string,
  writers: number,
  milliseconds: number,
  make: () => Promise<NewEvent>,
): Promise<Contention> {
  const until = performance.now() + milliseconds;
  const stored: string[][] = Array.from({ length: writers }, () => []);
  let mostTries = 0;
  await Promise.all(
    stored.map(async (mine) => {
      let expected: ExpectedRevision = 'no-stream';
      while (performance.now() < until) {
        const event = await make();
        let tries = 0;
        for (let done = false; !done; ) {
          tries += 1;
          try {
            expected = (await store.append(stream, expected, [event])).revision;
            done = true;
          } catch (error) {
            const { code, actual } = error as { code?: string; actual?: ExpectedRevision };
            if (code !== 'wrong-expected-revision' || actual === undefined) throw error;
            expected = actual;
          }
        }
        mine.push(event.eventId);
        mostTries = Math.max(mostTries, tries);
      }
    }),
  );
  const found = new Map<string, number>();
  for await (const event of store.readStream(stream)) found.set(event.eventId, (found.get(event.eventId) ?? 0) + 1);
  const acknowledged = stored.flat();
  return {
    writers,
    acknowledged: acknowledged.length,
    lost: acknowledged.filter((id) => found.get(id) !== 1).length,
    fewest: Math.min(...stored.map((mine) => mine.length)),
    most: Math.max(...stored.map((mine) => mine.length)),
    mostTries,
  };
}
