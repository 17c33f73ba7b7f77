import { setTimeout as sleep } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { testingDatabase } from './testing-database.js';
import { transact } from './transaction.js';

describe('a transaction on MongoDB', () => {
  it('that took longer than it is tried for and was in conflict at its end is tried again', async () => {
    const database = testingDatabase();
    const client = new MongoClient(database.connectionString);
    const counts = client.db(database.database).collection<{ _id: number; count: number }>('counts');
    const more = { $inc: { count: 1 } };
    try {
      const { setName } = await client.db('admin').command({ isMaster: 1 });
      // a server by itself has no transactions
      if (setName === undefined) return;
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
});
