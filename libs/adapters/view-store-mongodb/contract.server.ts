import { viewStoreContract } from '#ports/view-store/view-store.contract.js';
import { testingDatabase } from '../shared-mongodb/testing-database.js';
import { openMongoViewStore } from './view-store-mongodb.js';

viewStoreContract({
  name: 'the view store on MongoDB',
  async place() {
    const database = testingDatabase();
    return { open: () => openMongoViewStore(database), remove: database.remove };
  },
});
