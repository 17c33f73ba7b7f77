import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { bind } from '#application/bind.js';
import { rightsBinding } from '#application/facts/rights.js';
import { openTemoin } from '#application/temoin.js';
import { allViews } from '#views/all-views.js';
import { listDestructions } from '#views/destructions.js';
import { bindings } from '../../../apps/composition/bindings.js';
import { openRootKey } from '../../../apps/composition/root-key.js';
import { withTemporaryFolder } from '../../demo/service-process.js';
import { checkValues, finishErasures } from './check.js';
import { killIn } from './kill.js';
import { configurationOf, open, type Place } from './operations.js';
import { decideErasure, hire, type Person, register, settled } from './population.js';

/** Where each process dies that goes on with what the one before has left. */
const BLOWS = ['condemned', 'noted', 'destruction-recorded', 'read-back-recorded', 'certified'];

describe('kill -9 in an erasure of more cells than an event lists', () => {
  it('between its parts and in each of them: every part is certified in the end, and nothing else is gone [charter:4.3]', () =>
    withTemporaryFolder('parts', async (folder) => {
      const place: Place = { folder, startsAt: '2026-06-02T09:00:00+02:00' };
      const people: Person[] = [];
      const before = await open(place);
      try {
        await hire(before.temoin);
        people.push(await register(before.temoin, 1), await register(before.temoin, 2));
        await settled(before.temoin);
        // as the product decides, but with one line in an event instead of two thousand
        const small = await openTemoin({
          ...before.stores,
          clock: before.clock,
          rootKey: await openRootKey(configurationOf(place), false),
          bindings: [
            ...bindings.filter(({ category }) => category !== 'rights'),
            bind(rightsBinding(frenchCivilTime(), 1)),
          ],
          views: allViews,
          project: false,
        });
        await decideErasure({ ...before.temoin, execute: small.execute }, people[0] as Person);
        await small.close();
        await settled(before.temoin);
      } finally {
        await before.close();
      }
      const dying = new Set(people[0]?.texts.keys());
      for (const step of BLOWS) {
        const { died, fault } = await killIn('erase', place, '', { afterStep: step });
        expect({ step, died, fault }).toEqual({ step, died: true, fault: undefined });
        const installation = await open(place);
        const seen = await checkValues(installation, people, dying, `after ${step}`);
        await installation.close();
        expect(seen.faults).toEqual([]);
      }
      for (const cell of dying) people[0]?.dead.add(cell);
      const after = await open(place);
      try {
        expect(await finishErasures(after)).toEqual([]);
        expect((await checkValues(after, people, new Set(), 'finished')).faults).toEqual([]);
        const { items } = await listDestructions(after.temoin, { reference: 'case-m1' });
        expect(items.map(({ destructionId, complete }) => [destructionId, complete]).sort()).toEqual([
          ['erasure-case-m1', true],
          ['erasure.2-case-m1', true],
          ['erasure.3-case-m1', true],
        ]);
      } finally {
        await after.close();
      }
    }));
});
