import { viewStoreContract } from '#ports/view-store/view-store.contract.js';
import { type MemoryViews, memoryViewStore } from './view-store-memory.js';

viewStoreContract({
  name: 'the view store in memory',
  async place() {
    const views: MemoryViews = new Map();
    return { open: async () => memoryViewStore(views), remove: async () => undefined };
  },
});
