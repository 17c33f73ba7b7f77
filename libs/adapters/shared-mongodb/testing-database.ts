import { randomBytes } from 'node:crypto';
import { MongoClient } from 'mongodb';
import type { MongoPlace } from './connect.js';

export interface TestingDatabase extends MongoPlace {
  remove(): Promise<void>;
}

/** The MongoDB that tests may use; its suites run only where there is one. */
export function serverUrl(): string {
  const url = process.env.TEMOIN_TEST_MONGODB_URL;
  if (!url) throw new Error('TEMOIN_TEST_MONGODB_URL is not set: these tests are run by npm run contract');
  return url;
}

/** A database that nobody else uses, dropped at the end. */
export function testingDatabase(connectionString: string = serverUrl()): TestingDatabase {
  const database = `temoin_test_${randomBytes(6).toString('hex')}`;
  return {
    connectionString,
    database,
    async remove() {
      const client = new MongoClient(connectionString);
      try {
        await client.db(database).dropDatabase();
      } finally {
        await client.close();
      }
    },
  };
}
