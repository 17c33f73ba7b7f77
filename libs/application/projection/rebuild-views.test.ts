import fc from 'fast-check';
import { memoryEventStore } from '#adapters/event-store-memory/event-store-memory.js';
import { memoryLog } from '#adapters/event-store-memory/memory-log.js';
import { memoryViewStore } from '#adapters/view-store-memory/view-store-memory.js';
import type { AnySealedEvent } from '#kernel/define-event.js';
import type { ViewStore } from '#ports/view-store/view-store.js';
import { give, note, openVisit } from '#testing/give-visit.js';
import { openMemoryTemoin } from '#testing/open-memory-temoin.js';
import { visitsView } from '#testing/visit.js';
import type { ViewDefinition } from '#views/view.js';
import type { Temoin } from '../temoin.js';
import { rebuildViews } from './rebuild-views.js';

const named = (name: string, changes = visitsView.changes): ViewDefinition => ({
  ...visitsView,
  schema: { ...visitsView.schema, name },
  changes,
});
/** Visits and members, where a visit whose note was the third is forgotten and comes again with the next. */
const forgetting = named('forgetting', (event) =>
  visitsView.changes(event).map((change) => ({
    ...change,
    next: (before) => {
      const after = change.next(change.collection === 'visits' ? (before ?? { notes: 9, texts: [] }) : before);
      return change.collection === 'visits' && after?.notes === 3 ? null : after;
    },
  })),
);

async function documentsOf(viewStore: ViewStore, { schema }: ViewDefinition): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const { name } of schema.collections)
    for await (const { id, document, position } of viewStore.scan(schema, name))
      found[`${name}/${id}`] = { document, position };
  return found;
}
const tiny = (kept: number, batch: number) => ({ kept, batch });
const standing = (temoin: Temoin) => ({
  eventStore: temoin.eventStore,
  viewStore: temoin.viewStore,
  decode: temoin.decode,
  paused: <T>(_: string, task: () => Promise<T>) => task(),
  keep: async () => undefined,
  onProgress: () => undefined,
});
const names = (views: readonly ViewDefinition[]) => views.map(({ schema }) => schema.name);

