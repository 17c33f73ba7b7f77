import { memoryEventStore } from '#adapters/event-store-memory/event-store-memory.js';
import { memoryKeyVault } from '#adapters/key-vault-memory/key-vault-memory.js';
import { memoryViewStore } from '#adapters/view-store-memory/view-store-memory.js';
import { ViewStoreError } from '#ports/view-store/view-store.js';
import { visitsView } from '#testing/visit.js';
import type { ViewLag } from './projection/reports.js';
import { type ReadinessOptions, readinessOf } from './readiness.js';

const upToDate: ViewLag = {
  view: 'visits',
  applied: '1',
  head: '1',
  caughtUp: true,
  behindMs: 0,
  parked: 0,
  running: true,
};
const behind: ViewLag = { ...upToDate, caughtUp: false, behindMs: 2001 };
const never = () => new Promise<never>(() => undefined);

async function readinessWith(given: Partial<ReadinessOptions>) {
  const viewStore = memoryViewStore();
  await viewStore.prepare(visitsView.schema);
  return readinessOf({
    eventStore: memoryEventStore(),
    viewStore,
    keyVault: memoryKeyVault(),
    views: [visitsView],
    runner: { lag: async () => [upToDate] },
    verified: true,
    withinMs: 30,
    ...given,
  });
}

describe('readiness', () => {
  it('stays where the stores answer and how far the views are takes long to find out', async () => {
    const ready = await readinessWith({ runner: { lag: never } });
    expect(await ready()).toEqual({ ready: true, head: undefined, views: [], lag: 'slow', faults: [] });
  });

  it('tells what was found the last time meanwhile, and asks for one figure at a time', async () => {
    let asked = 0;
    const answers = [async () => [behind], never];
    const lag = () => answers[Math.min(asked++, 1)]?.() ?? never();
    const ready = await readinessWith({ runner: { lag } });
    expect(await ready()).toMatchObject({ ready: false, lag: 'measured', views: [behind] });
    const again = await Promise.all([ready(), ready(), ready()]);
    for (const one of again) expect(one).toMatchObject({ ready: false, lag: 'slow', views: [behind], faults: [] });
    expect(asked).toBe(2);
  });

  it('takes up what comes late, and measures anew', async () => {
    let answer: (views: readonly ViewLag[]) => void = () => undefined;
    let asked = 0;
    const late = new Promise<readonly ViewLag[]>((resolve) => {
      answer = resolve;
    });
    const ready = await readinessWith({ runner: { lag: () => (asked++ === 0 ? late : Promise.resolve([upToDate])) } });
    expect(await ready()).toMatchObject({ ready: true, lag: 'slow', views: [] });
    answer([behind]);
    await late;
    expect(await ready()).toMatchObject({ ready: true, lag: 'measured', views: [upToDate] });
  });

  it.each([
    ['event-store', { eventStore: { head: never } }],
    ['view-store', { viewStore: { checkpoint: never } }],
    ['key-vault', { keyVault: { lookup: never } }],
  ])('ends when %s does not answer in time', async (code, given) => {
    const ready = await readinessWith(given);
    expect(await ready()).toMatchObject({ ready: false, lag: 'measured', faults: [code] });
  });

  it('ends when the store fails while it is asked how far the views are', async () => {
    const failing = async () => Promise.reject(new ViewStoreError('unavailable', 'away'));
    const ready = await readinessWith({ runner: { lag: failing } });
    expect(await ready()).toMatchObject({ ready: false, faults: ['view-store'] });
  });
});
