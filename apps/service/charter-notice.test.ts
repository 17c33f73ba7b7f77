import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { dueRunner } from '#application/processes/run-due.js';
import type { Alarm } from '#application/temoin.js';
import { projectFolder } from '#testing/shared-data.js';
import { listLetters } from '#views/letters.js';
import { listCases } from '#views/processes.js';
import { openSlice, type Slice } from './slice.js';
import { tellStory } from './slice-story.js';

const time = frenchCivilTime();
let slice: Slice;
let alarms: Alarm[];
beforeEach(async () => {
  alarms = [];
  slice = await openSlice();
});
afterEach(() => slice.close());

describe('a new charter', () => {
  it('is told to every member, once each, and asks for new undertakings when it begins [charter:10.2] [charter:5.2]', async () => {
    await tellStory(slice);
    const run = dueRunner({ temoin: slice.temoin, time, onAlarm: (alarm) => alarms.push(alarm) });
    await run();
    const text = await readFile(join(projectFolder, 'infra', 'demo', 'charte-exemple.txt'), 'utf8');
    const body = { effectiveFrom: '2026-07-01', text: `${text}\n`, changeSummary: 'Rien d’autre que la date.' };
    const first = await slice.send('POST', '/api/v1/charter/versions', body, { as: 'Director' });
    const acceptedMissing = (first.body.errors ?? []).map((one: { pointer: string }) => one.pointer.split('/').pop());
    const { id } =
      first.status === 201
        ? first.body
        : await slice.ok('Director', 'POST', '/charter/versions', { ...body, acceptedMissing });
    await run();
    await dueRunner({ temoin: slice.temoin, time, onAlarm: (alarm) => alarms.push(alarm) })();
    await slice.settled();
    const told = await listLetters({ viewStore: slice.temoin.viewStore }, { template: 'charter-change' });
    expect(told.items).toHaveLength(1);
    slice.moveTo('2026-07-01T07:00:00.000Z');
    await run();
    const { items } = await listCases({ viewStore: slice.temoin.viewStore }, { process: 'charter-notice' });
    expect(items.find(({ caseId }) => caseId === id)?.done.map(({ result }) => result)).toEqual(['letter', 'reminder']);
  });
});
