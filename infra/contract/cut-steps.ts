import { isDeepStrictEqual } from 'node:util';
import { MongoClient } from 'mongodb';
import { type TestingDatabase, testingDatabase } from '#adapters/shared-mongodb/testing-database.js';
import { openMongoViewStore } from '#adapters/view-store-mongodb/view-store-mongodb.js';
import { at, scanned, sessions, write } from '#ports/view-store/contract-rig.js';
import type { Document, Step, ViewStore } from '#ports/view-store/view-store.js';
import { tcpProxy } from './tcp-proxy.js';

const LIMIT = 'transactionLifetimeLimitSeconds';

/** So many messages does a step take at most, on any server. */
const MOST_MESSAGES = 30;

/**
 * A process that dies in the middle of a step, as the server sees it: after the n-th thing it says there is silence. Whatever
 * n is, nothing is half there for ever: the step given again, whole or event by event, ends where it should.
 */
export function cutSteps(server: () => string): void {
  const view = sessions();
  const documents = { a: { status: 'a1' }, b: { status: 'b2', tags: ['x'] }, c: null, d: { minutes: 4 } };
  const before: Step = {
    writes: [write('a', { status: 'a0' }, 1), write('c', { status: 'c0' }, 2)],
    checkpoint: at(2),
  };
  const whole: Step = {
    writes: Object.entries(documents).map(([id, document], index) => write(id, document, 3 + index)),
    checkpoint: at(6),
  };
  const single = whole.writes.map((one): Step => ({ writes: [one], checkpoint: one.position }));

  async function stateOf(store: ViewStore) {
    const ids = await scanned(store, view);
    const found = await Promise.all(ids.map(async (id) => [id, await store.get(view, 'sessions', id)] as const));
    return { checkpoint: await store.checkpoint(view), documents: Object.fromEntries(found) };
  }
  const first = { a: { status: 'a0' }, c: { status: 'c0' } };
  const kept = Object.fromEntries(
    Object.entries(documents).filter((one): one is [string, Exclude<(typeof one)[1], null>] => one[1] !== null),
  ) as Record<string, Document>;

  /** @returns how the step ended, or `cut` */
  async function cutAfter(database: TestingDatabase, messages: number): Promise<string> {
    const url = new URL(database.connectionString);
    let left = Number.POSITIVE_INFINITY;
    const proxy = await tcpProxy(url.hostname, Number(url.port || 27017), (bytes) => {
      if (!isCommand(bytes)) return true;
      left -= 1;
      return left >= 0;
    });
    url.host = `127.0.0.1:${proxy.port}`;
    // One connection, one try: this process is to die, not to come back.
    for (const [name, value] of Object.entries({
      maxPoolSize: '1',
      retryWrites: 'false',
      retryReads: 'false',
      directConnection: 'true',
      serverSelectionTimeoutMS: '300',
      heartbeatFrequencyMS: '100000',
    }))
      url.searchParams.set(name, value);
    const dying = await openMongoViewStore({ connectionString: url.href, database: database.database });
    try {
      await dying.checkpoint(view);
      left = messages;
      const outcome = await dying.apply(view, whole).catch(() => 'cut');
      left = 0;
      return outcome;
    } finally {
      await proxy.shut();
      await dying.close();
    }
  }

  /**
   * The server keeps a transaction whose client has died, and whoever wants to write the same waits, until its own limit: a
   * minute, unless it is set. Here it is a second, so that the steps given again do not take minutes.
   */
  let lifetime: unknown;
  /** A server by itself has none. */
  let transactions = false;
  const limit = async (seconds: unknown): Promise<void> => {
    const client = await MongoClient.connect(server());
    try {
      const before = await client.db('admin').command({ getParameter: 1, [LIMIT]: 1 });
      if (seconds !== undefined) await client.db('admin').command({ setParameter: 1, [LIMIT]: seconds });
      lifetime = before[LIMIT];
      const { setName } = await client.db('admin').command({ isMaster: 1 });
      transactions = setName !== undefined;
    } finally {
      await client.close();
    }
  };
  beforeAll(() => limit(1));
  afterAll(() => limit(lifetime));

  it.each([
    ['the whole step', [whole]],
    ['one event at a time', single],
  ])(
    'leaves nothing behind that %s, given again, does not mend',
    async (_, again) => {
      let cuts = 0;
      let half = 0;
      for (let messages = 0; messages < MOST_MESSAGES; messages += 1) {
        const database = testingDatabase(server());
        const store = await openMongoViewStore(database);
        try {
          await store.prepare(view);
          await store.apply(view, before);
          const outcome = await cutAfter(database, messages);
          const halfway = await stateOf(store);
          // Documents that are there before their checkpoint: killed between the two writes.
          if (halfway.checkpoint === at(2) && !isDeepStrictEqual(halfway.documents, first)) half += 1;
          // Never a checkpoint ahead of its documents.
          if (halfway.checkpoint === at(6)) expect(halfway.documents).toEqual(kept);
          for (const step of again) await store.apply(view, step);
          expect(await stateOf(store)).toEqual({ checkpoint: at(6), documents: kept });
          // Events that were applied change nothing any more.
          for (const step of [before, ...single]) expect(await store.apply(view, step)).toBe('already');
          expect(await stateOf(store)).toEqual({ checkpoint: at(6), documents: kept });
          if (outcome === 'applied') break;
          cuts += 1;
        } finally {
          await store.close();
          await database.remove();
        }
      }
      expect(cuts).toBeGreaterThanOrEqual(3);
      expect(cuts).toBeLessThan(MOST_MESSAGES);
      // In a transaction they are one; without, a kill falls between them, and positions make it good.
      if (transactions) expect(half).toBe(0);
      else expect(half).toBeGreaterThan(0);
    },
    120_000,
  );
}

/** The driver's own heartbeats do not count. */
const isCommand = (bytes: Buffer): boolean =>
  !bytes.includes('isMaster') && !bytes.includes('ismaster') && !bytes.includes('hello');
