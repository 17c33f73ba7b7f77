import { type TestingDatabase, testingDatabase } from '#adapters/shared-mongodb/testing-database.js';
import { addressOf, type MongoKind, mongoProcess } from '../../contract/mongo-process.js';
import type { ServerProcess } from '../../contract/server-process.js';
import { withTemporaryFolder } from '../../demo/service-process.js';
import type { Place } from './operations.js';

/** Where the keys of a series are; its events and views are files in any case. */
export interface Keys {
  readonly inFiles: boolean;
  /** Has them there for as long as the work takes. */
  readonly kept: (work: (where: Kept) => Promise<void>) => Promise<void>;
}

export interface Kept {
  /** A place of its own for each series. */
  readonly placeOf: (series: number) => Promise<Pick<Place, 'keyVault'>>;
  /** Absent where it is not ours to kill. */
  readonly server?: ServerProcess;
}

export const keysInFiles: Keys = { inFiles: true, kept: (work) => work({ placeOf: async () => ({}) }) };

/** On a MongoDB of their own, which is killed as well: by itself, or as the only member of a replica set. */
const keysOnOwnMongo = (command: string, kind: MongoKind): Keys => ({
  inFiles: false,
  kept: (work) =>
    withTemporaryFolder('server', async (folder) => {
      const server = await mongoProcess(command, kind, `${folder}/server`);
      const address = (database: string) => addressOf(server.port, kind).replace('/?', `/${database}?`);
      return work({ server, placeOf: async (series) => ({ keyVault: address(`keys${series}`) }) }).finally(() =>
        server.kill(),
      );
    }),
});

/** On a MongoDB that others use too: in databases of their own, dropped at the end. */
const keysOnSharedMongo = (url: string): Keys => ({
  inFiles: false,
  async kept(work) {
    const databases: TestingDatabase[] = [];
    const placeOf = async () => {
      const database = testingDatabase(url);
      databases.push(database);
      const address = new URL(url);
      address.pathname = `/${database.database}`;
      return { keyVault: address.href };
    };
    await work({ placeOf }).finally(() => Promise.all(databases.map((one) => one.remove())));
  },
});

/** @returns nothing where the environment names no MongoDB */
export function keysOnMongo(env: NodeJS.ProcessEnv): readonly Keys[] {
  const { TEMOIN_TEST_MONGODB_COMMAND: command, TEMOIN_TEST_MONGODB_URL: url } = env;
  if (command) return [keysOnOwnMongo(command, 'standalone'), keysOnOwnMongo(command, 'replica set')];
  return url ? [keysOnSharedMongo(url)] : [];
}
