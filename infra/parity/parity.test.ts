import { projectFolder } from '#testing/shared-data.js';
import { differencesOf } from './compare.js';
import { parity } from './parity.js';
import type { Snapshot, SnapshotEvent } from './snapshot.js';

describe('the same scenario on two engines', () => {
  it('leaves the same bytes, the same order and the same views in memory and in files', async () => {
    const engines = ['memory', 'sqlite'] as const;
    const { runs, notRun } = await parity({ seed: 6, commands: 120, engines, root: projectFolder });
    expect(runs.flatMap(({ differences }) => differences)).toEqual([]);
    expect(runs.map(({ engine }) => engine)).toEqual(engines);
    expect(runs[1]?.commandTypes).toBeGreaterThan(25);
    expect(runs[1]?.events).toBeGreaterThan(120);
    expect(notRun).toEqual([]);
  });
});

describe('what compares two runs', () => {
  const event = (stream: string, revision: number, data = '{}'): SnapshotEvent => ({
    stream,
    revision,
    eventId: `${stream}-${revision}`,
    type: 'Noted',
    data,
    metadata: '{}',
  });
  const run: Snapshot = {
    events: [event('a', 0), event('b', 0), event('a', 1)],
    documents: { 'view/list/a': 'x', 'view/list/b': 'y' },
    faults: [],
    answers: ['accepted', 'refused'],
  };
  const seen = (change: Partial<Snapshot>) => differencesOf(run, { ...run, ...change });

  it('finds nothing in the same', () => expect(seen({})).toEqual([]));
  it.each<[string, Partial<Snapshot>, RegExp]>([
    ['one byte', { events: [event('a', 0), event('b', 0, '{ }'), event('a', 1)] }, /^stream b, number 0/],
    ['another order over streams', { events: [event('b', 0), event('a', 0), event('a', 1)] }, /^order, number 0/],
    ['an event too few', { events: [event('a', 0), event('b', 0)] }, /^stream a, number 1/],
    ['a document', { documents: { ...run.documents, 'view/list/b': 'z' } }, /^document view\/list\/b/],
    ['a document too many', { documents: { ...run.documents, c: 'z' } }, /^document c/],
    ['an answer', { answers: ['accepted', 'accepted'] }, /^answer, number 1/],
    ['a rebuild that differs', { faults: ['view: 1 documents differ'] }, /^second: view/],
  ])('finds %s', (_what, change, expected) => expect(seen(change)[0]).toMatch(expected));
});
