import { type TestingDatabase, testingDatabase } from '#adapters/shared-mongodb/testing-database.js';
import { addressOf, type MongoKind, mongoProcess } from '../../contract/mongo-process.js';
import { withTemporaryFolder } from '../../demo/service-process.js';
import type { Home, Placed } from './home.js';

/** Keys on a MongoDB of their own, which is killed as well: by itself, or as the only member of a replica set. */
const keysOnOwnMongo = (command: string, kind: MongoKind): Home => ({
  inFiles: false,
  kept: (work) =>
    withTemporaryFolder('server', async (folder) => {
      const server = await mongoProcess(command, kind, `${folder}/server`);
      const address = (database: string) => addressOf(server.port, kind).replace('/?', `/${database}?`);
      return work(async (series) => ({ server, place: { keyVault: address(`keys${series}`) } })).finally(() =>
        server.kill(),
      );
    }),
});

/** Keys on a MongoDB that others use too: in databases of their own, dropped at the end. */
const keysOnSharedMongo = (url: string): Home => ({
  inFiles: false,
  async kept(work) {
    const databases: TestingDatabase[] = [];
    const placeOf = async (): Promise<Placed> => {
      const database = testingDatabase(url);
      databases.push(database);
      const address = new URL(url);
      address.pathname = `/${database.database}`;
      return { place: { keyVault: address.href } };
    };
    await work(placeOf).finally(() => Promise.all(databases.map((one) => one.remove())));
  },
});

/** @returns nothing where the environment names no MongoDB */
export function keysOnMongo(env: NodeJS.ProcessEnv): readonly Home[] {
  const { TEMOIN_TEST_MONGODB_COMMAND: command, TEMOIN_TEST_MONGODB_URL: url } = env;
  if (command) return [keysOnOwnMongo(command, 'standalone'), keysOnOwnMongo(command, 'replica set')];
  return url ? [keysOnSharedMongo(url)] : [];
}
