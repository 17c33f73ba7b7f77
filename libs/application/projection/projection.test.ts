import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { memoryEventStore } from '#adapters/event-store-memory/event-store-memory.js';
import { memoryLog } from '#adapters/event-store-memory/memory-log.js';
import { type MemoryViews, memoryViewStore } from '#adapters/view-store-memory/view-store-memory.js';
import type { AnySealedEvent } from '#kernel/define-event.js';
import { type ViewStore, ViewStoreError } from '#ports/view-store/view-store.js';
import { openMemoryTemoin } from '#testing/open-memory-temoin.js';
import { type VisitCommand, visit, visitsView } from '#testing/visit.js';
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

async function give(temoin: Temoin, session: string, command: VisitCommand): Promise<string> {
  const stream = `visit-${session}`;
  const outcome = await temoin.execute({ commandId: randomUUID(), actor: 'staff-1', actorRoles: [], stream, command });
  if (outcome.outcome !== 'accepted') throw new Error(outcome.outcome);
  return outcome.receipt.position ?? '';
}
const open = (memberId = 'm1'): VisitCommand => ({ type: 'OpenVisit', memberId, name: 'Ada', problem: 'écran' });
const note = (...notes: readonly string[]): VisitCommand => ({ type: 'Note', notes });
const get = (temoin: Temoin, collection: string, id: string, view = visitsView) =>
  temoin.viewStore.get(view.schema, collection, id);

async function documentsOf(viewStore: ViewStore, view = visitsView): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const { name } of view.schema.collections)
    for await (const { id, document } of viewStore.scan(view.schema, name)) found[`${name}/${id}`] = document;
  return found;
}

describe('a projection', () => {
  it('makes what a person just did visible to who waits for its position, within milliseconds', async () => {
    const temoin = await opened();
    await give(temoin, 's1', open());
    const started = performance.now();
    const position = await give(temoin, 's1', note('a', 'b'));
    expect(await temoin.waitFor('visits', position, 1000)).toBe(true);
    expect(performance.now() - started).toBeLessThan(200);
    expect(await get(temoin, 'visits', 's1')).toMatchObject({ notes: 2, memberId: 'm1' });
    expect(await temoin.asOf('visits')).toEqual({ position });
  });

  it('carries sealed values unopened, which open from the view', async () => {
    const temoin = await opened();
    await temoin.waitFor('visits', await give(temoin, 's1', open()), 1000);
    const document = await get(temoin, 'visits', 's1');
    expect(JSON.stringify(document)).not.toContain('Ada');
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
    const position = await give(temoin, 's1', open());
    expect(await temoin.waitFor('quiet', position, 1000)).toBe(true);
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
    await give(first, 's1', open());
    await first.waitFor('visits', await give(first, 's1', note('a')), 1000);
    await first.close();
    await give(first, 's1', note('b', 'c'));
    const second = await opened({ eventStore: memoryEventStore(log), viewStore: memoryViewStore(views) });
    expect(await second.waitFor('visits', log.events.at(-1)?.position ?? '', 1000)).toBe(true);
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
    for (let n = 0; n < 5; n += 1) await give(first, `s${n}`, open(`m${n % 2}`));
    await Promise.all(Array.from({ length: 60 }, (_, n) => give(first, `s${n % 5}`, note(`n${n}`))));
    const head = log.events.at(-1)?.position ?? '';
    for (const one of three) expect(await one.waitFor('visits', head, 2000)).toBe(true);
    const live = await documentsOf(memoryViewStore(views));
    expect(live).toMatchObject({ 'members/m0': { notes: 36 }, 'members/m1': { notes: 24 } });
    expect((await first.rebuild('visits')).differences).toEqual([]);
  });

  it('takes up again when the store answers again, and alarms meanwhile', async () => {
    const inner = memoryViewStore();
    let away = false;
    const viewStore: ViewStore = {
      ...inner,
      apply: (...given) => (away ? Promise.reject(new ViewStoreError('unavailable', 'away')) : inner.apply(...given)),
    };
    const alarms: Alarm[] = [];
    const temoin = await opened({ viewStore, onAlarm: (alarm) => alarms.push(alarm) });
    away = true;
    const position = await give(temoin, 's1', open());
    expect(await temoin.waitFor('visits', position, 150)).toBe(false);
    expect((await temoin.lag())[0]).toMatchObject({ running: false, caughtUp: false });
    expect((await temoin.ready()).ready).toBe(false);
    away = false;
    expect(await temoin.waitFor('visits', position, 2000)).toBe(true);
    expect(alarms[0]).toMatchObject({ kind: 'projection-unavailable', view: 'visits', code: 'unavailable' });
    expect((await temoin.ready()).ready).toBe(true);
  });

  it('by another process is waited for through its checkpoint', async () => {
    const views: MemoryViews = new Map();
    const log = memoryLog();
    const writer = await opened({
      eventStore: memoryEventStore(log),
      viewStore: memoryViewStore(views),
      project: false,
    });
    const position = await give(writer, 's1', open());
    expect(await writer.waitFor('visits', position, 60)).toBe(false);
    await opened({ eventStore: memoryEventStore(log), viewStore: memoryViewStore(views) });
    expect(await writer.waitFor('visits', position, 1000)).toBe(true);
    expect(await writer.asOf('visits')).toEqual({ position });
  });
});

