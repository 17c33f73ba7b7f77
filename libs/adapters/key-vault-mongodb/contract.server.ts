import { keyVaultContract } from '#ports/key-vault/key-vault.contract.js';
import { testingDatabase } from '../shared-mongodb/testing-database.js';
import { openMongoKeyVault } from './key-vault-mongodb.js';

keyVaultContract({
  name: 'the key vault on MongoDB',
  async place() {
    const database = testingDatabase();
    return { open: () => openMongoKeyVault(database), remove: database.remove };
  },
});
