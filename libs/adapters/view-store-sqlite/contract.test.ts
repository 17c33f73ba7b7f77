import { viewStoreContract } from '#ports/view-store/view-store.contract.js';
import { temporaryFolder } from '#sqlite/temporary-folder.js';
import { openSqliteViewStore } from './view-store-sqlite.js';

viewStoreContract({
  name: 'the view store on SQLite',
  async place() {
    const folder = await temporaryFolder();
    return { open: () => openSqliteViewStore({ file: folder.file('views.sqlite') }), remove: folder.remove };
  },
});
