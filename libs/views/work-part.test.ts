import fc from 'fast-check';
import { memoryViewStore } from '#adapters/view-store-memory/view-store-memory.js';
import type { Position } from '#ports/event-store/event-store.js';
import { collection } from './change.js';
import type { ViewDefinition } from './view.js';
import { partsWithout } from './work-part.js';

const view: ViewDefinition = {
  schema: {
    name: 'work',
    version: 1,
    collections: [collection('lines', { memberId: 'text', at: 'number', state: 'text' }, [['at']])],
  },
  streamPrefixes: [],
  changes: () => [],
};
const query = {
  collection: 'lines',
  where: [{ field: 'state', op: 'eq' as const, value: 'open' }],
  orderBy: { field: 'at', direction: 'asc' as const },
};

describe('a part of the work list', () => {
  it('is the first lines of the members who are not hidden, and every line is counted once [charter:4.3]', async () => {
    const line = fc.record({
      memberId: fc.constantFrom('m1', 'm2', 'm3', 'm4'),
      state: fc.constantFrom('open', 'open', 'done'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 600 }),
        fc.uniqueArray(fc.constantFrom('m1', 'm2', 'm3', 'm4')),
        fc.integer({ min: 1, max: 50 }),
        async (lines, hidden, limit) => {
          const store = memoryViewStore();
          await store.prepare(view.schema);
          const position = '1' as Position;
          const documents = lines.map((one, at) => ({ ...one, at }));
          const writes = documents.map((document) => ({
            collection: 'lines',
            id: `d${document.at}`,
            document,
            position,
          }));
          if (writes.length > 0) await store.apply(view.schema, { writes, checkpoint: position });
          const part = await partsWithout(store, new Set(hidden), limit)<(typeof documents)[number]>(view, query);
          const open = documents.filter(({ state }) => state === 'open');
          const shown = open.filter(({ memberId }) => !hidden.includes(memberId));
          expect(part.items.map(({ at }) => at)).toEqual(shown.slice(0, limit).map(({ at }) => at));
          expect([part.total, part.hidden]).toEqual([shown.length, open.length - shown.length]);
        },
      ),
      { numRuns: 60 },
    );
  });
});
