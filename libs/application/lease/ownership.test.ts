import { setTimeout as sleep } from 'node:timers/promises';
import { memoryViewStore } from '#adapters/view-store-memory/view-store-memory.js';
import { type Fence, ViewStoreError } from '#ports/view-store/view-store.js';
import { keepOwnership, type Ownership } from './ownership.js';

/** No lease of this length runs out in a test. */
const LONG_MS = 600_000;
let running: Ownership[] = [];
afterEach(async () => {
  await Promise.all(running.map((one) => one.stop()));
  running = [];
});

/** A process that writes down when it owns. */
function process(
  viewStore: Parameters<typeof keepOwnership>[0]['viewStore'],
  owner: string,
  { forMs = LONG_MS, seize = false } = {},
) {
  const fences: Fence[] = [];
  let ends = 0;
  const ownership = keepOwnership({ viewStore, name: 'worker', owner, forMs, seize });
  running.push(ownership);
  ownership.whileHeld((fence) => {
    fences.push(fence);
    return () => {
      ends += 1;
    };
  });
  return { ownership, fences, ends: () => ends };
}
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(10);
}
/**
 * A machine that stands still for longer than a lease lasts loses it by right: what is to be kept is kept with one of these
 * lengths. A fault would lose it with each.
 */
async function withSomeLease(kept: (forMs: number) => Promise<boolean>): Promise<void> {
  for (const forMs of [200, 1500, 10_000]) if (await kept(forMs)) return;
  throw new Error('lost with a lease of any length');
}

describe('what one process does alone', () => {
  it('is done by one of two, and by the other as soon as the first gives it back', async () => {
    await withSomeLease(async (forMs) => {
      const store = memoryViewStore();
      const one = process(store, 'one', { forMs });
      await until(() => one.fences.length === 1);
      const two = process(store, 'two', { forMs });
      await sleep(forMs * 2);
      if (one.fences.length + two.fences.length !== 1) return false;
      await one.ownership.stop();
      expect(one.ends()).toBe(1);
      await until(() => two.fences.length > 0);
      expect(two.fences[0]?.token).toBeGreaterThan(one.fences[0]?.token ?? 0);
      return true;
    });
  });

  it('ends where the lease cannot be renewed, before somebody else may begin', async () => {
    await withSomeLease(async (forMs) => {
      const store = memoryViewStore();
      let cut = false;
      const one = process(
        {
          ...store,
          takeLease: (...given) =>
            cut ? Promise.reject(new ViewStoreError('unavailable', 'cut')) : store.takeLease(...given),
        },
        'one',
        { forMs },
      );
      await until(() => one.fences.length > 0);
      cut = true;
      const two = process(store, 'two', { forMs });
      await until(() => two.fences.length > 0);
      expect(one.ends()).toBe(one.fences.length);
      expect(one.ownership.fence).toBeUndefined();
      cut = false;
      await sleep(forMs);
      return one.fences.length === 1;
    });
  });

  it('ends at once when a step says that somebody else holds the lease', async () => {
    const store = memoryViewStore();
    const one = process(store, 'one');
    await until(() => one.fences.length === 1);
    const two = process(store, 'two', { seize: true });
    await until(() => two.fences.length === 1);
    one.ownership.lost(one.fences[0] as Fence);
    await until(() => one.ends() === 1);
    expect(two.ends()).toBe(0);
  });

  it('is begun by what is added later, and ended with it', async () => {
    const { ownership } = process(memoryViewStore(), 'one');
    await until(() => ownership.fence !== undefined);
    let state = 'waiting';
    const end = ownership.whileHeld(() => {
      state = 'running';
      return () => {
        state = 'ended';
      };
    });
    expect(state).toBe('running');
    await end();
    expect(state).toBe('ended');
  });
});
