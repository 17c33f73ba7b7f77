import { openMongoKeyVault } from '#adapters/key-vault-mongodb/key-vault-mongodb.js';
import { type TestingDatabase, testingDatabase } from '#adapters/shared-mongodb/testing-database.js';
import { otherVaultCases } from '../../apps/composition/other-vault.fixture.js';

const made: TestingDatabase[] = [];
afterAll(() => Promise.all(made.map((database) => database.remove())));

otherVaultCases('a key vault on MongoDB', () => {
  const database = testingDatabase();
  made.push(database);
  return openMongoKeyVault(database);
});
