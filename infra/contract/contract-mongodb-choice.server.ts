import { openMongoKeyVault } from '#adapters/key-vault-mongodb/key-vault-mongodb.js';
import { type TestingDatabase, testingDatabase } from '#adapters/shared-mongodb/testing-database.js';
import { temporaryFolder } from '#sqlite/temporary-folder.js';
import { loadConfiguration } from '../../apps/composition/configuration.js';
import { openInstallation } from '../../apps/composition/installation.js';
import { openRootKey } from '../../apps/composition/root-key.js';
import { openStores } from '../../apps/composition/stores.js';
import { hire } from '../crash/erasure/population.js';

/** The same server with that database in its address. */
function addressOf({ connectionString, database }: { connectionString: string; database: string }): string {
  const [, front = '', options = ''] = /^(\w[\w+]*:\/\/[^/?]+)(?:\/[^?]*)?(\?.*)?$/.exec(connectionString) ?? [];
  const source =
    /[?&]authSource=/.test(options) || !front.includes('@') ? '' : `${options ? '&' : '?'}authSource=admin`;
  return `${front}/${database}${options}${source}`;
}

describe('MongoDB chosen by configuration alone', () => {
  let views: TestingDatabase;
  let keys: TestingDatabase;
  beforeAll(() => {
    views = testingDatabase();
    keys = testingDatabase();
  });
  afterAll(() => Promise.all([views?.remove(), keys?.remove()]));
  const configured = (data: string, viewStore: string, keyVault: string) =>
    loadConfiguration({ TEMOIN_VIEW_STORE: viewStore, TEMOIN_KEY_VAULT: keyVault }, ['--data', data]);

  it('keeps views and keys, each in a database of its own; a new vault gets a root key, one with keys none', async () => {
    const folder = await temporaryFolder();
    try {
      const config = configured(folder.path, addressOf(views), addressOf(keys));
      await openRootKey(config, true);
      const stores = await openStores(config);
      await stores.keyVault.getOrCreate([{ cell: 'k3f/identity' as never, epoch: 1, wrapped: new Uint8Array([1]) }]);
      await stores.close();
      const other = configured(folder.file('other'), addressOf(views), addressOf(keys));
      await expect(openRootKey(other, true)).rejects.toMatchObject({ code: 'root-key' });
    } finally {
      await folder.remove();
    }
  });

  it('refuses an empty database of keys beside a log that holds sealed values, and writes nothing there', async () => {
    const folder = await temporaryFolder();
    const [right, wrong] = [testingDatabase(), testingDatabase()];
    const on = (database: TestingDatabase) =>
      openInstallation(loadConfiguration({ TEMOIN_KEY_VAULT: addressOf(database) }, ['--data', folder.path]), {
        lock: true,
      });
    try {
      const begun = await on(right);
      await hire(begun.temoin);
      await begun.close();
      for (let tried = 0; tried < 2; tried += 1) await expect(on(wrong)).rejects.toMatchObject({ code: 'keys-lost' });
      const vault = await openMongoKeyVault(wrong);
      expect(await vault.livingBefore(99, 1)).toEqual([]);
      for await (const tombstone of vault.tombstones()) expect(tombstone).toBeUndefined();
      await vault.close();
      await (await on(right)).close();
    } finally {
      await Promise.all([right.remove(), wrong.remove(), folder.remove()]);
    }
  });

  it('refuses keys among the views, also where two addresses hide that they are one place', async () => {
    const folder = await temporaryFolder();
    try {
      const same = addressOf(views);
      expect(() => configured(folder.path, same, same)).toThrow(expect.objectContaining({ code: 'bad-setting' }));
      const hidden = same.includes('127.0.0.1')
        ? same.replace('127.0.0.1', 'localhost')
        : same.replace('localhost', '127.0.0.1');
      const fault = openStores(configured(folder.path, same, hidden));
      await expect(fault).rejects.toMatchObject({ code: 'store', message: expect.stringContaining('of their own') });
    } finally {
      await folder.remove();
    }
  });
});
