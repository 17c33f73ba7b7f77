import { memoryEventStore } from '#adapters/event-store-memory/event-store-memory.js';
import { openSqliteEventStore } from '#adapters/event-store-sqlite/event-store-sqlite.js';
import { all, ids, newEvent, newEvents } from '#ports/event-store/contract-rig.js';
import { type EventStore, EventStoreError, type ExpectedRevision } from '#ports/event-store/event-store.js';
import { temporaryFolder } from '#sqlite/temporary-folder.js';
import { copyEvents } from './copy-events.js';

/** Streams that take turns, some events in one append. */
async function fill(store: EventStore, rounds: number): Promise<void> {
  const at = new Map<string, ExpectedRevision>();
  for (let round = 0; round < rounds; round += 1) {
    const stream = `member-${round % 3}`;
    const { revision } = await store.append(stream, at.get(stream) ?? 'no-stream', newEvents(1 + (round % 4)));
    at.set(stream, revision);
  }
}

/** The target as it looks to a copy that is cut after so many appends. */
const cutAfter = (store: EventStore, appends: number): EventStore => {
  let left = appends;
  return {
    ...store,
    async append(...given) {
      if (left === 0) throw new EventStoreError('unavailable', 'cut');
      left -= 1;
      return store.append(...given);
    },
  };
};

const content = async (store: EventStore) =>
  (await all(store.readAll())).map(({ position: _, ...event }) => ({
    ...event,
    data: Buffer.from(event.data).toString(),
  }));

describe('copying a log', () => {
  it('brings bytes, ids, types, revisions and the order, and says one digest for both', async () => {
    const [from, to] = [memoryEventStore(), memoryEventStore()];
    await fill(from, 40);
    const report = await copyEvents({ from, to });
    expect(await content(to)).toEqual(await content(from));
    expect(report).toMatchObject({ events: (await content(from)).length, copied: report.events });
    expect(report.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(await copyEvents({ from, to })).toEqual({ ...report, copied: 0 });
    expect((await copyEvents({ from: to, to: memoryEventStore() })).digest).toBe(report.digest);
  });

  it('copies nothing from an empty log', async () => {
    expect(await copyEvents({ from: memoryEventStore(), to: memoryEventStore() })).toMatchObject({
      events: 0,
      copied: 0,
    });
  });

  it('goes on where it was cut, wherever that was', async () => {
    const from = memoryEventStore();
    await fill(from, 12);
    const appends = 12;
    for (let cut = 0; cut < appends; cut += 1) {
      const to = memoryEventStore();
      await expect(copyEvents({ from, to: cutAfter(to, cut) })).rejects.toMatchObject({ code: 'unavailable' });
      await copyEvents({ from, to });
      expect(await content(to)).toEqual(await content(from));
    }
  });

  it('asks again when nobody knows whether an append was stored', async () => {
    const [from, to] = [memoryEventStore(), memoryEventStore()];
    await fill(from, 3);
    let doubtful = true;
    const answersLost: EventStore = {
      ...to,
      async append(...given) {
        const appended = await to.append(...given);
        doubtful = !doubtful;
        if (!doubtful) throw new EventStoreError('unknown-outcome', 'no answer');
        return appended;
      },
    };
    await copyEvents({ from, to: answersLost });
    expect(await content(to)).toEqual(await content(from));
  });

  it('refuses a target that holds anything else, and leaves it alone', async () => {
    const from = memoryEventStore();
    await fill(from, 5);
    const longer = memoryEventStore();
    await copyEvents({ from, to: longer });
    await longer.append('staff-1', 'no-stream', [newEvent()]);
    const other = memoryEventStore();
    await other.append('member-0', 'no-stream', [newEvent()]);
    for (const to of [longer, other]) {
      const before = ids(await all(to.readAll()));
      await expect(copyEvents({ from, to })).rejects.toMatchObject({ code: 'other-events' });
      expect(ids(await all(to.readAll()))).toEqual(before);
    }
  });

  it('finds one changed byte when it reads both again', async () => {
    const [from, to] = [memoryEventStore(), memoryEventStore()];
    await fill(from, 8);
    const spoiling: EventStore = {
      ...to,
      append: (stream, expected, events) =>
        to.append(stream, expected, stream === 'member-1' ? events.map((one) => ({ ...one, ...spoilt })) : events),
    };
    const spoilt = { data: new TextEncoder().encode('{"content":-1}') };
    await expect(copyEvents({ from, to: spoiling })).rejects.toMatchObject({ code: 'differs' });
  });

  it('takes along what is appended meanwhile', async () => {
    const [from, to] = [memoryEventStore(), memoryEventStore()];
    await fill(from, 6);
    let late = true;
    const report = await copyEvents({
      from,
      to,
      onProgress: () => {
        if (late) void from.append('late-1', 'no-stream', [newEvent('late')]);
        late = false;
      },
    });
    expect(await content(to)).toEqual(await content(from));
    expect(report.events).toBe((await content(from)).length);
  });

  it('goes from file to file', async () => {
    const folder = await temporaryFolder();
    const from = await openSqliteEventStore({ file: folder.file('from.sqlite') });
    const to = await openSqliteEventStore({ file: folder.file('to.sqlite') });
    try {
      await fill(from, 30);
      await copyEvents({ from, to });
      expect(await content(to)).toEqual(await content(from));
    } finally {
      await Promise.all([from.close(), to.close()]);
      await folder.remove();
    }
  });
});
