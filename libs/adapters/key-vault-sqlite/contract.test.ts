import { keyVaultContract } from '#ports/key-vault/key-vault.contract.js';
import { temporaryFolder } from '#sqlite/temporary-folder.js';
import { openSqliteKeyVault } from './key-vault-sqlite.js';

keyVaultContract({
  name: 'the key vault on SQLite',
  async place() {
    const folder = await temporaryFolder();
    return { open: () => openSqliteKeyVault({ file: folder.file('vault.sqlite') }), remove: folder.remove };
  },
});
