import type { ExportStore } from './export-store.js';

/** What every export store keeps. @param open the store in a place that is the same at each call within one test */
export function exportStoreContract(name: string, open: () => Promise<ExportStore>): void {
  describe(`export store: ${name}`, () => {
    it('gives back what was put, replaces it, and knows its ids', async () => {
      const store = await open();
      expect(await store.get('a')).toBeUndefined();
      await store.put('a', '{"é":1}\n');
      await store.put('b.1', 'two');
      await store.put('a', 'one');
      expect(await store.get('a')).toBe('one');
      expect([...(await store.ids())].sort()).toEqual(['a', 'b.1']);
    });

    it('removes once, and says whether there was something', async () => {
      const store = await open();
      await store.put('a', 'one');
      expect(await store.remove('a')).toBe(true);
      expect(await store.remove('a')).toBe(false);
      expect(await store.get('a')).toBeUndefined();
      expect(await store.ids()).toEqual([]);
    });

    it('takes no id that leads out of it', async () => {
      const store = await open();
      for (const id of ['..', '../a', 'a/b', '', '.a', 'a'.repeat(81)])
        for (const ask of [() => store.put(id, 'x'), () => store.get(id), () => store.remove(id)])
          await expect(ask()).rejects.toThrow(TypeError);
      expect(await store.ids()).toEqual([]);
    });
  });
}
