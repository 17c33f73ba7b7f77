import { idsOf, pages, put, type ViewStoreRig } from './contract-rig.js';
import type { Condition, Document, Query } from './view-store.js';

const COLLECTION = 'sessions';

/** Filters, orders and cursors, by example. */
export function queryCases(rig: ViewStoreRig): void {
  const some: Readonly<Record<string, Document>> = {
    a: { status: 'open', minutes: 10, serious: true, tags: ['x', 'y'] },
    b: { status: 'open', minutes: 5, serious: false, tags: [] },
    c: { status: 'closed', minutes: 10, tags: ['y', 'y'] },
    d: { status: null, serious: true },
    e: { status: 'Open', minutes: -1.5, tags: null },
  };

  describe('find and count', () => {
    it.each<[string, readonly Condition[], readonly string[]]>([
      ['everything', [], ['a', 'b', 'c', 'd', 'e']],
      ['an equal text', [{ field: 'status', op: 'eq', value: 'open' }], ['a', 'b']],
      ['an equal number', [{ field: 'minutes', op: 'eq', value: 10 }], ['a', 'c']],
      ['true', [{ field: 'serious', op: 'eq', value: true }], ['a', 'd']],
      ['false, which is not absent', [{ field: 'serious', op: 'eq', value: false }], ['b']],
      ['more than', [{ field: 'minutes', op: 'gt', value: 5 }], ['a', 'c']],
      ['at least', [{ field: 'minutes', op: 'gte', value: 5 }], ['a', 'b', 'c']],
      ['less than', [{ field: 'minutes', op: 'lt', value: 5 }], ['e']],
      ['at most', [{ field: 'minutes', op: 'lte', value: 5 }], ['b', 'e']],
      ['one of', [{ field: 'status', op: 'in', value: ['closed', 'Open', 'none'] }], ['c', 'e']],
      ['one of none', [{ field: 'status', op: 'in', value: [] }], []],
      ['absent, or null', [{ field: 'status', op: 'absent' }], ['d']],
      ['a text among others', [{ field: 'tags', op: 'has', value: 'y' }], ['a', 'c']],
      ['a part of a text', [{ field: 'tags', op: 'has', value: '' }], []],
      [
        'all conditions',
        [
          { field: 'tags', op: 'has', value: 'y' },
          { field: 'status', op: 'eq', value: 'open' },
        ],
        ['a'],
      ],
      [
        'a range',
        [
          { field: 'minutes', op: 'gt', value: -2 },
          { field: 'minutes', op: 'lt', value: 10 },
        ],
        ['b', 'e'],
      ],
      [
        'two lists',
        [
          { field: 'tags', op: 'has', value: 'y' },
          { field: 'tags', op: 'has', value: 'x' },
        ],
        ['a'],
      ],
    ])('finds and counts %s', async (_, where, expected) => {
      const { store, view } = await rig.prepared();
      await put(store, view, 1, some);
      expect(idsOf(await store.find(view, { collection: COLLECTION, where, limit: 100 }))).toEqual(expected);
      expect(await store.count(view, { collection: COLLECTION, where })).toBe(expected.length);
    });

    it.each<[Query['orderBy'], readonly string[]]>([
      [{ field: 'minutes', direction: 'asc' }, ['d', 'e', 'b', 'a', 'c']],
      [{ field: 'minutes', direction: 'desc' }, ['c', 'a', 'b', 'e', 'd']],
      [{ field: 'serious', direction: 'asc' }, ['c', 'e', 'b', 'a', 'd']],
      [{ field: 'status', direction: 'desc' }, ['b', 'a', 'c', 'e', 'd']],
    ])('orders by %j: absent first ascending, equal values by id', async (orderBy, expected) => {
      const { store, view } = await rig.prepared();
      await put(store, view, 1, some);
      for (const limit of [1, 2, 3, 100]) {
        const taken = await pages(store, view, {
          collection: COLLECTION,
          orderBy: orderBy as NonNullable<Query['orderBy']>,
          limit,
        });
        expect(taken.flatMap(idsOf)).toEqual(expected);
        expect(taken).toHaveLength(Math.ceil(5 / limit));
      }
    });

    it('orders text by code point, as every engine does', async () => {
      const { store, view } = await rig.prepared();
      const texts = ['', 'A', 'Z', 'a', 'é', '\ue000', '\uffff', '\u{1f980}', 'a\0', 'a\u0001', 'a\u0002', 'aa'];
      await put(
        store,
        view,
        1,
        Object.fromEntries(texts.map((status, index): [string, Document] => [`d${index}`, { status }])),
      );
      const page = await store.find(view, {
        collection: COLLECTION,
        orderBy: { field: 'status', direction: 'asc' },
        limit: 100,
      });
      expect(page.documents.map((one) => one.document.status)).toEqual([
        '',
        'A',
        'Z',
        'a',
        'a\0',
        'a\u0001',
        'a\u0002',
        'aa',
        'é',
        '\ue000',
        '\uffff',
        '\u{1f980}',
      ]);
    });

    it('keeps a cursor true while documents are written around it', async () => {
      const { store, view } = await rig.prepared();
      await put(
        store,
        view,
        1,
        Object.fromEntries(Array.from({ length: 20 }, (_, n): [string, Document] => [`d${n + 10}`, { minutes: n }])),
      );
      const query = { collection: COLLECTION, orderBy: { field: 'minutes', direction: 'asc' }, limit: 8 } as const;
      const first = await store.find(view, query);
      expect(idsOf(first)).toHaveLength(8);
      await put(store, view, 2, {
        before: { minutes: -1 },
        between: { minutes: 8.5 },
        d17: null,
        d10: { minutes: 99 },
      });
      const rest = await pages(store, view, { ...query, after: first.next as string });
      expect(rest.flatMap(idsOf)).toEqual([
        'd18',
        'between',
        'd19',
        ...Array.from({ length: 10 }, (_, n) => `d${n + 20}`),
        'd10',
      ]);
    });

    it('gives a cursor that is safe in a URL, and undefined on the last page', async () => {
      const { store, view } = await rig.prepared();
      await put(store, view, 1, some);
      const { next } = await store.find(view, {
        collection: COLLECTION,
        limit: 4,
        orderBy: { field: 'status', direction: 'asc' },
      });
      expect(next).toMatch(/^[A-Za-z0-9_-]+$/);
      expect((await store.find(view, { collection: COLLECTION, limit: 5 })).next).toBeUndefined();
      expect(await store.find(view, { collection: 'members', limit: 5 })).toEqual({ documents: [], next: undefined });
    });

    it.each<[string, Partial<Query>]>([
      ['a collection that is not declared', { collection: 'others' }],
      ['a field that is not declared', { where: [{ field: 'note', op: 'eq', value: 'x' }] }],
      ['a field of the prototype', { where: [{ field: 'constructor', op: 'absent' }] }],
      ['SQL for a field', { where: [{ field: 'status" OR 1=1 --', op: 'absent' }] }],
      ['an order by a field that is not declared', { orderBy: { field: '__proto__', direction: 'asc' } }],
      ['an order by a list of texts', { orderBy: { field: 'tags', direction: 'asc' } }],
      ['an order in no direction', { orderBy: { field: 'status', direction: 'asc; DROP TABLE view' as 'asc' } }],
      ['an unknown operator', { where: [{ field: 'status', op: '$where' as 'eq', value: 'x' }] }],
      ['an operator for a value', { where: [{ field: 'status', op: 'eq', value: { $ne: '' } as unknown as string }] }],
      ['a value of another type', { where: [{ field: 'minutes', op: 'eq', value: '10' }] }],
      ['a value that is no number', { where: [{ field: 'minutes', op: 'gt', value: Number.NaN }] }],
      ['half a character', { where: [{ field: 'status', op: 'eq', value: '\ud800' }] }],
      ['equality with a list of texts', { where: [{ field: 'tags', op: 'eq', value: 'x' }] }],
      ['`has` of a single text', { where: [{ field: 'status', op: 'has', value: 'x' }] }],
      ['`in` without a list', { where: [{ field: 'status', op: 'in', value: 'open' as unknown as string[] }] }],
      ['`in` with a list too long', { where: [{ field: 'minutes', op: 'in', value: Array<number>(1001).fill(1) }] }],
      ['a limit of 0', { limit: 0 }],
      ['a limit above 1000', { limit: 1001 }],
      ['a limit that is no whole number', { limit: 1.5 }],
      ['a cursor that is none', { after: 'nonsense' }],
      ['an empty cursor', { after: '' }],
      ['a cursor of another order', { after: Buffer.from('["asc:status","x","a"]').toString('base64url') }],
      [
        'a cursor with an object in it',
        {
          orderBy: { field: 'status', direction: 'asc' },
          after: Buffer.from('["asc:status",{"$gt":""},"a"]').toString('base64url'),
        },
      ],
    ])('refuses %s', async (_, bad) => {
      const { store, view } = await rig.prepared();
      await put(store, view, 1, some);
      await expect(store.find(view, { collection: COLLECTION, limit: 10, ...bad })).rejects.toMatchObject({
        code: 'invalid-query',
      });
    });

    it('takes hostile text for text', async () => {
      const { store, view } = await rig.prepared();
      const texts = [
        "' OR '1'='1",
        '$ne',
        '%',
        '_',
        '*',
        '__proto__',
        'a\0b',
        'a',
        '\u{1f980}',
        '"',
        '\\',
        '{texts}',
        '?1',
        'NULL',
      ];
      await put(
        store,
        view,
        1,
        Object.fromEntries(texts.map((one, index): [string, Document] => [`d${index}`, { status: one, tags: [one] }])),
      );
      for (const [index, value] of texts.entries()) {
        const by = async (condition: Condition) =>
          idsOf(await store.find(view, { collection: COLLECTION, where: [condition], limit: 100 }));
        expect(await by({ field: 'status', op: 'eq', value })).toEqual([`d${index}`]);
        expect(await by({ field: 'tags', op: 'has', value })).toEqual([`d${index}`]);
        expect(await by({ field: 'status', op: 'in', value: [value, 'none'] })).toEqual([`d${index}`]);
      }
    });
  });
}
