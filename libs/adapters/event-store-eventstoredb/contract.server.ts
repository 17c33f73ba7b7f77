import { eventStoreContract } from '#ports/event-store/event-store.contract.js';
import { openEventStoreDb } from './event-store-eventstoredb.js';
import { serverUrl } from './server-url.js';

eventStoreContract({
  name: 'the event store on EventStoreDB',
  startsEmpty: false,
  async place() {
    return { open: () => openEventStoreDb({ connectionString: serverUrl() }), remove: async () => {} };
  },
});
