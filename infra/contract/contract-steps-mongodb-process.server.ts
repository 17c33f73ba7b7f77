import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { testingDatabase } from '#adapters/shared-mongodb/testing-database.js';
import { transact } from '#adapters/shared-mongodb/transaction.js';
import { cutSteps } from './cut-steps.js';
import { type MongoKind, type MongoProcess, mongoProcess } from './mongo-process.js';

/** On both kinds, whichever the server is that other suites are given. TEMOIN_TEST_MONGODB_COMMAND runs one on $PORT, data in $DATA. */
describe.each<MongoKind>(['standalone', 'replica set'])('a step of the view store on a %s', (kind) => {
  let folder: string;
  let server: MongoProcess;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'temoin-mongodb-'));
    server = await mongoProcess(process.env.TEMOIN_TEST_MONGODB_COMMAND ?? '', kind, folder);
  }, 180_000);
  cutSteps(() => server.url);

  // a server by itself has no transactions
  if (kind === 'replica set')
    it('is tried again where its transaction took longer than it is tried for and was in conflict at its end', async () => {
      const database = testingDatabase(server.url);
      const client = new MongoClient(database.connectionString);
      const counts = client.db(database.database).collection<{ _id: number; count: number }>('counts');
      const more = { $inc: { count: 1 } };
      try {
        await counts.insertOne({ _id: 1, count: 0 });
        let tries = 0;
        const work = async (session: Parameters<Parameters<typeof transact>[2]>[0]) => {
          tries += 1;
          await counts.findOne({ _id: 1 }, { session });
          if (tries === 1) {
            await counts.updateOne({ _id: 1 }, more);
            await sleep(5100);
          }
          await counts.updateOne({ _id: 1 }, more, { session });
          return tries;
        };
        expect(await transact(client, async () => undefined, work)).toBe(2);
        expect(await counts.findOne({ _id: 1 })).toEqual({ _id: 1, count: 2 });
      } finally {
        await client.close();
        await database.remove();
      }
    }, 60_000);

  // after its own end, which still speaks to the server
  afterAll(async () => {
    await server?.stop();
    if (folder) await rm(folder, { recursive: true, force: true });
  }, 60_000);
});
