import { serverUrl } from '#adapters/event-store-eventstoredb/server-url.js';
import { temporaryFolder } from '#sqlite/temporary-folder.js';
import { loadConfiguration } from '../../apps/composition/configuration.js';
import { openStores } from '../../apps/composition/stores.js';

describe('EventStoreDB chosen by configuration alone', () => {
  it('is the event store, with views and keys in files beside it', async () => {
    const folder = await temporaryFolder();
    const config = loadConfiguration({ TEMOIN_EVENT_STORE: serverUrl() }, ['--data', folder.path]);
    const stores = await openStores(config);
    try {
      await stores.eventStore.head();
      expect(config.eventStore.engine).toBe('eventstoredb');
    } finally {
      await stores.close();
      await folder.remove();
    }
  });

  it('is refused as a view store or a key vault', () => {
    for (const name of ['TEMOIN_VIEW_STORE', 'TEMOIN_KEY_VAULT'])
      expect(() => loadConfiguration({ [name]: serverUrl() }, [])).toThrow(
        expect.objectContaining({ code: 'bad-setting', message: expect.stringContaining(name) }),
      );
  });
});
