import fc from 'fast-check';
import { type ViewStore } from '#ports/view-store/view-store.js';
import { give, note, openVisit } from '#testing/give-visit.js';
import { openMemoryTemoin } from '#testing/open-memory-temoin.js';
import { visit, visitsView } from '#testing/visit.js';
import type { Temoin } from '../temoin.js';

const running: Temoin[] = [];
const opened = async (given: Parameters<typeof openMemoryTemoin>[0] = {}): Promise<Temoin> => {
  const temoin = await openMemoryTemoin(given);
  running.push(temoin);
  return temoin;
};
afterEach(async () => {
  for (const temoin of running.splice(0)) await temoin.close();
});

const get = (temoin: Temoin, collection: string, id: string, view = visitsView) =>
  temoin.viewStore.get(view.schema, collection, id);

async function documentsOf(viewStore: ViewStore, view = visitsView): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const { name } of view.schema.collections)
    for await (const { id, document } of viewStore.scan(view.schema, name)) found[`${name}/${id}`] = document;
  return found;
}

describe('a rebuild', () => {
  it('finds no difference, reports its progress, and the view goes on afterwards', async () => {
    const temoin = await opened();
    for (let n = 0; n < 10; n += 1) await give(temoin, `s${n}`, openVisit(`m${n}`));
    await temoin.waitFor('visits', await give(temoin, 's1', note('a')), 1000);
    const before = await documentsOf(temoin.viewStore);
    const seen: number[] = [];
    const report = await temoin.rebuild('visits', ({ events }) => seen.push(events));
    expect(report).toMatchObject({ view: 'visits', events: 11, documents: 20, differences: [], parked: [] });
    expect(seen.at(-1)).toBe(11);
    expect(await documentsOf(temoin.viewStore)).toEqual(before);
    expect(await temoin.waitFor('visits', await give(temoin, 's1', note('b')), 1000)).toBe(true);
    expect(await get(temoin, 'visits', 's1')).toMatchObject({ notes: 2 });
  });

  it('names the documents that had gone wrong and mends them', async () => {
    const temoin = await opened();
    const position = await give(temoin, 's1', openVisit());
    await temoin.waitFor('visits', position, 600_000);
    const checkpoint = `${position.slice(0, -1)}9` as typeof position & Parameters<ViewStore['apply']>[1]['checkpoint'];
    const writes = [{ collection: 'visits', id: 's1', document: { notes: 99 }, position: checkpoint }];
    await temoin.close();
    await temoin.viewStore.apply(visitsView.schema, { writes, checkpoint });
    const again = await opened({ eventStore: temoin.eventStore, viewStore: temoin.viewStore, project: false });
    const report = await again.rebuild('visits');
    expect(report.differences).toEqual([{ collection: 'visits', id: 's1', kind: 'changed' }]);
    expect(await get(again, 'visits', 's1')).toMatchObject({ notes: 0 });
  });

  it('while commands come in loses none of them', async () => {
    const temoin = await opened();
    await give(temoin, 's1', openVisit());
    let writing = true;
    let written = 0;
    const writer = (async () => {
      let last = '';
      while (writing) {
        last = await give(temoin, 's1', note(`n${written}`));
        written += 1;
        await new Promise((resolve) => setImmediate(resolve));
      }
      return last;
    })();
    for (let n = 0; n < 5; n += 1) {
      const before = written;
      while (written < before + 3) await new Promise((resolve) => setTimeout(resolve, 5));
      expect((await temoin.rebuild('visits')).differences).toEqual([]);
    }
    writing = false;
    expect(await temoin.waitFor('visits', await writer, 600_000)).toBe(true);
    const { notes } = await temoin.reader.state(visit.aggregate, 's1');
    expect(notes).toBe(written);
    expect(notes).toBeGreaterThanOrEqual(15);
    expect(await get(temoin, 'visits', 's1')).toMatchObject({ notes });
  });

  it('gives the same view for any history', async () => {
    const history = fc.array(fc.tuple(fc.nat(3), fc.array(fc.constant('x'), { minLength: 1, maxLength: 4 })), {
      maxLength: 15,
    });
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        const temoin = await openMemoryTemoin();
        for (let n = 0; n < 4; n += 1) await give(temoin, `s${n}`, openVisit(`m${n % 2}`));
        let last = '';
        for (const [session, notes] of steps) last = await give(temoin, `s${session}`, note(...notes));
        await temoin.waitFor('visits', last, 600_000);
        const report = await temoin.rebuild('visits');
        await temoin.close();
        expect(report.differences).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });
});
