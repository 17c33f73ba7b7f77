import { stat } from 'node:fs/promises';
import { loadConfiguration } from '../../../apps/composition/configuration.js';
import { openInstallation } from '../../../apps/composition/installation.js';
import { withTemporaryFolder } from '../../demo/service-process.js';
import { seeded } from '../random.js';
import { damageOf, openDamaged, readWhole } from './damage.js';
import { populate } from './populate.js';

describe('an event store’s file cut short or with one bit turned over', () => {
  it('is never served as if it were the truth', () =>
    withTemporaryFolder('files', async (folder) => {
      const data = `${folder}/data`;
      await populate(data, 20_260_602);
      const { temoin, close } = await openInstallation(loadConfiguration({}, ['--data', data]), {
        lock: true,
        create: false,
      });
      const truth = await readWhole(temoin.eventStore);
      await close();
      const { size } = await stat(`${data}/events.sqlite`);
      const random = seeded(20_260_602);
      const found = [];
      for (const kind of ['truncated', 'flipped', 'flipped', 'flipped', 'flipped', 'flipped'] as const)
        found.push(await openDamaged(data, `${folder}/copy-${found.length}`, damageOf(random, kind, size), truth));
      expect(found[0]).toBe('refused');
      expect(found).not.toContain('served');
      expect(found.slice(1).some((one) => one === 'failed' || one === 'refused')).toBe(true);
    }));
});
