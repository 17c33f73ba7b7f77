import { randomUUID } from 'node:crypto';
import { memoryEventStore } from '#adapters/event-store-memory/event-store-memory.js';
import { memoryLog } from '#adapters/event-store-memory/memory-log.js';
import { type MemoryViews, memoryViewStore } from '#adapters/view-store-memory/view-store-memory.js';
import type { AnySealedEvent } from '#kernel/define-event.js';
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
    await give(temoin, 'bad', openVisit());
    await give(temoin, 'bad', note('1', '2', '3'));
    await give(temoin, 'good', openVisit('m2'));
    const position = await give(temoin, 'good', note('1'));
    expect(await temoin.waitFor('visits', position, 600_000)).toBe(true);
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
    await give(first, 'bad', openVisit());
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
    expect(await temoin.waitFor('visits', position, 600_000)).toBe(true);
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
    await give(temoin, 'good', openVisit());
    await give(temoin, 'bad', openVisit('m2'));
    expect(await temoin.waitFor('visits', await give(temoin, 'good', note('1')), 1000)).toBe(true);
    expect(await get(temoin, 'visits', 'good')).toMatchObject({ notes: 1 });
    expect((await temoin.parked('visits')).map(({ stream }) => stream)).toEqual(['visit-bad']);
  });
});
