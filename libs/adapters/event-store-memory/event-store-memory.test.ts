import { eventStoreContract } from '#ports/event-store/event-store.contract.js';
import { memoryEventStore } from './event-store-memory.js';
import { memoryLog } from './memory-log.js';

eventStoreContract({
  name: 'the event store in memory',
  keepsEventsOnDisk: false,
  async place() {
    const log = memoryLog();
    return { open: async () => memoryEventStore(log), remove: async () => undefined };
  },
});
