import { rebuildOf } from './check-view.js';
import { at, put, scanned, sessions, type ViewStoreRig } from './contract-rig.js';
import type { Document } from './view-store.js';

/** Several views side by side, their versions and their rebuilds. */
export function viewCases(rig: ViewStoreRig): void {
  describe('views and versions', () => {
    it('keeps views, versions and collections apart', async () => {
      const { store, view } = await rig.prepared();
      const next = { ...view, version: 2 };
      const other = sessions();
      for (const one of [next, other]) await store.prepare(one);
      await put(store, view, 1, { a: { status: 'v1' } });
      await put(store, next, 2, { a: { status: 'v2' } });
      await put(store, other, 3, { a: { status: 'other' } });
      await put(store, view, 4, { a: { member: 'm' } }, 'members');
      const statuses = await Promise.all([view, next, other].map((one) => store.get(one, 'sessions', 'a')));
      expect(statuses).toEqual([{ status: 'v1' }, { status: 'v2' }, { status: 'other' }]);
      expect(await store.get(next, 'members', 'a')).toBeUndefined();
      await store.drop(view);
      expect(await store.get(next, 'sessions', 'a')).toEqual({ status: 'v2' });
    });

    it('may be prepared again, from any instance, and loses nothing', async () => {
      const place = await rig.place();
      const stores = [await place.open(), await place.open()];
      const view = sessions();
      await Promise.all([...stores, ...stores].map((store) => store.prepare(view)));
      await put(stores[0] as (typeof stores)[0], view, 1, { a: {} });
      await Promise.all(stores.map((store) => store.prepare(view)));
      expect(await stores[1]?.checkpoint(view)).toBe(at(1));
    });

    it('forgets a view that is dropped, and starts anew when it is prepared again', async () => {
      const { store, view } = await rig.prepared();
      await put(store, view, 5, { a: {} });
      await store.drop(view);
      await store.drop(view);
      expect(await store.checkpoint(view)).toBeUndefined();
      await store.prepare(view);
      expect(await scanned(store, view)).toEqual([]);
      expect(await put(store, view, 1, { b: {} })).toBe('applied');
    });

    it('rebuilds beside the live view and swaps in one step', async () => {
      const place = await rig.place();
      const [store, other] = [await place.open(), await place.open()];
      const view = sessions();
      await store.prepare(view);
      await put(store, view, 5, { a: { status: 'live' }, old: { status: 'live' } });
      const rebuilt = await store.beginRebuild(view);
      expect(await store.checkpoint(rebuilt)).toBeUndefined();
      await put(store, rebuilt, 9, { a: { status: 'rebuilt', tags: ['x'] } });
      expect(await other.get(view, 'sessions', 'a')).toEqual({ status: 'live' });
      expect(await store.checkpoint(view)).toBe(at(5));
      await store.swap(view, rebuilt);
      for (const one of [store, other]) {
        expect(await one.checkpoint(view)).toBe(at(9));
        expect(await scanned(one, view)).toEqual(['a']);
        expect(
          await one.count(view, { collection: 'sessions', where: [{ field: 'tags', op: 'has', value: 'x' }] }),
        ).toBe(1);
      }
      expect(await put(other, view, 10, { b: {} })).toBe('applied');
      expect(await store.checkpoint(rebuildOf(view))).toBeUndefined();
    });

    it('clears what an interrupted rebuild left', async () => {
      const { store, view } = await rig.prepared();
      await put(store, await store.beginRebuild(view), 5, { leftover: {} });
      const rebuilt = await store.beginRebuild(view);
      expect(await store.checkpoint(rebuilt)).toBeUndefined();
      expect(await scanned(store, rebuilt)).toEqual([]);
      await store.drop(rebuilt);
    });

    it('swaps in a view that was not there before', async () => {
      const { store } = await rig.prepared();
      const fresh = sessions();
      const rebuilt = await store.beginRebuild(fresh);
      await put(store, rebuilt, 2, { a: {} });
      await store.swap(fresh, rebuilt);
      expect(await store.checkpoint(fresh)).toBe(at(2));
    });

    it('scans a long collection in id order', async () => {
      const { store, view } = await rig.prepared();
      const ids = Array.from({ length: 1300 }, (_, index) => `s${(index * 7919) % 1300}`);
      await put(store, view, 1, Object.fromEntries(ids.map((id): [string, Document] => [id, { status: 'x' }])));
      expect(await scanned(store, view)).toEqual([...ids].sort());
    });

    it('refuses every call once closed', async () => {
      const store = await (await rig.place()).open();
      const view = sessions();
      await store.prepare(view);
      const applying = put(store, view, 1, { a: {} });
      await Promise.all([store.close(), store.close()]);
      expect(await applying).toBe('applied');
      for (const call of [
        store.checkpoint(view),
        store.get(view, 'sessions', 'a'),
        put(store, view, 2, {}),
        scanned(store, view),
      ])
        await expect(call).rejects.toMatchObject({ code: 'closed' });
    });
  });
}
