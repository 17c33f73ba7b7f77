import { keyVaultContract } from '#ports/key-vault/key-vault.contract.js';
import { memoryCells, memoryKeyVault } from './key-vault-memory.js';

keyVaultContract({
  name: 'the key vault in memory',
  async place() {
    const cells = memoryCells();
    return { open: async () => memoryKeyVault(cells), remove: async () => undefined };
  },
});
