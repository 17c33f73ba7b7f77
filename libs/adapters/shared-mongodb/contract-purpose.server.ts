import { openMongoKeyVault } from '../key-vault-mongodb/key-vault-mongodb.js';
import { openMongoViewStore } from '../view-store-mongodb/view-store-mongodb.js';
import { testingDatabase } from './testing-database.js';

describe('views and keys on MongoDB', () => {
  it('never share a database, whichever comes first', async () => {
    const [views, keys] = [testingDatabase(), testingDatabase()];
    const [store, vault] = [await openMongoViewStore(views), await openMongoKeyVault(keys)];
    try {
      await expect(openMongoKeyVault(views)).rejects.toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining('database of their own'),
      });
      await expect(openMongoViewStore(keys)).rejects.toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining('database of their own'),
      });
    } finally {
      await Promise.all([store.close(), vault.close()]);
      await Promise.all([views.remove(), keys.remove()]);
    }
  });
});