describe('several views rebuilt in one pass', () => {
  it('are what they were, documents, positions and all, however little of them memory holds', async () => {
    const history = fc.array(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 4 })), { maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(history, fc.nat(6), fc.integer({ min: 1, max: 7 }), async (steps, kept, batch) => {
        const views = [visitsView, forgetting];
        const temoin = await openMemoryTemoin({ views });
        let last = '';
        for (let n = 0; n < 6; n += 1) last = await give(temoin, `s${n}`, openVisit(`m${n % 3}`));
        for (const [session, notes] of steps)
          last = await give(temoin, `s${session}`, note(...Array.from({ length: notes }, () => 'x')));
        for (const name of names(views)) await temoin.waitFor(name, last, 600_000);
        await temoin.close();
        const before = await Promise.all(views.map((view) => documentsOf(temoin.viewStore, view)));
        const reports = await rebuildViews(views, { ...standing(temoin), sizes: tiny(kept, batch) });
        expect(reports.map(({ differences }) => differences)).toEqual([[], []]);
        expect(await Promise.all(views.map((view) => documentsOf(temoin.viewStore, view)))).toEqual(before);
      }),
      { numRuns: 40 },
    );
  });

  it('read the events once, and each is told what came of it', async () => {
    const log = memoryEventStore(memoryLog());
    let read = 0;
    const eventStore = {
      ...log,
      async *readAll(options?: Parameters<typeof log.readAll>[0]) {
        for await (const event of log.readAll(options)) {
          read += 1;
          yield event;
        }
      },
    };
    const views = [visitsView, named('others'), named('more')];
    const temoin = await openMemoryTemoin({ views, eventStore });
    for (let n = 0; n < 10; n += 1) await give(temoin, `s${n}`, openVisit(`m${n}`));
    const last = await give(temoin, 's1', note('a'));
    for (const name of names(views)) await temoin.waitFor(name, last, 600_000);
    read = 0;
    const reports = await temoin.rebuildAll();
    expect(reports).toMatchObject(
      names(views).map((view) => ({ view, events: 11, documents: 20, differences: [], parked: [] })),
    );
    expect(read).toBe(11);
    for (const name of names(views))
      expect(await temoin.waitFor(name, await give(temoin, 's2', note('b')), 5000)).toBe(true);
    await temoin.close();
  });

  it('an event that asks for what the store does not take parks its stream in its own view alone', async () => {
    let poison = false;
    const fussy = named('fussy', (event: AnySealedEvent) =>
      poison && event.meta.stream === 'visit-s3' && event.data.number === 2
        ? [{ collection: 'visits', id: 's3', next: (before) => ({ ...before, notes: 'many' }) }]
        : visitsView.changes(event),
    );
    const views = [visitsView, fussy];
    const temoin = await openMemoryTemoin({ views });
    let last = '';
    for (let n = 0; n < 6; n += 1) last = await give(temoin, `s${n}`, openVisit(`m${n}`));
    for (let n = 0; n < 6; n += 1) last = await give(temoin, `s${n}`, note('1', '2', '3'));
    for (const name of names(views)) await temoin.waitFor(name, last, 600_000);
    poison = true;
    const [visits, parked] = await temoin.rebuildAll();
    expect(visits).toMatchObject({ view: 'visits', differences: [], parked: [], events: 24 });
    expect(parked).toMatchObject({ view: 'fussy', events: 24, parked: [{ stream: 'visit-s3', revision: 2 }] });
    expect(await temoin.viewStore.get(fussy.schema, 'visits', 's3')).toMatchObject({ notes: 1 });
    expect(await temoin.parked('fussy')).toHaveLength(1);
    poison = false;
    expect(await temoin.rebuildAll()).toMatchObject([{ differences: [] }, { parked: [] }]);
    expect(await temoin.viewStore.get(fussy.schema, 'visits', 's3')).toMatchObject({ notes: 3 });
    await temoin.close();
  });

  it('are fenced off with the lease: nothing is swapped', async () => {
    const temoin = await openMemoryTemoin();
    await temoin.waitFor('visits', await give(temoin, 's1', openVisit()), 5000);
    await temoin.close();
    const lease = await temoin.viewStore.takeLease('worker', { owner: 'a', forMs: 60_000 });
    await temoin.viewStore.takeLease('worker', { owner: 'b', forMs: 60_000, seize: true });
    const fence = { lease: 'worker', token: lease?.token ?? 0 };
    await expect(rebuildViews([visitsView], { ...standing(temoin), fence })).rejects.toMatchObject({ code: 'fenced' });
    expect(await temoin.viewStore.get(visitsView.schema, 'visits', 's1')).toMatchObject({ notes: 0 });
  });

  it('are not swapped by who lost the lease during the comparison: what its next holder wrote stays', async () => {
    const temoin = await openMemoryTemoin();
    const { viewStore } = temoin;
    await temoin.waitFor('visits', await give(temoin, 's1', openVisit()), 5000);
    await temoin.close();
    const lease = await viewStore.takeLease('worker', { owner: 'a', forMs: 60_000 });
    const fence = { lease: 'worker', token: lease?.token ?? 0 };
    let swaps = 0;
    const slow: ViewStore = {
      ...viewStore,
      swap: (...given) => {
        swaps += 1;
        return viewStore.swap(...given);
      },
      async *compare(...given) {
        yield* viewStore.compare(...given);
        await viewStore.takeLease('worker', { owner: 'b', forMs: 60_000, seize: true });
      },
    };
    const rebuilding = rebuildViews([visitsView], { ...standing(temoin), viewStore: slow, fence });
    await expect(rebuilding).rejects.toMatchObject({ code: 'fenced' });
    expect(swaps).toBe(0);
  });

  it('are swapped one by one: after a failure each is as it was or as it became, and all go on', async () => {
    const inner = memoryViewStore();
    let swaps = 0;
    const viewStore: ViewStore = {
      ...inner,
      swap: (...given) => {
        swaps += 1;
        return swaps === 2 ? Promise.reject(new Error('away')) : inner.swap(...given);
      },
    };
    const views = [visitsView, named('others')];
    const temoin = await openMemoryTemoin({ views, viewStore });
    const last = await give(temoin, 's1', openVisit());
    for (const name of names(views)) await temoin.waitFor(name, last, 600_000);
    await expect(temoin.rebuildAll()).rejects.toThrow('away');
    const next = await give(temoin, 's1', note('a'));
    for (const name of names(views)) expect(await temoin.waitFor(name, next, 600_000)).toBe(true);
    expect((await temoin.rebuildAll()).flatMap(({ differences }) => differences)).toEqual([]);
    await temoin.close();
  });
});
