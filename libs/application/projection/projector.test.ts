import { randomUUID } from 'node:crypto';
import { memoryEventStore } from '#adapters/event-store-memory/event-store-memory.js';
import { memoryLog } from '#adapters/event-store-memory/memory-log.js';
import { type MemoryViews, memoryViewStore } from '#adapters/view-store-memory/view-store-memory.js';
import type { SubscribeOptions } from '#ports/event-store/event-store.js';
import { give, note, openVisit } from '#testing/give-visit.js';
import { openMemoryTemoin } from '#testing/open-memory-temoin.js';
import { visitsView } from '#testing/visit.js';
import type { ViewDefinition } from '#views/view.js';

const later = (name: string): ViewDefinition => ({ ...visitsView, schema: { ...visitsView.schema, name } });

/** A long log, and a view that has seen all of it. */
async function longLog(events: number) {
  const [log, views] = [memoryLog(), new Map() as MemoryViews];
  const first = await openMemoryTemoin({ eventStore: memoryEventStore(log), viewStore: memoryViewStore(views) });
  await give(first, 's0', openVisit());
  const [opened] = log.events;
  if (!opened) throw new Error('nothing was stored');
  for (let n = 1; n < events; n += 1) {
    const data = Buffer.from(Buffer.from(opened.data).toString('utf8').replace('"s0"', `"s${n}"`));
    const { type, metadata } = opened;
    await first.eventStore.append(`visit-s${n}`, 'no-stream', [{ eventId: randomUUID(), type, data, metadata }]);
  }
  const head = log.events.at(-1)?.position ?? '';
  expect(await first.waitFor('visits', head, 600_000)).toBe(true);
  await first.close();
  return { log, views, head };
}

describe('views that are followed together', () => {
  it('a new one reads what the others have seen by itself, holds up nobody, and then follows with them', async () => {
    const { log, views, head } = await longLog(2500);
    const inner = memoryEventStore(log);
    let held = true;
    let open = 0;
    const eventStore = {
      ...inner,
      async *subscribe(options?: SubscribeOptions) {
        open += 1;
        try {
          for await (const one of inner.subscribe(options)) {
            while (held && one.kind === 'event' && one.event.position <= head)
              await new Promise((resolve) => setTimeout(resolve, 2));
            yield one;
          }
        } finally {
          open -= 1;
        }
      },
    };
    const temoin = await openMemoryTemoin({
      eventStore,
      viewStore: memoryViewStore(views),
      views: [visitsView, later('new')],
    });
    // the new one is held at its first event: the other one lives
    const seen = await give(temoin, 's1', note('a'));
    expect(await temoin.waitFor('visits', seen, 600_000)).toBe(true);
    expect(await temoin.waitFor('new', seen, 50)).toBe(false);
    expect(open).toBe(2);
    held = false;
    expect(await temoin.waitFor('new', seen, 600_000)).toBe(true);
    for (let tries = 0; open > 1 && tries < 200; tries += 1) {
      const position = await give(temoin, 's2', note('b'));
      for (const name of ['visits', 'new']) expect(await temoin.waitFor(name, position, 600_000)).toBe(true);
    }
    expect(open).toBe(1);
    const count = (view: ViewDefinition) => temoin.viewStore.count(view.schema, { collection: 'visits' });
    expect([await count(visitsView), await count(later('new'))]).toEqual([2500, 2500]);
    expect((await temoin.rebuildAll()).flatMap(({ differences }) => differences)).toEqual([]);
    await temoin.close();
  });

  it('decode each event once and write once for all of them', async () => {
    const inner = memoryViewStore();
    const steps: number[] = [];
    let decoded = 0;
    const count = (view: ViewDefinition): ViewDefinition => ({
      ...view,
      changes: (event) => {
        seen.add(event);
        decoded += 1;
        return view.changes(event);
      },
    });
    const seen = new Set<object>();
    const temoin = await openMemoryTemoin({
      viewStore: {
        ...inner,
        applyAll: (given, fence) => {
          steps.push(given.length);
          return inner.applyAll(given, fence);
        },
      },
      views: [count(visitsView), count(later('second')), count(later('third'))],
    });
    const position = await give(temoin, 's1', openVisit());
    for (const name of ['visits', 'second', 'third']) expect(await temoin.waitFor(name, position, 600_000)).toBe(true);
    expect([seen.size, decoded, steps]).toEqual([1, 3, [3]]);
    await temoin.close();
  });
});
