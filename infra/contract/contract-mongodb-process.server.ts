import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openMongoKeyVault } from '#adapters/key-vault-mongodb/key-vault-mongodb.js';
import { openMongoViewStore } from '#adapters/view-store-mongodb/view-store-mongodb.js';
import { candidate, cellId, hex, stateOf, subject, why } from '#ports/key-vault/contract-rig.js';
import type { KeyVault } from '#ports/key-vault/key-vault.js';
import { at, put, scanned, sessions } from '#ports/view-store/contract-rig.js';
import type { ViewStore } from '#ports/view-store/view-store.js';
import { type MongoKind, type MongoProcess, mongoProcess } from './mongo-process.js';

const STEPPERS = 8;
const KEEPERS = 16;
/** Longest that a call against a server that hangs may take, in milliseconds: its own time-out, and room for a slow machine. */
const GIVES_UP = 30_000;

/** A server that dies, hangs and comes back. TEMOIN_TEST_MONGODB_COMMAND runs one on $PORT with its data in $DATA. */
describe.each<MongoKind>(['standalone', 'replica set'])('views and keys on a MongoDB that fails, %s', (kind) => {
  let folder: string;
  let server: MongoProcess;
  let views: ViewStore;
  let keys: KeyVault;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'temoin-mongodb-'));
    server = await mongoProcess(process.env.TEMOIN_TEST_MONGODB_COMMAND ?? '', kind, folder);
    views = await openMongoViewStore({ connectionString: server.url, database: 'views' });
    keys = await openMongoKeyVault({ connectionString: server.url, database: 'keys' });
  }, 180_000);
  afterAll(async () => {
    await Promise.all([views?.close(), keys?.close()]);
    await server?.stop();
    if (folder) await rm(folder, { recursive: true, force: true });
  }, 60_000);

  /** Again and again, until it is known. @returns undefined where the writers stop meanwhile */
  async function persistently<T>(call: () => Promise<T>, stopping: () => boolean, onFault: () => void) {
    for (;;)
      try {
        return await call();
      } catch (error) {
        if ((error as { code?: unknown }).code !== 'unavailable') throw error;
        onFault();
        if (stopping()) return undefined;
        await sleep(100);
      }
  }

  it('loses no step and no key that was acknowledged when it is killed amid writers, three times', async () => {
    let failed = 0;
    let stopping = false;
    const insist = <T>(call: () => Promise<T>) =>
      persistently(
        call,
        () => stopping,
        () => {
          failed += 1;
        },
      );
    const steps = Array.from({ length: STEPPERS }, () => ({ view: sessions(), applied: 0, tried: 0 }));
    for (const { view } of steps) await views.prepare(view);
    const steppers = steps.map(async (one) => {
      while (!stopping) {
        const number = one.tried + 1;
        one.tried = number;
        const documents = {
          [`d${number}`]: { minutes: number },
          count: { minutes: number },
          [`d${number - 1}`]: number % 3 === 0 ? null : { minutes: -number },
        };
        // a step given again after its answer was lost says « already »: it is there
        if (await insist(() => put(views, one.view, number, documents))) one.applied = number;
      }
    });
    const given = new Map<string, string>();
    const destroyed = new Set<string>();
    const doubtful = new Set<string>();
    const who = subject();
    const keepers = Array.from({ length: KEEPERS }, async (_, keeper) => {
      for (let number = 0; !stopping; number += 1) {
        const cell = `${who}/session:${keeper}-${number}`;
        const records = await insist(() => keys.getOrCreate([candidate(cell)]));
        const record = records?.[0];
        if (record?.state === 'living') given.set(cell, hex(record.key.wrapped));
        if (number % 4 !== 3) continue;
        doubtful.add(cell);
        if (await insist(() => keys.destroy(cellId(cell), why()))) destroyed.add(cell);
      }
    });
    for (let kill = 0; kill < 3; kill += 1) {
      await sleep(1500);
      await server.kill();
      await sleep(300);
      await server.start();
    }
    await sleep(1500);
    stopping = true;
    await Promise.all([...steppers, ...keepers]);

    // another process, which has nothing in memory
    const seenViews = await openMongoViewStore({ connectionString: server.url, database: 'views' });
    const seenKeys = await openMongoKeyVault({ connectionString: server.url, database: 'keys' });
    try {
      for (const { view, applied, tried } of steps) {
        expect(applied).toBeGreaterThan(0);
        const checkpoint = (await seenViews.checkpoint(view)) ?? '';
        expect([at(applied), at(tried)]).toContain(checkpoint);
        const last = checkpoint === at(tried) ? tried : applied;
        // after a step on top of what was in flight when they stopped everything before that is there
        await put(seenViews, view, last + 1, { end: { minutes: 0 } });
        const ids = await scanned(seenViews, view);
        for (let number = 1; number < applied; number += 1)
          expect(ids.includes(`d${number}`)).toBe((number + 1) % 3 !== 0);
      }
      expect(given.size).toBeGreaterThan(KEEPERS);
      expect(destroyed.size).toBeGreaterThan(0);
      for (const [cell, key] of given) {
        const state = await stateOf(seenKeys, cell);
        if (destroyed.has(cell)) expect(state).toBe('destroyed');
        else if (doubtful.has(cell)) expect(['destroyed', key]).toContain(state);
        else expect(state).toBe(key);
      }
      expect(failed).toBeGreaterThan(0);
    } finally {
      await Promise.all([seenViews.close(), seenKeys.close()]);
    }
  }, 240_000);

  it('is given up while it hangs, within its own time, and goes on when it wakes up', async () => {
    const view = sessions();
    const cell = `${subject()}/identity`;
    await views.prepare(view);
    await put(views, view, 1, { a: { minutes: 1 } });
    const [before] = await keys.getOrCreate([candidate(cell)]);
    server.freeze();
    try {
      const started = Date.now();
      const outcomes = await Promise.allSettled([
        put(views, view, 2, { a: { minutes: 2 }, b: { minutes: 2 } }),
        views.get(view, 'sessions', 'a'),
        views.takeLease(`hang-${randomUUID()}`, { owner: 'me', forMs: 1000 }),
        keys.getOrCreate([candidate(`${cell}/below`)]),
        keys.lookup([cellId(cell)]),
      ]);
      for (const outcome of outcomes)
        expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'unavailable' } });
      expect(Date.now() - started).toBeLessThan(GIVES_UP);
    } finally {
      server.thaw();
    }
    await sleep(1000);
    await put(views, view, 2, { a: { minutes: 2 }, b: { minutes: 2 } });
    expect(await views.get(view, 'sessions', 'a')).toEqual({ minutes: 2 });
    expect(await views.checkpoint(view)).toBe(at(2));
    expect(await keys.getOrCreate([candidate(cell)])).toEqual([before]);
  }, 120_000);

  it('gives a lease that was held when it was killed to nobody else before its time', async () => {
    const name = `worker-${randomUUID()}`;
    const held = await views.takeLease(name, { owner: 'one', forMs: 60_000 });
    expect(held).toBeDefined();
    await server.kill();
    await server.start();
    const another = await openMongoViewStore({ connectionString: server.url, database: 'views' });
    try {
      expect(await another.takeLease(name, { owner: 'two', forMs: 1000 })).toBeUndefined();
      const again = await another.takeLease(name, { owner: 'one', forMs: 60_000 });
      expect(again?.token).toBe(held?.token);
    } finally {
      await another.close();
    }
  }, 120_000);

  it('goes on after an orderly stop and start', async () => {
    const view = sessions();
    await views.prepare(view);
    await put(views, view, 1, { a: { minutes: 1 } });
    await server.stop();
    await expect(put(views, view, 2, { a: { minutes: 2 } })).rejects.toMatchObject({ code: 'unavailable' });
    await server.start();
    await persistently(
      () => put(views, view, 2, { a: { minutes: 2 } }),
      () => false,
      () => undefined,
    );
    expect(await views.get(view, 'sessions', 'a')).toEqual({ minutes: 2 });
  }, 120_000);
});
