import { testingDatabase } from '#adapters/shared-mongodb/testing-database.js';
import { openMongoViewStore } from '#adapters/view-store-mongodb/view-store-mongodb.js';
import { at, put, sessions } from '#ports/view-store/contract-rig.js';
import { tcpProxy } from './tcp-proxy.js';

/** More than a server gives out at once. */
const DOCUMENTS = 300;

describe('a view on MongoDB that is swapped away while its documents are given out', () => {
  it('is looked at again, and its reader told of no fault', async () => {
    const database = testingDatabase();
    const view = sessions();
    const url = new URL(database.connectionString);
    const swapper = await openMongoViewStore(database);
    const documents = Object.fromEntries(Array.from({ length: DOCUMENTS }, (_, n) => [`d${n}`, { minutes: n }]));
    let swapped: Promise<void> | undefined;
    const proxy = await tcpProxy(url.hostname, Number(url.port || 27017), (bytes) => {
      if (swapped || !bytes.includes('getMore')) return true;
      proxy.freeze();
      swapped = swap().finally(proxy.mend);
      return true;
    });
    async function swap(): Promise<void> {
      const rebuilt = await swapper.beginRebuild(view);
      await put(swapper, rebuilt, 1, documents);
      await swapper.swap(view, rebuilt);
    }
    url.host = `127.0.0.1:${proxy.port}`;
    url.searchParams.delete('replicaSet');
    url.searchParams.set('directConnection', 'true');
    const reader = await openMongoViewStore({ connectionString: url.href, database: database.database });
    try {
      await swapper.prepare(view);
      await put(swapper, view, 1, documents);
      const wanted = { view, collection: 'sessions', ids: Object.keys(documents) };
      const looked = await reader.look([view], [wanted]);
      expect(swapped).toBeDefined();
      await swapped;
      expect(looked.checkpoints).toEqual([at(1)]);
      expect(looked.documents[0]?.size).toBe(DOCUMENTS);
    } finally {
      await reader.close();
      await proxy.shut();
      await swapper.close();
      await database.remove();
    }
  }, 60_000);
});
