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
