import { at, idsOf, put, scanned, sessions, type ViewStoreRig, write } from './contract-rig.js';

/** Steps, guards, and what documents may hold. */
export function stepCases(rig: ViewStoreRig): void {
  describe('apply', () => {
    it('puts documents and checkpoint in one step, seen by every instance', async () => {
      const place = await rig.place();
      const [store, other] = [await place.open(), await place.open()];
      const view = sessions();
      await store.prepare(view);
      expect(await store.checkpoint(view)).toBeUndefined();
      expect(await put(store, view, 7, { a: { status: 'open' }, b: { status: 'closed' } })).toBe('applied');
      for (const one of [store, other]) {
        expect(await one.checkpoint(view)).toBe(at(7));
        expect(await one.get(view, 'sessions', 'a')).toEqual({ status: 'open' });
      }
      await store.close();
      const again = await place.open();
      expect(await again.checkpoint(view)).toBe(at(7));
      expect(await scanned(again, view)).toEqual(['a', 'b']);
    });

    it('changes nothing for a step at or before the checkpoint, and says so', async () => {
      const { store, view } = await rig.prepared();
      await put(store, view, 5, { a: { status: 'first' } });
      for (const sequence of [5, 4])
        expect(await put(store, view, sequence, { a: { status: 'again' }, b: {} })).toBe('already');
      expect(await store.get(view, 'sessions', 'a')).toEqual({ status: 'first' });
      expect(await store.get(view, 'sessions', 'b')).toBeUndefined();
      expect(await store.checkpoint(view)).toBe(at(5));
    });

    it('takes a step without documents: the checkpoint moves', async () => {
      const { store, view } = await rig.prepared();
      expect(await store.apply(view, { writes: [], checkpoint: at(3) })).toBe('applied');
      expect(await store.checkpoint(view)).toBe(at(3));
    });

    it('lets one of several racing steps through', async () => {
      const place = await rig.place();
      const stores = [await place.open(), await place.open()];
      const view = sessions();
      await Promise.all(stores.map((store) => store.prepare(view)));
      const outcomes = await Promise.all(
        [...stores, ...stores].map((store) => put(store, view, 9, { a: { minutes: 1 } })),
      );
      expect([...outcomes].sort()).toEqual(['already', 'already', 'already', 'applied']);
    });

    it('drops a change at or before the position that its document has', async () => {
      const { store, view } = await rig.prepared();
      await store.apply(view, { writes: [write('a', { minutes: 10 }, 10)], checkpoint: at(5) });
      await store.apply(view, {
        writes: [write('a', { minutes: 9 }, 9), write('b', { minutes: 9 }, 9)],
        checkpoint: at(9),
      });
      await store.apply(view, { writes: [write('a', { minutes: 0 }, 10)], checkpoint: at(10) });
      expect(await store.get(view, 'sessions', 'a')).toEqual({ minutes: 10 });
      expect(await store.get(view, 'sessions', 'b')).toEqual({ minutes: 9 });
      await put(store, view, 11, { a: { minutes: 11 } });
      expect(await store.load(view, 'sessions', ['a', 'b', 'none'])).toEqual(
        new Map([
          ['a', { document: { minutes: 11 }, position: at(11) }],
          ['b', { document: { minutes: 9 }, position: at(9) }],
        ]),
      );
    });

    it('guards a deleted document too, until the checkpoint passes the deletion', async () => {
      const { store, view } = await rig.prepared();
      await put(store, view, 1, { a: { minutes: 1, tags: ['x'] } });
      await store.apply(view, { writes: [write('a', null, 10), write('never', null, 10)], checkpoint: at(5) });
      expect(await store.get(view, 'sessions', 'a')).toBeUndefined();
      await store.apply(view, { writes: [write('a', { minutes: 8 }, 8), write('never', {}, 8)], checkpoint: at(8) });
      expect(await scanned(store, view)).toEqual([]);
      await store.apply(view, { writes: [write('a', { minutes: 12 }, 12)], checkpoint: at(12) });
      expect(await store.get(view, 'sessions', 'a')).toEqual({ minutes: 12 });
      await put(store, view, 13, { a: null });
      expect(await store.load(view, 'sessions', ['a'])).toEqual(new Map());
      expect(await store.count(view, { collection: 'sessions' })).toBe(0);
      expect(
        (
          await store.find(view, {
            collection: 'sessions',
            where: [{ field: 'tags', op: 'has', value: 'x' }],
            limit: 5,
          })
        ).documents,
      ).toEqual([]);
    });

    it('applies the writes of one step in order', async () => {
      const { store, view } = await rig.prepared();
      await store.apply(view, {
        writes: [
          write('a', { minutes: 1 }, 1),
          write('a', { minutes: 2 }, 2),
          write('a', { minutes: 0 }, 1),
          write('b', {}, 1),
          write('b', null, 2),
        ],
        checkpoint: at(2),
      });
      expect(await store.get(view, 'sessions', 'a')).toEqual({ minutes: 2 });
      expect(await scanned(store, view)).toEqual(['a']);
    });

    it('takes hundreds of documents in one step', async () => {
      const { store, view } = await rig.prepared();
      const many = Object.fromEntries(
        Array.from({ length: 1500 }, (_, index) => [
          `d${String(index).padStart(4, '0')}`,
          { minutes: index, tags: [`t${index % 10}`] },
        ]),
      );
      await put(store, view, 1, many);
      await put(store, view, 2, many);
      expect(await scanned(store, view)).toEqual(Object.keys(many));
      expect(
        await store.count(view, { collection: 'sessions', where: [{ field: 'tags', op: 'has', value: 't3' }] }),
      ).toBe(150);
    });

    it.each([
      ['a collection that is not declared', write('a', {}, 1, 'others')],
      ['an empty id', write('', {}, 1)],
      ['an id of more than 200 characters', write('x'.repeat(201), {}, 1)],
      ['an id with half a character', write('a\ud800', {}, 1)],
      ['a value of another type than its field', write('a', { minutes: '12' }, 1)],
      ['a list where text is declared', write('a', { status: ['open'] }, 1)],
      ['an operator where text is declared', write('a', { status: { $gt: '' } }, 1)],
      ['a list of other things than text', write('a', { tags: ['x', 1] }, 1)],
      ['half a character in a value', write('a', { note: '\udc00' }, 1)],
      ['half a character in a name', write('a', { '\ud83e': 1 }, 1)],
      ['a number that JSON has no form for', write('a', { note: Number.NaN }, 1)],
      ['a date object', write('a', { note: new Date(0) }, 1)],
      ['a function', write('a', { note: () => 1 }, 1)],
      ['a big integer', write('a', { note: 1n }, 1)],
    ])('refuses %s, and applies nothing of that step', async (_, bad) => {
      const { store, view } = await rig.prepared();
      const step = { writes: [write('good', { minutes: 1 }, 1), bad], checkpoint: at(1) };
      await expect(store.apply(view, step)).rejects.toMatchObject({ code: 'invalid-write' });
      expect(await store.checkpoint(view)).toBeUndefined();
      expect(await scanned(store, view)).toEqual([]);
    });

    it('never repeats a value in a refusal', async () => {
      const { store, view } = await rig.prepared();
      const refusal = await put(store, view, 1, { a: { minutes: 'Martine Dupont' } }).catch((error: unknown) =>
        String(error),
      );
      expect(refusal).not.toContain('Martine');
    });

    it('keeps documents exactly, hostile ones too, and shares no object with its caller', async () => {
      const { store, view } = await rig.prepared();
      const hostile = JSON.parse(
        '{"__proto__":{"polluted":true},"constructor":"x","$where":"1==1","a.b":{"$gt":""},"":0,"nul":"a\\u0000b","q":"\'; DROP TABLE view; --","emoji":"🦀é\u2028","n":-0.5e-7,"deep":[[[null,true,{"$sealed":{"cell":"m/identity"}}]]]}',
      ) as Record<string, unknown>;
      await put(store, view, 1, { h: hostile, empty: {} });
      const json = JSON.stringify(hostile);
      hostile.q = 'changed';
      const read = (await store.get(view, 'sessions', 'h')) as Record<string, unknown>;
      expect(JSON.stringify(read)).toBe(json);
      read.q = 'changed';
      expect(JSON.stringify(await store.get(view, 'sessions', 'h'))).toBe(json);
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
      expect(await store.get(view, 'sessions', 'empty')).toEqual({});
    });

    it.each([
      '__proto__',
      'constructor',
      "'; --",
      '"',
      '$ne',
      'a.b',
      '🦀',
      ' ',
      '\u0001',
      'é'.normalize('NFD'),
      'x'.repeat(200),
    ])('keeps %j as an id', async (id) => {
      const { store, view } = await rig.prepared();
      await store.apply(view, { writes: [write(id, { status: id }, 1)], checkpoint: at(1) });
      expect(await store.get(view, 'sessions', id)).toEqual({ status: id });
      expect([...(await store.load(view, 'sessions', [id, 'other'])).keys()]).toEqual([id]);
      expect(await scanned(store, view)).toEqual([id]);
      expect(
        idsOf(
          await store.find(view, {
            collection: 'sessions',
            where: [{ field: 'status', op: 'eq', value: id }],
            limit: 9,
          }),
        ),
      ).toEqual([id]);
    });

    it('never takes an id with a NUL for the id before it', async () => {
      const { store, view } = await rig.prepared();
      await put(store, view, 1, { a: { minutes: 1 } });
      const outcome = await put(store, view, 2, { 'a\0b': { minutes: 2 } }).catch(
        (error: { code?: string }) => error.code,
      );
      expect(['applied', 'invalid-write']).toContain(outcome);
      expect(await store.get(view, 'sessions', 'a')).toEqual({ minutes: 1 });
      expect(await store.get(view, 'sessions', 'a\0c')).toBeUndefined();
    });
  });
}
