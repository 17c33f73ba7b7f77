import { memoryKeyVault } from '#adapters/key-vault-memory/key-vault-memory.js';
import { openSqliteKeyVault } from '#adapters/key-vault-sqlite/key-vault-sqlite.js';
import { temporaryFolder } from '#sqlite/temporary-folder.js';
import { otherVaultCases } from './other-vault.fixture.js';

otherVaultCases('a key vault in memory', async () => memoryKeyVault());

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let opened = 0;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

otherVaultCases('a key vault on SQLite', () => {
  opened += 1;
  return openSqliteKeyVault({ file: folder.file(`vault-${opened}.sqlite`) });
});
