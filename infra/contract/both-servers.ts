import { join } from 'node:path';
import { openEventStoreDb } from '#adapters/event-store-eventstoredb/event-store-eventstoredb.js';
import { type MongoKind, type MongoProcess, mongoProcess } from './mongo-process.js';
import { freePort, type ServerProcess, serverProcess } from './server-process.js';

/** An EventStoreDB for the events and a MongoDB for views and keys, both of this test alone. */
export interface BothServers {
  readonly events: ServerProcess;
  readonly mongo: MongoProcess;
  /** What tells a process of an installation where they are. */
  readonly settings: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export async function bothServers(folder: string, kind: MongoKind): Promise<BothServers> {
  const mongo = await mongoProcess(process.env.TEMOIN_TEST_MONGODB_COMMAND ?? '', kind, join(folder, 'mongo'));
  const esdb = (port: number) => `esdb://127.0.0.1:${port}?tls=false`;
  const command = process.env.TEMOIN_TEST_EVENTSTOREDB_COMMAND ?? '';
  const events = await serverProcess(command, await freePort(), join(folder, 'events'), async (port) => {
    const probe = await openEventStoreDb({ connectionString: esdb(port), patience: 3000 });
    await probe.head().finally(() => probe.close());
    return true;
  }).catch(async (error: unknown) => {
    await mongo.stop();
    throw error;
  });
  return {
    events,
    mongo,
    settings: {
      TEMOIN_EVENT_STORE: esdb(events.port),
      TEMOIN_VIEW_STORE: mongo.url.replace('/?', '/views?'),
      TEMOIN_KEY_VAULT: mongo.url.replace('/?', '/keys?'),
    },
    async stop() {
      await Promise.all([events.stop(), mongo.stop()]);
    },
  };
}
