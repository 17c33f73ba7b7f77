import fc from 'fast-check';
import { at, idsOf, pages, type ViewStoreRig, write } from './contract-rig.js';
import { comparePlaces, holds, placeOf } from './order.js';
import type { Condition, Document } from './view-store.js';

const COLLECTION = 'sessions';

/** Any documents and any question, against plain filtering and sorting. */
export function modelCases(rig: ViewStoreRig): void {
  describe('any question', () => {
    it('agrees with plain filtering and sorting for any documents, any question and any page size', async () => {
      const { store, view } = await rig.prepared();
      let sequence = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(documents, { maxLength: 25 }),
          fc.array(conditions, { maxLength: 2 }),
          orders,
          fc.integer({ min: 1, max: 9 }),
          async (made, where, orderBy, limit) => {
            sequence += 1;
            const kept = new Map(made.map((document, index) => [`d${index % 20}`, document]));
            const writes = Array.from({ length: 20 }, (_, index) =>
              write(`d${index}`, kept.get(`d${index}`) ?? null, sequence),
            );
            await store.apply(view, { writes, checkpoint: at(sequence) });
            const expected = [...kept]
              .filter(([, document]) => where.every((condition) => holds(document, condition)))
              .map(([id, document]) => placeOf(orderBy, id, document))
              .sort((a, b) => comparePlaces(orderBy, a, b))
              .map((place) => place.id);
            const query = { collection: COLLECTION, where, limit, ...(orderBy && { orderBy }) };
            expect((await pages(store, view, query)).flatMap(idsOf)).toEqual(expected);
            expect(await store.count(view, query)).toBe(expected.length);
          },
        ),
        { numRuns: rig.contract.runs ?? 60 },
      );
    });
  });
}

const texts = fc.constantFrom('', 'a', 'b', 'B', 'é', 'a\0', '\u{1f980}', '\uffff');
const numbers = fc.constantFrom(-1.5, 0, -0, 1, 2, 1e300, Number.MAX_SAFE_INTEGER);
const documents: fc.Arbitrary<Document> = fc.record(
  {
    status: fc.option(texts),
    minutes: fc.option(numbers),
    serious: fc.option(fc.boolean()),
    tags: fc.option(fc.array(texts, { maxLength: 3 })),
    note: fc.json(),
  },
  { requiredKeys: [] },
);
const comparison = fc.constantFrom('eq', 'gt', 'gte', 'lt', 'lte');
const conditions = fc.oneof(
  fc.record({ field: fc.constant('status'), op: comparison, value: texts }),
  fc.record({ field: fc.constant('minutes'), op: comparison, value: numbers }),
  fc.record({ field: fc.constant('serious'), op: comparison, value: fc.boolean() }),
  fc.record({ field: fc.constant('status'), op: fc.constant('in'), value: fc.array(texts, { maxLength: 4 }) }),
  fc.record({ field: fc.constant('minutes'), op: fc.constant('in'), value: fc.array(numbers, { maxLength: 4 }) }),
  fc.record({ field: fc.constantFrom('status', 'minutes', 'serious'), op: fc.constant('absent') }),
  fc.record({ field: fc.constant('tags'), op: fc.constant('has'), value: texts }),
) as fc.Arbitrary<Condition>;
const orders = fc.option(
  fc.record({
    field: fc.constantFrom('status', 'minutes', 'serious', 'startedAt'),
    direction: fc.constantFrom('asc' as const, 'desc' as const),
  }),
  { nil: undefined },
);
