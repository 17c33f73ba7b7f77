import { at, put, sessions, write } from '#ports/view-store/contract-rig.js';
import { connectMongo } from '../shared-mongodb/connect.js';
import { type TestingDatabase, testingDatabase } from '../shared-mongodb/testing-database.js';
import { stepsOn } from './apply.js';
import { openLeases } from './leases.js';
import { numberOf } from './places.js';
import { openRegister, type Register } from './register.js';
import { openTurns } from './turns.js';
import { openMongoViewStore } from './view-store-mongodb.js';

/** Documents name members and sessions: none may stay where no view and no erasure looks. */
describe('collections on MongoDB that no view has', () => {
  let database: TestingDatabase;
  const connected = () => connectMongo(database, 'views', () => new Error('closed'));
  beforeEach(() => {
    database = testingDatabase();
  });
  afterEach(() => database.remove());

  async function left(): Promise<readonly string[]> {
    const { db, close } = await connected();
    try {
      const used = await db.collection('views').distinct('number');
      const names = (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
      return names.filter((name) => numberOf(name) !== undefined && !used.includes(numberOf(name)));
    } finally {
      await close();
    }
  }

  it('are gone after the next start, those of views stay', async () => {
    const view = sessions();
    const first = await openMongoViewStore(database);
    await first.prepare(view);
    await put(first, view, 1, { a: { minutes: 1 } });
    await first.close();
    // as a process leaves it that is killed between the swap and the drop
    const { db, close } = await connected();
    await db.collection<{ _id: string }>('v00000000aa_sessions').insertOne({ _id: 'm1' });
    await close();
    expect(await left()).toEqual(['v00000000aa_sessions']);

    const next = await openMongoViewStore(database);
    expect(await left()).toEqual([]);
    expect(await next.get(view, 'sessions', 'a')).toEqual({ minutes: 1 });
    await next.close();
  });

  it('are not left by a step without transactions that slept while its view was swapped away', async () => {
    const view = sessions();
    const store = await openMongoViewStore(database);
    await store.prepare(view);
    await put(store, view, 1, { a: { minutes: 1 } });
    const connection = await connected();
    const register = openRegister(connection.db);
    let slept = true;
    const sleeper: Register = {
      ...register,
      async require(one) {
        const entry = await register.require(one);
        if (!slept) {
          slept = true;
          const rebuilt = await store.beginRebuild(view);
          await put(store, rebuilt, 1, { a: { minutes: 1 } });
          await store.swap(view, rebuilt);
        }
        return entry;
      },
    };
    const steps = stepsOn(
      { ...connection, transactions: false },
      sleeper,
      openLeases(connection.db),
      openTurns(connection.db),
    );
    // a view that was never seen is asked for first
    await steps([{ view, step: { writes: [], checkpoint: at(1) } }], undefined);
    slept = false;
    const step = { writes: [write('a', { minutes: 2 }, 2)], checkpoint: at(2) };
    expect(await steps([{ view, step }], undefined)).toEqual(['already']);
    expect(await left()).toEqual([]);
    expect(await store.checkpoint(view)).toBe(at(1));
    expect(await steps([{ view, step }], undefined)).toEqual(['applied']);
    expect(await store.get(view, 'sessions', 'a')).toEqual({ minutes: 2 });
    await connection.close();
    await store.close();
  });
});
