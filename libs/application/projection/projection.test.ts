import { memoryEventStore } from '#adapters/event-store-memory/event-store-memory.js';
import { memoryLog } from '#adapters/event-store-memory/memory-log.js';
import { type MemoryViews, memoryViewStore } from '#adapters/view-store-memory/view-store-memory.js';
import { type ViewStore, ViewStoreError } from '#ports/view-store/view-store.js';
import { give, note, openVisit } from '#testing/give-visit.js';
import { openMemoryTemoin } from '#testing/open-memory-temoin.js';
import { visitsView } from '#testing/visit.js';
import type { ViewDefinition } from '#views/view.js';
import type { Alarm, Temoin } from '../temoin.js';

const running: Temoin[] = [];
const opened = async (given: Parameters<typeof openMemoryTemoin>[0] = {}): Promise<Temoin> => {
  const temoin = await openMemoryTemoin(given);
  running.push(temoin);
  return temoin;
};
afterEach(async () => {
  for (const temoin of running.splice(0)) await temoin.close();
});

const get = (temoin: Temoin, collection: string, id: string, view = visitsView) =>
  temoin.viewStore.get(view.schema, collection, id);

async function documentsOf(viewStore: ViewStore, view = visitsView): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const { name } of view.schema.collections)
    for await (const { id, document } of viewStore.scan(view.schema, name)) found[`${name}/${id}`] = document;
  return found;
}

describe('a projection', () => {
  it('makes what a person just did visible to who waits for its position, long before the patience ends', async () => {
    const temoin = await opened();
    await give(temoin, 's1', openVisit());
    const position = await give(temoin, 's1', note('a', 'b'));
    // the patience of days ends in no test
    expect(await temoin.waitFor('visits', position, 2 ** 30)).toBe(true);
    expect(await get(temoin, 'visits', 's1')).toMatchObject({ notes: 2, memberId: 'm1' });
    expect(await temoin.asOf('visits')).toEqual({ position });
  });

  it('carries sealed values unopened, which open from the view', async () => {
    const temoin = await opened();
    await temoin.waitFor('visits', await give(temoin, 's1', openVisit()), 1000);
    const document = await get(temoin, 'visits', 's1');
    // as a word: three letters in a row are in a sealed text by chance
    expect(JSON.stringify(document)).not.toMatch(/(?<![\w-])Ada(?![\w-])/);
    expect(await temoin.opener.open([document?.name as never])).toEqual([{ state: 'present', value: 'Ada' }]);
  });

  it('waits no longer than asked, and says so', async () => {
    const temoin = await opened();
    const started = performance.now();
    expect(await temoin.waitFor('visits', '00000000000000000099', 120)).toBe(false);
    expect(performance.now() - started).toBeGreaterThanOrEqual(110);
    await expect(temoin.waitFor('others', '1', 1)).rejects.toMatchObject({ code: 'unknown-view' });
  });

  it('of streams that are quiet is true up to events of others', async () => {
    const quiet: ViewDefinition = {
      ...visitsView,
      schema: { ...visitsView.schema, name: 'quiet' },
      streamPrefixes: ['other-'],
    };
    const temoin = await opened({ views: [quiet] });
    const position = await give(temoin, 's1', openVisit());
    expect(await temoin.waitFor('quiet', position, 600_000)).toBe(true);
    expect(await temoin.lag()).toMatchObject([{ caughtUp: true, behindMs: 0 }]);
  });

  it('goes on from its checkpoint after a restart and applies nothing twice', async () => {
    const views: MemoryViews = new Map();
    const log = memoryLog();
    const first = await opened({
      eventStore: memoryEventStore(log),
      viewStore: memoryViewStore(views),
      views: [visitsView],
    });
    await give(first, 's1', openVisit());
    await first.waitFor('visits', await give(first, 's1', note('a')), 1000);
    await first.close();
    await give(first, 's1', note('b', 'c'));
    const second = await opened({ eventStore: memoryEventStore(log), viewStore: memoryViewStore(views) });
    expect(await second.waitFor('visits', log.events.at(-1)?.position ?? '', 600_000)).toBe(true);
    expect(await get(second, 'visits', 's1')).toMatchObject({ notes: 3 });
    expect(await get(second, 'members', 'm1')).toEqual({ notes: 3 });
  });

  it('in several processes at once gives what one gives', async () => {
    const views: MemoryViews = new Map();
    const log = memoryLog();
    const three = await Promise.all(
      [1, 2, 3].map(() => opened({ eventStore: memoryEventStore(log), viewStore: memoryViewStore(views) })),
    );
    const [first] = three;
    if (!first) throw new Error('none');
    for (let n = 0; n < 5; n += 1) await give(first, `s${n}`, openVisit(`m${n % 2}`));
    await Promise.all(Array.from({ length: 60 }, (_, n) => give(first, `s${n % 5}`, note(`n${n}`))));
    const head = log.events.at(-1)?.position ?? '';
    for (const one of three) expect(await one.waitFor('visits', head, 600_000)).toBe(true);
    const live = await documentsOf(memoryViewStore(views));
    expect(live).toMatchObject({ 'members/m0': { notes: 36 }, 'members/m1': { notes: 24 } });
    expect((await first.rebuild('visits')).differences).toEqual([]);
  });

  it('takes up again when the store answers again, and alarms meanwhile', async () => {
    const inner = memoryViewStore();
    const cause = Object.assign(new Error('what somebody wrote'), { code: 'ECONNRESET' });
    let away = false;
    const viewStore: ViewStore = {
      ...inner,
      applyAll: (...given) =>
        away ? Promise.reject(new ViewStoreError('unavailable', 'away', { cause })) : inner.applyAll(...given),
    };
    const alarms: Alarm[] = [];
    const temoin = await opened({ viewStore, onAlarm: (alarm) => alarms.push(alarm) });
    away = true;
    const position = await give(temoin, 's1', openVisit());
    expect(await temoin.waitFor('visits', position, 150)).toBe(false);
    // between two attempts it does not run; during one it does
    const between = async () => {
      const [lag] = await temoin.lag();
      return lag?.running === false && !lag.caughtUp && !(await temoin.ready()).ready;
    };
    while (!(await between())) await new Promise((resolve) => setTimeout(resolve, 5));
    away = false;
    expect(await temoin.waitFor('visits', position, 600_000)).toBe(true);
    expect(alarms[0]).toMatchObject({ kind: 'projection-unavailable', view: 'visits', code: 'unavailable' });
    expect(alarms[0]).toMatchObject({ root: 'Error ECONNRESET' });
    expect(JSON.stringify(alarms)).not.toContain('wrote');
    while (!(await temoin.ready()).ready) await new Promise((resolve) => setTimeout(resolve, 5));
  });

  it('by another process is waited for through its checkpoint', async () => {
    const views: MemoryViews = new Map();
    const log = memoryLog();
    const writer = await opened({
      eventStore: memoryEventStore(log),
      viewStore: memoryViewStore(views),
      project: false,
    });
    const position = await give(writer, 's1', openVisit());
    expect(await writer.waitFor('visits', position, 60)).toBe(false);
    await opened({ eventStore: memoryEventStore(log), viewStore: memoryViewStore(views) });
    expect(await writer.waitFor('visits', position, 600_000)).toBe(true);
    expect(await writer.asOf('visits')).toEqual({ position });
  });
});
