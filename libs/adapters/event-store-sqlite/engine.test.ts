import { randomUUID } from 'node:crypto';
import { DatabaseSync } from '@photostructure/sqlite';
import type { EventStore, NewEvent } from '#ports/event-store/event-store.js';
import { commitsIn } from '#sqlite/commits-in-log.js';
import { temporaryFolder } from '#sqlite/temporary-folder.js';
import { openSqliteEventStore } from './event-store-sqlite.js';

const event = (bytes = 100): NewEvent => ({
  eventId: randomUUID(),
  type: 'Happened',
  data: Buffer.from(JSON.stringify({ text: 'x'.repeat(bytes) })),
  metadata: Buffer.from('{}'),
});

async function ids(store: EventStore): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const one of store.readAll()) found.push(one.eventId);
  return found;
}

describe('the event store on SQLite', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let stores: EventStore[] = [];
  let file: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
    file = folder.file('events.sqlite');
  });
  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    stores = [];
    await folder.remove();
  });
  const opened = async (options: { readonly lockTimeout?: number; readonly maxPages?: number } = {}) => {
    const store = await openSqliteEventStore({ file, ...options });
    stores.push(store);
    return store;
  };

  it('lets appends that wait at the same time share commits, conflicts among them', async () => {
    const store = await opened();
    const before = await commitsIn(file);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 96 }, (_, index) => store.append(`shared-${index % 80}`, 'no-stream', [event()])),
    );
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(80);
    expect((await commitsIn(file)) - before).toBeLessThanOrEqual(8);
  });

  it('says where the end is without waiting for the appends that came with the question, and never leaves out one that was answered', async () => {
    const store = await opened();
    const written = store.append('asked-1', 'no-stream', [event()]);
    const order: string[] = [];
    const [end, { position }] = await Promise.all([
      store.head().finally(() => order.push('told')),
      written.finally(() => order.push('written')),
    ]);
    expect([end, order]).toEqual([undefined, ['told', 'written']]);
    expect(await store.head()).toBe(position);
    let ends = 0;
    for (let round = 0; round < 50; round += 1) {
      const others = Array.from({ length: 4 }, (_, index) =>
        store.append(`other-${round}-${index}`, 'no-stream', [event()]),
      );
      for (const one of others) {
        const answered = await one;
        expect(((await store.head()) ?? '') >= answered.position).toBe(true);
        ends += 1;
      }
    }
    expect(ends).toBe(200);
  });

  it('gives every append its own commit when they come one after the other', async () => {
    const store = await opened();
    const before = await commitsIn(file);
    for (let at = 0; at < 5; at += 1) await store.append(`single-${at}`, 'no-stream', [event()]);
    expect((await commitsIn(file)) - before).toBe(5);
  });

  it('knows where a stream is that it wrote itself, until somebody else writes to it or its own writing is undone', async () => {
    const [one, other] = [await opened({ maxPages: 60 }), await opened()];
    await one.append('known-1', 'no-stream', [event()]);
    await one.append('known-1', 0, [event(), event()]);
    await other.append('known-1', 2, [event()]);
    await expect(one.append('known-1', 2, [event()])).rejects.toMatchObject({
      code: 'wrong-expected-revision',
      actual: 3,
    });
    expect((await one.append('known-1', 3, [event()])).revision).toBe(4);
    const outcomes = await Promise.allSettled([
      one.append('known-1', 4, [event()]),
      one.append('known-2', 'no-stream', [event(400_000)]),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    await expect(one.append('known-1', 5, [event(400_000)])).rejects.toMatchObject({ code: 'unavailable' });
    const last = await one.append('known-1', 5, [event()]);
    expect(last).toEqual({ revision: 6, position: await other.head() });
    expect((await other.append('known-2', 'no-stream', [event()])).revision).toBe(0);
    expect((await one.append('known-1', 6, [event()])).revision).toBe(7);
    expect(await ids(one)).toEqual(await ids(other));
    expect(await ids(one)).toHaveLength(9);
  });

  it('answers unavailable when another process keeps the file locked, stores nothing, and works again afterwards', async () => {
    const store = await opened({ lockTimeout: 100 });
    const first = event();
    await store.append('lock-1', 'no-stream', [first]);
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    await expect(store.append('lock-1', 0, [event()])).rejects.toMatchObject({ code: 'unavailable' });
    expect(await ids(store)).toEqual([first.eventId]);
    other.exec('ROLLBACK');
    other.close();
    const second = event();
    expect((await store.append('lock-1', 0, [second])).revision).toBe(1);
    expect(await ids(store)).toEqual([first.eventId, second.eventId]);
  });

  it('answers unavailable when there is no more room, with nothing half stored, while smaller appends go on', async () => {
    const store = await opened({ maxPages: 60 });
    const kept = event();
    await store.append('full-1', 'no-stream', [kept]);
    const outcomes = await Promise.allSettled([
      store.append('full-2', 'no-stream', [event(), event(400_000)]),
      store.append('full-3', 'no-stream', [event()]),
    ]);
    expect(outcomes[0]).toMatchObject({
      status: 'rejected',
      reason: { code: 'unavailable', message: expect.stringContaining('full') },
    });
    expect(outcomes[1]?.status).toBe('fulfilled');
    expect(await ids(store)).toHaveLength(2);
    expect((await store.append('full-2', 'no-stream', [event()])).revision).toBe(0);
  });

  it('refuses a folder that does not exist, and a file of another kind, with a sentence', async () => {
    await expect(openSqliteEventStore({ file: folder.file('none/events.sqlite') })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('check the folder'),
    });
    const other = new DatabaseSync(file);
    other.exec('CREATE TABLE other (x)');
    other.close();
    await expect(openSqliteEventStore({ file })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('no event store'),
    });
  });

  it('holds every hand to the log: rows are neither changed nor removed', async () => {
    const store = await opened();
    await store.append('kept-1', 'no-stream', [event()]);
    const hand = new DatabaseSync(file);
    for (const sql of ["UPDATE event SET data = x'00'", 'DELETE FROM event'])
      expect(() => hand.exec(sql)).toThrow(/never/);
    hand.close();
  });

  it('keeps following while the file is locked for a while', async () => {
    const store = await opened({ lockTimeout: 50 });
    const seen: string[] = [];
    const following = (async () => {
      for await (const delivery of store.subscribe())
        if (delivery.kind === 'event' && seen.push(delivery.event.eventId) === 2) return;
    })();
    await store.append('wait-1', 'no-stream', [event()]);
    const other = new DatabaseSync(file);
    other.exec('BEGIN EXCLUSIVE');
    await expect(store.append('wait-1', 0, [event()])).rejects.toMatchObject({ code: 'unavailable' });
    other.exec('COMMIT');
    other.close();
    await store.append('wait-1', 0, [event()]);
    await following;
    expect(seen).toEqual(await ids(store));
  });
});
