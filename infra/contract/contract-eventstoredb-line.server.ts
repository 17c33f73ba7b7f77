import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Tidied, tidied } from '#adapters/event-store-eventstoredb/tidied.js';
import { all, category, eventsOf, ids, newEvent, newEvents, take } from '#ports/event-store/contract-rig.js';
import type { Delivery, EventStore } from '#ports/event-store/event-store.js';
import { type TcpProxy, tcpProxy } from './tcp-proxy.js';

/** A bad line to a good server: what the store says of an append whose answer did not come, and how subscriptions go on. */
describe('the event store on EventStoreDB over a bad line', () => {
  const patience = 1500;
  let proxy: TcpProxy;
  let store: EventStore;
  let direct: EventStore;
  let server: Tidied;

  beforeEach(async () => {
    const url = new URL(process.env.TEMOIN_TEST_EVENTSTOREDB_URL ?? '');
    proxy = await tcpProxy(url.hostname, Number(url.port || 2113));
    const through = new URL(url);
    through.host = `127.0.0.1:${proxy.port}`;
    const backOff = { first: 50, longest: 300 };
    server = tidied(url.href);
    store = await server.open({ connectionString: through.href, patience, backOff });
    direct = await server.open();
  });
  afterEach(async () => {
    await proxy.shut();
    await Promise.all([store.close(), direct.close()]);
    await server.tidy();
  });

  it('answers as stored what was stored while the answer was lost', async () => {
    const stream = `${category()}-1`;
    await store.append(stream, 'no-stream', newEvents(1));
    const events = newEvents(2);
    proxy.deafen();
    const appending = store.append(stream, 0, events);
    await sleep(400);
    proxy.mend();
    const { revision, position } = await appending;
    const stored = await all(direct.readStream(stream, { from: 1 }));
    expect(ids(stored)).toEqual(ids(events));
    expect([revision, position]).toEqual([stored.at(-1)?.revision, stored.at(-1)?.position]);
  });

  it('says unknown, within its own time, when nothing can be learnt', async () => {
    const stream = `${category()}-1`;
    await store.append(stream, 'no-stream', newEvents(1));
    proxy.freeze();
    const started = Date.now();
    await expect(store.append(stream, 0, newEvents(1))).rejects.toMatchObject({ code: 'unknown-outcome' });
    expect(Date.now() - started).toBeLessThan(patience * 3);
    proxy.mend();
  });

  it('lets the very same append be sent again after an unknown outcome: stored once', async () => {
    const stream = `${category()}-1`;
    await store.append(stream, 'no-stream', newEvents(1));
    const events = newEvents(2);
    proxy.freeze();
    await expect(store.append(stream, 0, events)).rejects.toMatchObject({ code: 'unknown-outcome' });
    proxy.mend();
    await sleep(300);
    expect(await store.append(stream, 0, events)).toMatchObject({ revision: 2 });
    expect(ids(await all(direct.readStream(stream, { from: 1 })))).toEqual(ids(events));
  });

  it('says unavailable, and nothing was stored, when no connection can be made', async () => {
    const stream = `${category()}-1`;
    await proxy.shut();
    await sleep(100);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 3 }, () => store.append(stream, 'no-stream', newEvents(1))),
    );
    for (const outcome of outcomes) expect(outcome).toMatchObject({ status: 'rejected' });
    await expect(store.append(stream, 'no-stream', newEvents(1))).rejects.toMatchObject({ code: 'unavailable' });
    expect(await all(direct.readStream(stream))).toEqual([]);
  });

  it('ends a read that hangs, as unavailable, within its own time', async () => {
    proxy.freeze();
    const started = Date.now();
    await expect(store.head()).rejects.toMatchObject({ code: 'unavailable' });
    expect(Date.now() - started).toBeLessThan(patience * 2);
  });

  it('goes on after a cut, with appends, reads and subscriptions, nothing lost and nothing twice', async () => {
    const kind = category();
    const taken: Delivery[] = [];
    const following = take(store.subscribe({ streamPrefixes: [kind] }), 60);
    const written: string[] = [];
    for (let at = 0; at < 60; at += 1) {
      if (at % 15 === 7) proxy.cut();
      const event = newEvent(at);
      written.push(event.eventId);
      for (let tries = 0; ; tries += 1)
        try {
          await store.append(`${kind}-${at}`, 'no-stream', [event]);
          break;
        } catch (error) {
          if (tries > 20) throw error;
          await sleep(50);
        }
    }
    taken.push(...(await following));
    expect(ids(eventsOf(taken))).toEqual(written);
    expect(ids(await all(direct.readAll({ streamPrefixes: [kind] })))).toEqual(written);
    expect(proxy.made()).toBeGreaterThan(3);
  });

  it('breaks nobody else’s appends when one store is closed or loses its line', async () => {
    const kind = category();
    const appends = Array.from({ length: 64 }, (_, at) => direct.append(`${kind}-${at}`, 'no-stream', newEvents(1)));
    const mine = store.append(`${kind}-mine`, 'no-stream', newEvents(1)).catch(() => undefined);
    proxy.cut();
    await Promise.all([mine, store.close()]);
    expect(await Promise.all(appends)).toHaveLength(64);
  });

  it('lives on when answers come too late for anybody', async () => {
    const stream = `${category()}-1`;
    proxy.freeze();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 16 }, () => store.append(`${stream}${randomUUID()}`, 'no-stream', newEvents(1))),
    );
    expect(outcomes.every((outcome) => outcome.status === 'rejected')).toBe(true);
    proxy.mend();
    await sleep(800);
    expect(await store.append(stream, 'no-stream', newEvents(1))).toMatchObject({ revision: 0 });
  });
});
