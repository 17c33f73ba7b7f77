import { eventStoreContract } from '#ports/event-store/event-store.contract.js';
import { temporaryFolder } from '#sqlite/temporary-folder.js';
import { openSqliteEventStore } from './event-store-sqlite.js';

eventStoreContract({
  name: 'the event store on SQLite',
  async place() {
    const folder = await temporaryFolder();
    return { open: () => openSqliteEventStore({ file: folder.file('events.sqlite') }), remove: folder.remove };
  },
});
