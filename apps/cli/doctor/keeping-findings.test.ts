import { mkdir } from 'node:fs/promises';
import { memoryKeyVault } from '#adapters/key-vault-memory/key-vault-memory.js';
import { cellId, why } from '#ports/key-vault/contract-rig.js';
import { temporaryFolder } from '#sqlite/temporary-folder.js';
import { openMemoryTemoin } from '#testing/open-memory-temoin.js';
import { createRootKeyFile } from '#vault/root-key-file.js';
import { loadConfiguration } from '../../composition/configuration.js';
import type { Stores } from '../../composition/stores.js';
import { keepingFindings } from './keeping-findings.js';

describe('what temoin doctor says of keeping an installation on servers', () => {
  it('sends nobody to commands that are of files, and says when the root key is to be rotated by hand', async () => {
    const folder = await temporaryFolder();
    const temoin = await openMemoryTemoin({ views: [] });
    try {
      await mkdir(folder.file('data'));
      const servers = { TEMOIN_EVENT_STORE: 'esdb://es.example', TEMOIN_KEY_VAULT: 'mongodb://db.example' };
      const config = loadConfiguration(servers, ['--data', folder.file('data')]);
      await createRootKeyFile(config.rootKey);
      const keyVault = memoryKeyVault();
      const stores: Stores = {
        keyVault,
        eventStore: temoin.eventStore,
        viewStore: temoin.viewStore,
        close: () => Promise.resolve(),
      };
      const found = () => keepingFindings({ config, clock: temoin.clock, stores });
      const before = await found();
      expect(before.map(({ what }) => what)).not.toContain('rehearsal');
      expect(JSON.stringify(before)).not.toMatch(/temoin backup|TEMOIN_BACKUP_DIR/);
      expect(before.find(({ what }) => what === 'backup')).toMatchObject({ state: 'note' });
      expect(before.map(({ what }) => what)).not.toContain('rotation');

      await keyVault.destroy(cellId('k3f/identity'), why());
      expect((await found()).find(({ what }) => what === 'rotation')).toMatchObject({
        state: 'note',
        advice: expect.stringContaining('temoin keys rotate'),
      });
    } finally {
      await temoin.close();
      await folder.remove();
    }
  });
});
