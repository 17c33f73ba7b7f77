import { candidate, cellId, hex, type KeyVaultRig, stateOf, subject, why } from './contract-rig.js';

/** Rotation as the vault sees it: an epoch ends for all processes at once, and living keys are wrapped again. */
export function epochCases(rig: KeyVaultRig): void {
  describe('epochs', () => {
    it('re-wraps living cells epoch by epoch, and leaves alone what changed meanwhile', async () => {
      const vault = await (await rig.place()).open();
      const who = subject();
      const keys = Array.from({ length: 25 }, (_, index) =>
        candidate(`${who}/session:${String(index).padStart(2, '0')}`, 1),
      );
      await vault.getOrCreate([...keys, candidate(`${who}/identity`, 2)]);
      await vault.destroy(cellId(`${who}/session:03`), why());
      let rewrapped = 0;
      for (let after = undefined as (typeof keys)[0]['cell'] | undefined; ; ) {
        const page = await vault.livingBefore(2, 10, after);
        expect(page.map((key) => key.cell)).toEqual(page.map((key) => key.cell).sort());
        rewrapped += await vault.rewrap(
          page.map((key) => ({ cell: key.cell, fromEpoch: 1, key: candidate(key.cell, 2) })),
        );
        after = page.at(-1)?.cell;
        if (page.length < 10) break;
      }
      expect(rewrapped).toBe(24);
      expect(await vault.livingBefore(2, 10)).toEqual([]);
      const dead = cellId(`${who}/session:03`);
      const living = cellId(`${who}/session:04`);
      const before = await stateOf(vault, living);
      expect(
        await vault.rewrap(
          [dead, living, cellId(`${who}/none`)].map((cell) => ({ cell, fromEpoch: 1, key: candidate(cell, 3) })),
        ),
      ).toBe(0);
      expect([await stateOf(vault, dead), await stateOf(vault, living)]).toEqual(['destroyed', before]);
    });

    it('takes no key of an epoch that is over, from any instance, and gives those that are there', async () => {
      const place = await rig.place();
      const [vault, other] = [await place.open(), await place.open()];
      const who = subject();
      const there = candidate(`${who}/identity`, 1);
      await vault.getOrCreate([there]);
      await vault.raiseEpoch(2);
      await vault.raiseEpoch(1);
      const stale = { code: 'stale-epoch' };
      await expect(other.getOrCreate([candidate(`${who}/session:1`, 1)])).rejects.toMatchObject(stale);
      await expect(
        other.getOrCreate([there, candidate(`${who}/session:2`, 2), candidate(`${who}/session:1`, 1)]),
      ).rejects.toMatchObject(stale);
      expect((await other.lookup([cellId(`${who}/session:1`)]))[0]).toBeUndefined();
      expect(await other.getOrCreate([candidate(there.cell, 1)])).toEqual([{ state: 'living', key: there }]);
      expect(await other.getOrCreate([candidate(`${who}/session:1`, 2)])).toMatchObject([{ state: 'living' }]);
      await vault.sweep();
      expect(await stateOf(other, there.cell)).toBe(hex(there.wrapped));
    });
  });
}
