import { candidate, cellId, type KeyVaultRig, subject, tombstonesOf, why } from './contract-rig.js';

/** What a vault says of itself, and its end. */
export function noteCases(rig: KeyVaultRig): void {
  describe('notes and the end of a vault', () => {
    it('keeps the note that was written first, for all instances, until somebody writes over it', async () => {
      const place = await rig.place();
      const [vault, other] = [await place.open(), await place.open()];
      expect(await vault.note('log')).toBeUndefined();
      const written = await Promise.all(
        ['a', 'b', 'c', 'd'].map((text, index) => (index % 2 ? vault : other).writeNote('log', text, 'absent')),
      );
      expect(new Set(written).size).toBe(1);
      expect(await other.note('log')).toBe(written[0]);
      expect(await vault.note('retired')).toBeUndefined();
      expect(await vault.writeNote('log', 'anew', 'any')).toBe('anew');
      expect(await other.writeNote('log', 'later', 'absent')).toBe('anew');
      await Promise.all([vault.close(), other.close()]);
      expect(await (await place.open()).note('log')).toBe('anew');
    });

    it('discards every key of every epoch, for all instances; what is dead stays dead, and behind the last epoch none is made', async () => {
      const place = await rig.place();
      const [vault, other] = [await place.open(), await place.open()];
      const who = subject();
      const keys = Array.from({ length: 1200 }, (_, index) => candidate(`${who}/session:${index}`, 1 + (index % 3)));
      await vault.getOrCreate(keys);
      const dead = cellId(`${who}/session:7`);
      await vault.destroy(dead, why());
      await vault.writeNote('log', 'kept', 'absent');
      await vault.raiseEpoch(Number.MAX_SAFE_INTEGER);
      const stale = { code: 'stale-epoch' };
      await expect(other.getOrCreate([candidate(`${who}/late`, 4)])).rejects.toMatchObject(stale);
      await vault.discard();
      await vault.discard();
      expect(await other.livingBefore(Number.MAX_SAFE_INTEGER, 10)).toEqual([]);
      const found = await other.lookup([dead, cellId(`${who}/session:8`)]);
      expect(found.map((one) => one?.state)).toEqual(['destroyed', undefined]);
      expect(await tombstonesOf(other, who)).toHaveLength(1);
      expect(await other.note('log')).toBe('kept');
      await expect(other.getOrCreate([candidate(`${who}/session:8`, 4)])).rejects.toMatchObject(stale);
    });
  });
}
