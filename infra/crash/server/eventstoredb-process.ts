import { openEventStoreDb } from '#adapters/event-store-eventstoredb/event-store-eventstoredb.js';
import { freePort, type ServerProcess, serverProcess } from '../../contract/server-process.js';

export const addressOf = (port: number): string => `esdb://127.0.0.1:${port}?tls=false`;

/**
 * An EventStoreDB of the runs' own, on a free port.
 * @param command runs it in the foreground on $PORT with its data in $DATA (`exec …`)
 * @param folder of its data: nothing in it is an empty server
 */
export const eventStoreDbProcess = async (command: string, folder: string): Promise<ServerProcess> =>
  serverProcess(command, await freePort(), folder, answers);

async function answers(port: number): Promise<boolean> {
  const store = await openEventStoreDb({ connectionString: addressOf(port), patience: 3000 });
  try {
    await store.head();
    return true;
  } finally {
    await store.close();
  }
}
