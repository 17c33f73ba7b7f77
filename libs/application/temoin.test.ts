import { randomUUID } from 'node:crypto';
import { memoryEventStore } from '#adapters/event-store-memory/event-store-memory.js';
import { memoryKeyVault } from '#adapters/key-vault-memory/key-vault-memory.js';
import { openMemoryTemoin } from '#testing/open-memory-temoin.js';
import { visit, visitsView } from '#testing/visit.js';
import { RootKeyError } from '#vault/root-key.js';
import { bind } from './bind.js';

describe('the composed application', () => {
  it('is ready when stores answer and views are caught up', async () => {
    const temoin = await openMemoryTemoin();
    const command = { type: 'OpenVisit', memberId: 'm1', name: 'Ada', problem: 'x' };
    const given = { commandId: randomUUID(), actor: 'a', actorRoles: [], stream: 'visit-s1', command };
    const outcome = await temoin.execute(given);
    const position = (outcome.outcome === 'accepted' && outcome.receipt.position) || '';
    await temoin.waitFor('visits', position, 600_000);
    expect(await temoin.ready()).toEqual({
      ready: true,
      head: position,
      faults: [],
      lag: 'measured',
      views: [
        { view: 'visits', applied: position, head: position, caughtUp: true, behindMs: 0, parked: 0, running: true },
      ],
    });
    await temoin.close();
  });

  it('names what does not answer', async () => {
    const [eventStore, keyVault] = [memoryEventStore(), memoryKeyVault()];
    const temoin = await openMemoryTemoin({ eventStore, keyVault });
    await Promise.all([eventStore.close(), keyVault.close()]);
    const { ready, faults } = await temoin.ready();
    expect(ready).toBe(false);
    expect([...faults].sort()).toEqual(['event-store', 'key-vault']);
    await temoin.close();
  });

  it('does not open without its root key', async () => {
    const rootKey = { load: () => Promise.reject(new RootKeyError('root-key-missing', 'absent')) };
    await expect(openMemoryTemoin({ rootKey })).rejects.toMatchObject({ code: 'root-key-missing' });
  });

  it('takes one aggregate for a category and one view for a name', async () => {
    await expect(openMemoryTemoin({ bindings: [bind(visit), bind(visit)] })).rejects.toThrow(/one category/);
    await expect(openMemoryTemoin({ views: [visitsView, visitsView] })).rejects.toThrow(/same name/);
  });

  it('closes twice without harm, and leaves the stores to who opened them', async () => {
    const temoin = await openMemoryTemoin();
    await Promise.all([temoin.close(), temoin.close()]);
    expect(await temoin.eventStore.head()).toBeUndefined();
  });
});
