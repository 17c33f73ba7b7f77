import { MongoClient } from 'mongodb';
import { testingDatabase } from '#adapters/shared-mongodb/testing-database.js';
import { openMongoViewStore } from '#adapters/view-store-mongodb/view-store-mongodb.js';
import { at, put, sessions, write } from '#ports/view-store/contract-rig.js';
import { tcpProxy } from './tcp-proxy.js';

/** A server lets a transaction that was left open live for a minute; nobody who takes over may have to wait for that. */
const SOON = 5000;
const LEASE_MS = 300;

describe('a turn that is taken over on MongoDB', () => {
  it('is not held up by a step that its former holder died in the middle of', async () => {
    const database = testingDatabase();
    const view = sessions();
    const lease = `worker-${view.name}`;
    const url = new URL(database.connectionString);
    let updates = 0;
    let openedIt = () => {};
    const opened = new Promise<void>((resolve) => {
      openedIt = resolve;
    });
    const proxy = await tcpProxy(url.hostname, Number(url.port || 27017), (bytes) => {
      if (!bytes.includes('startTransaction') && !bytes.includes('autocommit')) return true;
      updates += 1;
      // what opens the transaction passes, and then there is silence: a second statement says that the first was answered
      if (updates > 1) openedIt();
      return updates <= 1;
    });
    url.host = `127.0.0.1:${proxy.port}`;
    url.searchParams.delete('replicaSet');
    url.searchParams.set('directConnection', 'true');
    url.searchParams.set('serverSelectionTimeoutMS', '500');
    const next = await openMongoViewStore(database);
    try {
      await next.prepare(view);
      await put(next, view, 1, { a: { minutes: 1 } });
      const dying = await openMongoViewStore({ connectionString: url.href, database: database.database });
      const held = await dying.takeLease(lease, { owner: 'dying', forMs: LEASE_MS });
      const step = { writes: [write('a', { minutes: 2 }, 2)], checkpoint: at(2) };
      const dead = dying.apply(view, { ...step, fence: { lease, token: held?.token ?? 0 } }).catch(() => 'dead');
      // without transactions it is through
      await Promise.race([opened, dead]);
      await proxy.shut();
      await new Promise((resolve) => setTimeout(resolve, LEASE_MS));

      const started = Date.now();
      const taken = await next.takeLease(lease, { owner: 'next', forMs: 60_000 });
      expect(taken?.token).toBeGreaterThan(held?.token ?? 0);
      // without transactions the former holder's step went through
      const applied = await next.apply(view, { ...step, fence: { lease, token: taken?.token ?? 0 } });
      expect(['applied', 'already']).toContain(applied);
      expect(Date.now() - started).toBeLessThan(SOON);
      expect(await next.get(view, 'sessions', 'a')).toEqual({ minutes: 2 });
      await dead;
      await dying.close();
    } finally {
      await proxy.shut().catch(() => undefined);
      await next.close();
      await database.remove();
    }
  }, 60_000);

  it('leaves nothing of the former turn open on the server', async () => {
    const database = testingDatabase();
    const store = await openMongoViewStore(database);
    const client = new MongoClient(database.connectionString);
    try {
      const view = sessions();
      await store.prepare(view);
      for (const number of [1, 2, 3]) {
        const taken = await store.takeLease('worker', { owner: `o${number}`, forMs: 60_000, seize: true });
        const fence = { lease: 'worker', token: taken?.token ?? 0 };
        expect(await store.apply(view, { writes: [], checkpoint: at(number), fence })).toBe('applied');
        const noted = await client.db(database.database).collection('sessions').find().toArray();
        for (const one of noted) expect(one.token).toBe(fence.token);
      }
    } finally {
      await Promise.all([store.close(), client.close()]);
      await database.remove();
    }
  }, 60_000);
});
