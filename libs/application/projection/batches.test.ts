import { batches } from './batches.js';

async function* counting(upTo: number) {
  for (let n = 1; n <= upTo; n += 1) yield n;
}
/** Longer than any test. */
const FOR_EVER = 2 ** 30;
async function collect<T>(source: AsyncIterable<readonly T[]>): Promise<T[][]> {
  const found: T[][] = [];
  for await (const batch of source) found.push([...batch]);
  return found;
}

describe('batches', () => {
  it('hold what is there, at most so many, in order, nothing lost', async () => {
    const found = await collect(batches(counting(1200), { max: 500, lingerMs: FOR_EVER }));
    expect(found.map(({ length }) => length)).toEqual([500, 500, 200]);
    expect(found.flat()).toEqual(Array.from({ length: 1200 }, (_, n) => n + 1));
  });

  it('do not wait for what is not there yet', async () => {
    let goOn: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    async function* source() {
      yield* [1, 2];
      await gate;
      yield* [3, 4, 5];
    }
    const found: (readonly number[])[] = [];
    for await (const batch of batches(source(), { max: 500, lingerMs: FOR_EVER })) {
      found.push(batch);
      // what comes next comes when the first batch is there: who waited for it would wait for ever
      goOn();
    }
    expect(found).toEqual([
      [1, 2],
      [3, 4, 5],
    ]);
  });

  it('small ones begin some time apart, full ones at once, and what comes meanwhile goes together', async () => {
    /** When each item left the source: no later than its batch began. */
    const left: number[] = [];
    const leaving = (n: number) => {
      left[n] = performance.now();
      return n;
    };
    async function* source() {
      for (let n = 1; n <= 4; n += 1) {
        yield leaving(n);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      for (const n of [5, 6, 7, 8]) yield leaving(n);
    }
    const begun: number[] = [];
    const found: (readonly number[])[] = [];
    for await (const batch of batches(source(), { max: 2, lingerMs: FOR_EVER, everyMs: 40 })) {
      begun.push(performance.now());
      found.push(batch);
    }
    expect(found.flat()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    for (const [n, batch] of found.slice(0, -1).entries())
      if (batch.length < 2) expect((begun[n + 1] ?? 0) - (left[batch[0] ?? 0] ?? 0)).toBeGreaterThanOrEqual(38);
  });

  it('end the source when they are left early, and pass on its failure', async () => {
    let ended = false;
    async function* source() {
      try {
        yield* counting(10);
        throw new Error('broken');
      } finally {
        ended = true;
      }
    }
    for await (const _ of batches(source(), { max: 2, lingerMs: FOR_EVER })) break;
    expect(ended).toBe(true);
    await expect(collect(batches(source(), { max: 3, lingerMs: FOR_EVER }))).rejects.toThrow('broken');
  });
});
