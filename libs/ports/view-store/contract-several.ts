import { at, put, scanned, sessions, type ViewStoreRig, write } from './contract-rig.js';
import type { Compared, FilledDocument, ViewSchema, ViewStore } from './view-store.js';

/** Several views in one call, and the filling and comparing of rebuilt ones. */
export function severalCases(rig: ViewStoreRig): void {
  describe('several views at once', () => {
    async function two(): Promise<{ store: ViewStore; one: ViewSchema; other: ViewSchema }> {
      const { store, view: one } = await rig.prepared();
      const other = sessions();
      await store.prepare(other);
      return { store, one, other };
    }

    it('are looked at in one call: checkpoints and documents, in the order asked for', async () => {
      const { store, one, other } = await two();
      await put(store, one, 5, { a: { minutes: 1 }, b: null });
      await put(store, other, 6, { m: { member: 'x' } }, 'members');
      const { checkpoints, documents } = await store.look(
        [other, sessions(), one],
        [
          { view: one, collection: 'sessions', ids: ['none', 'a', 'b', 'a\0'] },
          { view: other, collection: 'members', ids: ['m'] },
          { view: other, collection: 'sessions', ids: ['a'] },
        ],
      );
      expect(checkpoints).toEqual([at(6), undefined, at(5)]);
      expect(documents).toEqual([
        new Map([['a', { document: { minutes: 1 }, position: at(5) }]]),
        new Map([['m', { document: { member: 'x' }, position: at(6) }]]),
        new Map(),
      ]);
      const unknown = { view: sessions(), collection: 'sessions', ids: ['a'] };
      await expect(store.look([], [unknown])).rejects.toMatchObject({ code: 'invalid-query' });
      expect(await store.look([], [])).toEqual({ checkpoints: [], documents: [] });
    });

    it('take a step each, answered each for itself', async () => {
      const { store, one, other } = await two();
      await put(store, one, 5, { a: { minutes: 5 } });
      const step = (sequence: number) => ({
        writes: [write('a', { minutes: sequence, tags: ['x'] }, sequence), write('m', { member: 'y' }, 1, 'members')],
        checkpoint: at(sequence),
      });
      expect(
        await store.applyAll([
          { view: one, step: step(5) },
          { view: other, step: step(4) },
        ]),
      ).toEqual(['already', 'applied']);
      expect(await store.get(one, 'sessions', 'a')).toEqual({ minutes: 5 });
      expect(await store.get(other, 'sessions', 'a')).toEqual({ minutes: 4, tags: ['x'] });
      expect(await store.get(other, 'members', 'm')).toEqual({ member: 'y' });
      expect((await store.look([one, other], [])).checkpoints).toEqual([at(5), at(4)]);
      expect(await store.applyAll([])).toEqual([]);
    });

    it('are all left alone by a call that holds something wrong, or a lease that is lost', async () => {
      const { store, one, other } = await two();
      const good = { view: one, step: { writes: [write('a', {}, 1)], checkpoint: at(1) } };
      const bad = { view: other, step: { writes: [write('a', { minutes: 'x' }, 1)], checkpoint: at(1) } };
      await expect(store.applyAll([good, bad])).rejects.toMatchObject({ code: 'invalid-write' });
      await expect(store.applyAll([good, { ...good, view: sessions() }])).rejects.toMatchObject({
        code: 'invalid-query',
      });
      const fence = { lease: `several/${one.name}`, token: 1 };
      expect(await store.applyAll([good, { ...good, view: other }], fence)).toEqual(['fenced', 'fenced']);
      expect(await scanned(store, one)).toEqual([]);
      const lease = await store.takeLease(fence.lease, { owner: 'a', forMs: 60_000 });
      expect(await store.applyAll([good], { ...fence, token: lease?.token ?? 0 })).toEqual(['applied']);
    });
  });

  describe('a view that is rebuilt', () => {
    const fresh = (id: string, document: FilledDocument['document'], collection = 'sessions'): FilledDocument => ({
      ...write(id, document, 3, collection),
      fresh: true,
    });
    const again = (one: FilledDocument): FilledDocument => ({ ...one, fresh: false });

    it('is filled in bulk, its checkpoint coming with the step after, and answers like any other', async () => {
      const { store, view } = await rig.prepared();
      const rebuilt = await store.beginRebuild(view);
      const documents = [
        fresh('a', { minutes: 1, tags: ['x', 'y'] }),
        fresh('b', { minutes: 2, tags: ['x'] }),
        fresh('c', { minutes: 3, tags: ['x'] }),
        fresh('m', { member: 'm1' }, 'members'),
      ];
      expect(await store.fill([{ rebuilt, documents }])).toBe('filled');
      expect(await store.checkpoint(rebuilt)).toBeUndefined();
      const more = [again(fresh('a', { minutes: 9, tags: ['y'] })), again(fresh('b', null)), again(fresh('d', {}))];
      await store.fill([{ rebuilt, documents: [...more, fresh('e', { tags: ['x'] })] }]);
      await store.apply(rebuilt, { writes: [], checkpoint: at(4) });
      await store.swap(view, rebuilt);
      expect(await scanned(store, view)).toEqual(['a', 'c', 'd', 'e']);
      expect(await store.load(view, 'sessions', ['a'])).toEqual(
        new Map([['a', { document: { minutes: 9, tags: ['y'] }, position: at(3) }]]),
      );
      const tagged = (value: string) =>
        store.count(view, { collection: 'sessions', where: [{ field: 'tags', op: 'has', value }] });
      expect([await tagged('x'), await tagged('y')]).toEqual([2, 1]);
      expect(await store.count(view, { collection: 'members' })).toBe(1);
    });

    it('takes nothing of a filling that holds something wrong, or of a lease that is lost', async () => {
      const { store, view } = await rig.prepared();
      const rebuilt = await store.beginRebuild(view);
      const documents = [fresh('a', {}), fresh('b', { minutes: 'x' })];
      await expect(store.fill([{ rebuilt, documents }])).rejects.toMatchObject({ code: 'invalid-write' });
      const fence = { lease: `fill/${view.name}`, token: 1 };
      expect(await store.fill([{ rebuilt, documents: [fresh('a', {})] }], fence)).toBe('fenced');
      expect(await scanned(store, rebuilt)).toEqual([]);
      await store.drop(rebuilt);
      await expect(store.fill([{ rebuilt, documents: [fresh('a', {})] }])).rejects.toMatchObject({
        code: 'invalid-query',
      });
    });

    it('is laid beside the live one, and each document that is not the same text is named', async () => {
      const { store, view } = await rig.prepared();
      const rebuilt = await store.beginRebuild(view);
      const id = (n: number) => `s${String(n).padStart(5, '0')}`;
      const all = Array.from({ length: 2500 }, (_, n) => n);
      const odd = new Set([0, 1, 999, 1000, 1001, 2499]);
      const live = all.filter((n) => n !== 1000).map((n) => [id(n), { minutes: n }]);
      await put(store, view, 1, { ...Object.fromEntries(live), '🦀': {}, '\uffff': { minutes: 1 } });
      const documents = all
        .filter((n) => n !== 1)
        .map((n) => fresh(id(n), odd.has(n) ? { minutes: 0 - n, status: 'x' } : { minutes: n }));
      await store.fill([{ rebuilt, documents: [...documents, fresh('🦀', {}), fresh('\uffff', { minutes: 2 })] }]);
      const stretches: Compared[] = [];
      for await (const one of store.compare(view, rebuilt, 'sessions')) stretches.push(one);
      expect(stretches.reduce((sum, one) => sum + one.documents, 0)).toBe(2501);
      expect([...stretches.flatMap(({ unlike }) => unlike)].sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual([
        { id: id(0), live: { minutes: 0 }, rebuilt: { minutes: 0, status: 'x' } },
        { id: id(1), live: { minutes: 1 }, rebuilt: undefined },
        { id: id(999), live: { minutes: 999 }, rebuilt: { minutes: -999, status: 'x' } },
        { id: id(1000), live: undefined, rebuilt: { minutes: -1000, status: 'x' } },
        { id: id(1001), live: { minutes: 1001 }, rebuilt: { minutes: -1001, status: 'x' } },
        { id: id(2499), live: { minutes: 2499 }, rebuilt: { minutes: -2499, status: 'x' } },
        { id: '\uffff', live: { minutes: 1 }, rebuilt: { minutes: 2 } },
      ]);
      await store.drop(rebuilt);
    });
  });
}
