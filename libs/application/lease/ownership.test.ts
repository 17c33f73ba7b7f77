import { setTimeout as sleep } from 'node:timers/promises';
import { memoryViewStore } from '#adapters/view-store-memory/view-store-memory.js';
import { type Fence, ViewStoreError } from '#ports/view-store/view-store.js';
import { keepOwnership, type Ownership } from './ownership.js';

const FOR_MS = 200;
let running: Ownership[] = [];
afterEach(async () => {
  await Promise.all(running.map((one) => one.stop()));
  running = [];
});

/** A process that writes down when it owns. */
function process(viewStore: Parameters<typeof keepOwnership>[0]['viewStore'], owner: string, seize = false) {
  const fences: Fence[] = [];
  let ends = 0;
  const ownership = keepOwnership({ viewStore, name: 'worker', owner, forMs: FOR_MS, seize });
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
  for (let tries = 0; !holds(); tries += 1) {
    if (tries > 200) throw new Error('it did not come to be');
    await sleep(10);
  }
}

describe('what one process does alone', () => {
  it('is done by one of two, and by the other as soon as the first gives it back', async () => {
    const store = memoryViewStore();
    const one = process(store, 'one');
    await until(() => one.fences.length === 1);
    const two = process(store, 'two');
    await sleep(FOR_MS * 2);
    expect(two.fences).toEqual([]);
    await one.ownership.stop();
    expect(one.ends()).toBe(1);
    await until(() => two.fences.length === 1);
    expect(two.fences[0]?.token).toBeGreaterThan(one.fences[0]?.token ?? 0);
  });

  it('ends where the lease cannot be renewed, before somebody else may begin', async () => {
    const store = memoryViewStore();
    let cut = false;
    const one = process(
      {
        ...store,
        takeLease: (...given) =>
          cut ? Promise.reject(new ViewStoreError('unavailable', 'cut')) : store.takeLease(...given),
      },
      'one',
    );
    await until(() => one.fences.length === 1);
    cut = true;
    const two = process(store, 'two');
    await until(() => two.fences.length === 1);
    expect(one.ends()).toBe(1);
    expect(one.ownership.fence).toBeUndefined();
    cut = false;
    await sleep(FOR_MS);
    expect(one.fences).toHaveLength(1);
  });

  it('ends at once when a step says that somebody else holds the lease', async () => {
    const store = memoryViewStore();
    const one = process(store, 'one');
    await until(() => one.fences.length === 1);
    const two = process(store, 'two', true);
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
