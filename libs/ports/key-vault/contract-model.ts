import fc from 'fast-check';
import { cellAndAncestors } from '#kernel/sealed.js';
import { candidate, cellId, hex, type KeyVaultRig, subject, why } from './contract-rig.js';

const NAMES = ['', '/identity', '/session:1', '/session:1/a.text', '/session:1/b.text', '/session:10'];

/** Any sequence of creations, destructions and re-wrappings, from two instances. */
export function modelCases(rig: KeyVaultRig): void {
  describe('any sequence', () => {
    it('never gives a key once a cell or one above it was destroyed, and never another key before', async () => {
      const place = await rig.place();
      const vaults = [await place.open(), await place.open()];
      const step = fc.record({
        act: fc.constantFrom('create', 'create', 'create', 'destroy', 'rewrap', 'look'),
        name: fc.constantFrom(...NAMES),
        second: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
          const who = subject();
          const keys = new Map<string, { readonly hex: string; readonly epoch: number }>();
          const dead = new Set<string>();
          const isDead = (cell: string) => cellAndAncestors(cellId(cell)).some((one) => dead.has(one));
          for (const { act, name, second } of steps) {
            const vault = vaults[second ? 1 : 0];
            const cell = `${who}${name}`;
            const key = keys.get(cell);
            if (act === 'create') {
              const made = candidate(cell, 1);
              const [record] = (await vault?.getOrCreate([made])) ?? [];
              if (!isDead(cell) && !key) keys.set(cell, { hex: hex(made.wrapped), epoch: 1 });
              expect(record?.state).toBe(isDead(cell) ? 'destroyed' : 'living');
            } else if (act === 'destroy') {
              await vault?.destroy(cellId(cell), why());
              dead.add(cell);
            } else if (act === 'rewrap') {
              const made = candidate(cell, (key?.epoch ?? 1) + 1);
              const replaced = await vault?.rewrap([{ cell: made.cell, fromEpoch: key?.epoch ?? 1, key: made }]);
              expect(replaced).toBe(key && !isDead(cell) ? 1 : 0);
              if (key && !isDead(cell)) keys.set(cell, { hex: hex(made.wrapped), epoch: made.epoch });
            }
            const records = (await vault?.lookup(NAMES.map((one) => cellId(`${who}${one}`)))) ?? [];
            expect(
              records.map((record) => (record?.state === 'living' ? hex(record.key.wrapped) : record?.state)),
            ).toEqual(NAMES.map((one) => (isDead(`${who}${one}`) ? 'destroyed' : keys.get(`${who}${one}`)?.hex)));
          }
        }),
        { numRuns: rig.contract.runs ?? 40 },
      );
    });
  });
}
