import type { ServerProcess } from '../../contract/server-process.js';
import { withTemporaryFolder } from '../../demo/service-process.js';
import { addressOf, eventStoreDbProcess } from '../server/eventstoredb-process.js';
import type { Home } from './home.js';

/**
 * Events on an EventStoreDB of their own, which is killed as well; a fresh one for each series, since a log belongs to one
 * installation. Keys and views are files.
 */
export const eventsOnEventStoreDb = (command: string): Home => ({
  inFiles: false,
  kept: (work) =>
    withTemporaryFolder('server', async (folder) => {
      let server: ServerProcess | undefined;
      await work(async (series) => {
        await server?.kill();
        server = await eventStoreDbProcess(command, `${folder}/server-${series}`);
        return { place: { eventStore: addressOf(server.port) }, server };
      }).finally(() => server?.kill());
    }),
});
