import { batches } from './batches.js';

async function* counting(upTo: number, pauseAt: ReadonlySet<number> = new Set()) {
  for (let n = 1; n <= upTo; n += 1) {
    if (pauseAt.has(n)) await new Promise((resolve) => setTimeout(resolve, 20));
    yield n;
  }
}
async function collect<T>(source: AsyncIterable<readonly T[]>): Promise<T[][]> {
  const found: T[][] = [];
  for await (const batch of source) found.push([...batch]);
  return found;
}

describe('batches', () => {
  it('hold what is there, at most so many, in order, nothing lost', async () => {
    const found = await collect(batches(counting(1200), { max: 500, lingerMs: 1000 }));
    expect(found.map(({ length }) => length)).toEqual([500, 500, 200]);
    expect(found.flat()).toEqual(Array.from({ length: 1200 }, (_, n) => n + 1));
  });

  it('do not wait for what is not there yet', async () => {
    const found = await collect(batches(counting(5, new Set([3])), { max: 500, lingerMs: 1000 }));
    expect(found).toEqual([
      [1, 2],
      [3, 4, 5],
    ]);
  });

  it('small ones begin some time apart, full ones at once, and what comes meanwhile goes together', async () => {
    async function* source() {
      for (let n = 1; n <= 4; n += 1) {
        yield n;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      yield* [5, 6, 7, 8];
    }
    const begun: number[] = [];
    const found: (readonly number[])[] = [];
    for await (const batch of batches(source(), { max: 2, lingerMs: 1000, everyMs: 40 })) {
      begun.push(performance.now());
      found.push(batch);
    }
    expect(found.flat()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    for (const [n, { length }] of found.slice(0, -1).entries())
      if (length < 2) expect((begun[n + 1] ?? 0) - (begun[n] ?? 0)).toBeGreaterThanOrEqual(38);
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
    for await (const _ of batches(source(), { max: 2, lingerMs: 1000 })) break;
    expect(ended).toBe(true);
    await expect(collect(batches(source(), { max: 3, lingerMs: 1000 }))).rejects.toThrow('broken');
  });
});