describe('a poisonous event', () => {
  let poison = true;
  const fussy: ViewDefinition = {
    ...visitsView,
    changes(event: AnySealedEvent) {
      if (poison && event.meta.stream === 'visit-bad' && event.data.number === 2) throw new Error('cannot take it');
      return visitsView.changes(event);
    },
  };
  beforeEach(() => {
    poison = true;
  });

  it('parks its own stream, alarms, and lets the others flow', async () => {
    const alarms: Alarm[] = [];
    const temoin = await opened({ views: [fussy], onAlarm: (alarm) => alarms.push(alarm) });
    await give(temoin, 'bad', open());
    await give(temoin, 'bad', note('1', '2', '3'));
    await give(temoin, 'good', open('m2'));
    const position = await give(temoin, 'good', note('1'));
    expect(await temoin.waitFor('visits', position, 1000)).toBe(true);
    expect(await get(temoin, 'visits', 'bad')).toMatchObject({ notes: 1 });
    expect(await get(temoin, 'visits', 'good')).toMatchObject({ notes: 1 });
    const parked = await temoin.parked('visits');
    expect(parked).toMatchObject([
      { stream: 'visit-bad', revision: 2, type: 'VisitNoted', fault: 'Error: cannot take it' },
    ]);
    expect(alarms).toEqual([{ kind: 'stream-parked', view: 'visits', parked: parked[0] }]);
    expect((await temoin.lag())[0]).toMatchObject({ caughtUp: true, parked: 1 });
  });

  it('stays parked after a restart; retried, the view is as if nothing had happened', async () => {
    const views: MemoryViews = new Map();
    const log = memoryLog();
    const stores = () => ({ eventStore: memoryEventStore(log), viewStore: memoryViewStore(views), views: [fussy] });
    const first = await opened(stores());
    await give(first, 'bad', open());
    await first.waitFor('visits', await give(first, 'bad', note('1', '2')), 1000);
    await first.close();
    const second = await opened(stores());
    await second.waitFor('visits', await give(first, 'bad', note('3')), 1000);
    expect(await get(second, 'visits', 'bad')).toMatchObject({ notes: 1 });
    expect(await second.retry('visits')).toMatchObject({ parked: [{ stream: 'visit-bad' }] });
    poison = false;
    const report = await second.retry('visits');
    expect(report).toMatchObject({
      parked: [],
      differences: [
        { id: 'm1', kind: 'changed' },
        { id: 'bad', kind: 'changed' },
      ].reverse(),
    });
    expect(await second.parked('visits')).toEqual([]);
    expect(await second.waitFor('visits', await give(first, 'bad', note('4')), 1000)).toBe(true);
    expect(await get(second, 'visits', 'bad')).toMatchObject({ notes: 4 });
  });

  it('that the codec does not know parks too', async () => {
    const log = memoryLog();
    const temoin = await opened({ eventStore: memoryEventStore(log) });
    const [eventId, data] = [randomUUID(), Buffer.from('{}')];
    const metadata = Buffer.from(
      JSON.stringify({ version: 9, recordedAt: '2026-06-02T07:30:00.000Z', actor: 'a', commandId: 'c' }),
    );
    const { position } = await temoin.eventStore.append('visit-new', 'no-stream', [
      { eventId, type: 'VisitNoted', data, metadata },
    ]);
    expect(await temoin.waitFor('visits', position, 1000)).toBe(true);
    expect((await temoin.parked('visits'))[0]?.fault).toContain('v9 is not known');
  });

  it('whose document the store refuses parks its stream alone', async () => {
    const refused: ViewDefinition = {
      ...visitsView,
      changes: (event) =>
        event.meta.stream === 'visit-bad'
          ? [{ collection: 'visits', id: '', next: () => ({}) }]
          : visitsView.changes(event),
    };
    const temoin = await opened({ views: [refused] });
    await give(temoin, 'good', open());
    await give(temoin, 'bad', open('m2'));
    expect(await temoin.waitFor('visits', await give(temoin, 'good', note('1')), 1000)).toBe(true);
    expect(await get(temoin, 'visits', 'good')).toMatchObject({ notes: 1 });
    expect((await temoin.parked('visits')).map(({ stream }) => stream)).toEqual(['visit-bad']);
  });
});

