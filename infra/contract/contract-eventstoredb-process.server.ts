import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openEventStoreDb } from '#adapters/event-store-eventstoredb/event-store-eventstoredb.js';
import { all, eventsOf, ids, newEvent, newEvents, revisions, take } from '#ports/event-store/contract-rig.js';
import type { Appended, EventStore, ExpectedRevision, NewEvent } from '#ports/event-store/event-store.js';
import { freePort, type ServerProcess, serverProcess } from './server-process.js';

const WRITERS = 64;

/** A server that dies, hangs and comes back. TEMOIN_TEST_EVENTSTOREDB_COMMAND runs one on $PORT with its data in $DATA. */
describe('the event store on an EventStoreDB that fails', () => {
  let folder: string;
  let server: ServerProcess;
  let store: EventStore;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'temoin-eventstoredb-'));
    const port = await freePort();
    server = await serverProcess(process.env.TEMOIN_TEST_EVENTSTOREDB_COMMAND ?? '', port, folder, async () => {
      const probe = await openEventStoreDb({ connectionString: connectionTo(port), patience: 3000 });
      // Reachable is not enough: a node that is not leader yet takes no appends.
      await probe.append(`probe-${randomUUID()}`, 'no-stream', newEvents(1)).finally(() => probe.close());
      return true;
    });
    store = await openEventStoreDb({
      connectionString: connectionTo(port),
      patience: 2000,
      backOff: { first: 50, longest: 500 },
    });
  }, 180_000);
  afterAll(async () => {
    await store?.close();
    await server?.stop();
    if (folder) await rm(folder, { recursive: true, force: true });
  }, 60_000);

  it('loses nothing that was acknowledged, and stores nothing twice, when it is killed amid 64 writers, three times', async () => {
    const kind = `k${randomUUID().replaceAll('-', '')}`;
    const acknowledged = new Map<string, Appended>();
    const doubtful: string[] = [];
    let failed = 0;
    let stopping = false;
    const follower = new AbortController();
    const followed: string[] = [];
    const following = (async () => {
      for await (const delivery of store.subscribe({ streamPrefixes: [`${kind}-`], signal: follower.signal }))
        if (delivery.kind === 'event') followed.push(delivery.event.eventId);
    })();
    const writers = Array.from({ length: WRITERS }, async (_, writer) => {
      const stream = `${kind}-${writer}`;
      let expected: ExpectedRevision = 'no-stream';
      while (!stopping) {
        const event = newEvent(writer);
        for (;;)
          try {
            // The very same append again and again, until it is known what became of it.
            const appended: Appended = await store.append(stream, expected, [event]);
            acknowledged.set(event.eventId, appended);
            expected = appended.revision;
            break;
          } catch (error) {
            const { code } = error as { code?: string };
            if (code === 'unknown-outcome') doubtful.push(event.eventId);
            else if (code !== 'unavailable') throw error;
            failed += 1;
            if (stopping) return;
            await sleep(100);
          }
      }
    });
    for (let kill = 0; kill < 3; kill += 1) {
      await sleep(1500);
      await server.kill();
      await server.start();
    }
    await sleep(1000);
    stopping = true;
    await Promise.all(writers);
    const stored = await all(store.readAll({ streamPrefixes: [`${kind}-`] }));
    for (let patience = 100; followed.length < stored.length && patience > 0; patience -= 1) await sleep(100);
    follower.abort();
    await following;

    const places = new Map(stored.map((event) => [event.eventId, event]));
    expect(places.size).toBe(stored.length);
    for (const [id, { revision, position }] of acknowledged)
      expect([places.get(id)?.revision, places.get(id)?.position]).toEqual([revision, position]);
    expect(acknowledged.size).toBeGreaterThan(WRITERS);
    expect(failed).toBeGreaterThan(0);
    // Beyond what was acknowledged there is at most what was in doubt when the writers stopped.
    const beyond = stored.filter((event) => !acknowledged.has(event.eventId)).map((event) => event.eventId);
    expect(beyond.every((id) => doubtful.includes(id))).toBe(true);
    for (let writer = 0; writer < WRITERS; writer += 1) {
      const own = await all(store.readStream(`${kind}-${writer}`));
      expect(revisions(own)).toEqual(own.map((_, at) => at));
    }
    expect(followed).toEqual(ids(stored));
  }, 240_000);

  it('says unknown while it hangs, and knows the append again when it wakes up', async () => {
    const stream = `hang-${randomUUID()}`;
    await store.append(stream, 'no-stream', newEvents(1));
    const events: readonly NewEvent[] = newEvents(3);
    server.freeze();
    const started = Date.now();
    try {
      await expect(store.append(stream, 0, events)).rejects.toMatchObject({ code: 'unknown-outcome' });
      expect(Date.now() - started).toBeLessThan(6000);
      await expect(store.head()).rejects.toMatchObject({ code: 'unavailable' });
    } finally {
      server.thaw();
    }
    await sleep(1000);
    expect(await store.append(stream, 0, events)).toMatchObject({ revision: 3 });
    expect(ids(await all(store.readStream(stream, { from: 1 })))).toEqual(ids(events));
  }, 60_000);

  it('follows on through a hang, a kill and an orderly stop, without a gap or a duplicate', async () => {
    const kind = `f${randomUUID().replaceAll('-', '')}`;
    const written: string[] = [];
    let streams = 0;
    const write = async (count: number) => {
      for (let at = 0; at < count; at += 1) {
        const event = newEvent(at);
        streams += 1;
        written.push(event.eventId);
        for (;;)
          try {
            await store.append(`${kind}-${streams}`, 'no-stream', [event]);
            break;
          } catch {
            await sleep(100);
          }
      }
    };
    const following = take(store.subscribe({ streamPrefixes: [`${kind}-`] }), 200);
    await write(50);
    server.freeze();
    await sleep(1000);
    server.thaw();
    await write(50);
    await server.kill();
    await server.start();
    await write(50);
    await server.stop();
    await server.start();
    await write(50);
    expect(ids(eventsOf(await following))).toEqual(written);
  }, 240_000);

  it('knows a repeated append again after a restart', async () => {
    const stream = `again-${randomUUID()}`;
    const events = newEvents(2);
    const first = await store.append(stream, 'no-stream', events);
    await store.append(stream, 1, newEvents(1));
    await server.kill();
    await server.start();
    for (let tries = 0; ; tries += 1)
      try {
        expect(await store.append(stream, 'no-stream', events)).toEqual(first);
        break;
      } catch (error) {
        if (tries > 30 || !('code' in (error as object))) throw error;
        await sleep(200);
      }
    expect(await all(store.readStream(stream))).toHaveLength(3);
  }, 120_000);
});

const connectionTo = (port: number): string => `esdb://127.0.0.1:${port}?tls=false`;
