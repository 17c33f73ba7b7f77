import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { dueRunner } from '#application/processes/run-due.js';
import type { Alarm } from '#application/temoin.js';
import { listLetters } from '#views/letters.js';
import { openSlice, type Slice } from './slice.js';
import { tellStory } from './slice-story.js';

const time = frenchCivilTime();
let slice: Slice;
let alarms: Alarm[];
const runner = () => dueRunner({ temoin: slice.temoin, time, onAlarm: (alarm) => alarms.push(alarm) });
const templates = async () =>
  (await listLetters({ viewStore: slice.temoin.viewStore }, { limit: 200 })).items
    .map(({ template }) => template)
    .sort();
beforeEach(async () => {
  alarms = [];
  slice = await openSlice();
});
afterEach(() => slice.close());

describe('processes', () => {
  it('write what an event asks for, once, whoever runs them and however often [charter:X.1-3] [charter:3.1b]', async () => {
    await tellStory(slice);
    const run = runner();
    const first = await run();
    expect(first.done).toBeGreaterThan(1);
    await slice.settled();
    expect(await templates()).toEqual(['consent-receipt', 'preparation']);
    expect(await run()).toMatchObject({ done: 0, parked: 0 });
    expect(await runner()()).toMatchObject({ done: 0, parked: 0 });
    await slice.temoin.rebuild('processes');
    await slice.temoin.rebuild('letters');
    expect(await runner()()).toMatchObject({ done: 0, parked: 0 });
    expect(await templates()).toEqual(['consent-receipt', 'preparation']);
    expect(alarms).toEqual([]);
  });
});
