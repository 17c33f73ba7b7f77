import { rm } from 'node:fs/promises';
import { backupsIn } from '#application/backup/rotate-backups.js';
import { withTemporaryFolder } from '../../demo/service-process.js';
import { checkValues, finishErasures } from './check.js';
import { backupsOf, type Operation, open, type Place, perform } from './operations.js';
import { decideErasure, hire, type Person, register, settled } from './population.js';

/** What the crash ring looks with, looked at: it must see what comes back, and what is lost. */
describe('an old backup put back', () => {
  it('brings nothing back; without ledger nothing opens, as long as a certificate remembers; and the check would see it', () =>
    withTemporaryFolder('lost-ledger', async (folder) => {
      const place: Place = { folder, startsAt: '2026-06-02T09:00:00+02:00' };
      const done = (operation: Operation, from = '') => perform(operation, place, from, () => undefined);
      const look = async <T>(work: (installation: Awaited<ReturnType<typeof open>>) => Promise<T>): Promise<T> => {
        const installation = await open(place);
        return work(installation).finally(() => installation.close());
      };
      const people: Person[] = [];
      const installationId = await look(async ({ temoin, record }) => {
        await hire(temoin);
        people.push(await register(temoin, 1), await register(temoin, 2));
        await settled(temoin);
        return record.id;
      });
      const faults = () => look(async (one) => (await checkValues(one, people, new Set(), 'now')).faults);
      await done('backup');
      const [backup] = await backupsIn(backupsOf(place), installationId);
      await look(async ({ temoin }) => {
        await decideErasure(temoin, people[0] as Person);
        await settled(temoin);
      });
      await done('erase');
      expect((await faults()).length).toBeGreaterThan(0);
      for (const cell of people[0]?.texts.keys() ?? []) people[0]?.dead.add(cell);
      expect(await faults()).toEqual([]);

      await done('restore', backup?.folder);
      expect(await look(finishErasures)).toEqual([]);
      expect(await faults()).toEqual([]);

      await done('restore', backup?.folder);
      await rm(`${folder}/ledger`, { recursive: true });
      expect((await faults())[0]).toBe('now: the gate is shut, ledger-missing');

      await done('restore', backup?.folder);
      await rm(`${folder}/data/certificates`, { recursive: true });
      expect((await faults())[0]).toMatch(/is present, and must be erased/);
    }));
});