describe('a rebuild', () => {
  it('finds no difference, reports its progress, and the view goes on afterwards', async () => {
    const temoin = await opened();
    for (let n = 0; n < 10; n += 1) await give(temoin, `s${n}`, open(`m${n}`));
    await temoin.waitFor('visits', await give(temoin, 's1', note('a')), 1000);
    const before = await documentsOf(temoin.viewStore);
    const seen: number[] = [];
    const report = await temoin.rebuild('visits', ({ events }) => seen.push(events));
    expect(report).toMatchObject({ view: 'visits', events: 11, documents: 20, differences: [], parked: [] });
    expect(seen.at(-1)).toBe(11);
    expect(await documentsOf(temoin.viewStore)).toEqual(before);
    expect(await temoin.waitFor('visits', await give(temoin, 's1', note('b')), 1000)).toBe(true);
    expect(await get(temoin, 'visits', 's1')).toMatchObject({ notes: 2 });
  });

  it('names the documents that had gone wrong and mends them', async () => {
    const temoin = await opened();
    const position = await give(temoin, 's1', open());
    await temoin.waitFor('visits', position, 1000);
    const checkpoint = `${position.slice(0, -1)}9` as typeof position & Parameters<ViewStore['apply']>[1]['checkpoint'];
    const writes = [{ collection: 'visits', id: 's1', document: { notes: 99 }, position: checkpoint }];
    await temoin.close();
    await temoin.viewStore.apply(visitsView.schema, { writes, checkpoint });
    const again = await opened({ eventStore: temoin.eventStore, viewStore: temoin.viewStore, project: false });
    const report = await again.rebuild('visits');
    expect(report.differences).toEqual([{ collection: 'visits', id: 's1', kind: 'changed' }]);
    expect(await get(again, 'visits', 's1')).toMatchObject({ notes: 0 });
  });

  it('while commands come in loses none of them', async () => {
    const temoin = await opened();
    await give(temoin, 's1', open());
    let writing = true;
    const writer = (async () => {
      let last = '';
      for (let n = 0; writing; n += 1) {
        last = await give(temoin, 's1', note(`n${n}`));
        await new Promise((resolve) => setImmediate(resolve));
      }
      return last;
    })();
    for (let n = 0; n < 5; n += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect((await temoin.rebuild('visits')).differences).toEqual([]);
    }
    writing = false;
    expect(await temoin.waitFor('visits', await writer, 2000)).toBe(true);
    const { notes } = await temoin.reader.state(visit.aggregate, 's1');
    expect(notes).toBeGreaterThan(5);
    expect(await get(temoin, 'visits', 's1')).toMatchObject({ notes });
  });

  it('gives the same view for any history', async () => {
    const history = fc.array(fc.tuple(fc.nat(3), fc.array(fc.constant('x'), { minLength: 1, maxLength: 4 })), {
      maxLength: 15,
    });
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        const temoin = await openMemoryTemoin();
        for (let n = 0; n < 4; n += 1) await give(temoin, `s${n}`, open(`m${n % 2}`));
        let last = '';
        for (const [session, notes] of steps) last = await give(temoin, `s${session}`, note(...notes));
        await temoin.waitFor('visits', last, 1000);
        const report = await temoin.rebuild('visits');
        await temoin.close();
        expect(report.differences).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });
});
