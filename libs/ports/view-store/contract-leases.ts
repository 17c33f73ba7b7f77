import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { at, put, sessions, type ViewStoreRig, write } from './contract-rig.js';

const lease = (): string => `t${randomBytes(8).toString('hex')}`;
const LONG = 600_000;

/** Leases and their fences. */
export function leaseCases(rig: ViewStoreRig): void {
  describe('a lease', () => {
    it("is one owner's until it runs out, seen by every instance", async () => {
      const place = await rig.place();
      const [store, other] = [await place.open(), await place.open()];
      const name = lease();
      const mine = await store.takeLease(name, { owner: 'one', forMs: LONG, note: 'first' });
      expect(mine).toMatchObject({ name, owner: 'one', note: 'first' });
      expect(mine?.leftMs).toBeGreaterThan(LONG / 2);
      expect(await other.takeLease(name, { owner: 'two', forMs: LONG })).toBeUndefined();
      expect(await other.leases(name)).toMatchObject([{ owner: 'one', token: mine?.token, note: 'first' }]);
    });

    it('is renewed by its owner under the same token, with a new note', async () => {
      const { store } = await rig.prepared();
      // where the machine stood still for longer than the lease lasted, it ran out by right: then a longer one
      for (const forMs of [300, 2000, 10_000]) {
        const name = lease();
        const began = performance.now();
        const first = await store.takeLease(name, { owner: 'one', forMs });
        const again = await store.takeLease(name, { owner: 'one', forMs: LONG, note: 'n' });
        if (performance.now() - began >= forMs) continue;
        expect(again).toMatchObject({ token: first?.token, note: 'n' });
        await sleep(forMs + 100);
        expect(await store.takeLease(name, { owner: 'two', forMs: LONG })).toBeUndefined();
        return;
      }
      throw new Error('two steps took ten seconds');
    });

    it('goes to another once it has run out, under a higher token, and is not held in between', async () => {
      const { store } = await rig.prepared();
      const name = lease();
      const first = await store.takeLease(name, { owner: 'one', forMs: 50 });
      await sleep(150);
      expect(await store.leases(name)).toEqual([]);
      const second = await store.takeLease(name, { owner: 'two', forMs: LONG });
      expect(second?.token).toBeGreaterThan(first?.token ?? Number.NaN);
      expect(await store.takeLease(name, { owner: 'one', forMs: LONG })).toBeUndefined();
    });

    it('that ran out and comes back to the same owner has a higher token', async () => {
      const { store } = await rig.prepared();
      const name = lease();
      const first = await store.takeLease(name, { owner: 'one', forMs: 50 });
      await sleep(150);
      const second = await store.takeLease(name, { owner: 'one', forMs: LONG });
      expect(second?.token).toBeGreaterThan(first?.token ?? Number.NaN);
    });

    it('given back is free at once; given back by who lost it stays', async () => {
      const { store } = await rig.prepared();
      const name = lease();
      const first = await store.takeLease(name, { owner: 'one', forMs: LONG });
      await store.releaseLease({ lease: name, token: first?.token ?? 0 });
      const second = await store.takeLease(name, { owner: 'two', forMs: LONG });
      expect(second?.token).toBeGreaterThan(first?.token ?? Number.NaN);
      await store.releaseLease({ lease: name, token: first?.token ?? 0 });
      expect(await store.takeLease(name, { owner: 'one', forMs: LONG })).toBeUndefined();
    });

    it('is seized from whoever has it', async () => {
      const { store } = await rig.prepared();
      const name = lease();
      const first = await store.takeLease(name, { owner: 'one', forMs: LONG });
      const second = await store.takeLease(name, { owner: 'two', forMs: LONG, seize: true });
      expect(second?.token).toBeGreaterThan(first?.token ?? Number.NaN);
    });

    it('goes to one of many that ask at once', async () => {
      const place = await rig.place();
      const stores = [await place.open(), await place.open()];
      const name = lease();
      const taken = await Promise.all(
        Array.from({ length: 12 }, (_, n) => stores[n % 2]?.takeLease(name, { owner: `o${n}`, forMs: LONG })),
      );
      expect(taken.filter((one) => one !== undefined)).toHaveLength(1);
    });

    it('refuses a name that is none', async () => {
      const { store } = await rig.prepared();
      for (const name of ['', 'A', 'é', 'x'.repeat(101)])
        await expect(store.takeLease(name, { owner: 'one', forMs: LONG })).rejects.toMatchObject({
          code: 'invalid-write',
        });
    });
  });

  describe('a step with a fence', () => {
    it('is made while its token is the present one, and changes nothing afterwards', async () => {
      const place = await rig.place();
      const [store, other] = [await place.open(), await place.open()];
      const view = sessions();
      await store.prepare(view);
      const name = lease();
      const mine = await store.takeLease(name, { owner: 'one', forMs: 50 });
      const fence = { lease: name, token: mine?.token ?? 0 };
      expect(await store.apply(view, { writes: [write('a', { minutes: 1 }, 1)], checkpoint: at(1), fence })).toBe(
        'applied',
      );
      await sleep(150);
      const next = await other.takeLease(name, { owner: 'two', forMs: LONG });
      expect(await store.apply(view, { writes: [write('a', { minutes: 2 }, 2)], checkpoint: at(2), fence })).toBe(
        'fenced',
      );
      expect(await store.get(view, 'sessions', 'a')).toEqual({ minutes: 1 });
      expect(await store.checkpoint(view)).toBe(at(1));
      const theirs = { lease: name, token: next?.token ?? 0 };
      expect(
        await other.apply(view, { writes: [write('a', { minutes: 3 }, 3)], checkpoint: at(3), fence: theirs }),
      ).toBe('applied');
    });

    it('is fenced off where nobody ever held its lease', async () => {
      const { store, view } = await rig.prepared();
      const fence = { lease: lease(), token: 1 };
      expect(await store.apply(view, { writes: [], checkpoint: at(1), fence })).toBe('fenced');
      expect(await put(store, view, 1, { a: {} })).toBe('applied');
    });
  });
}
