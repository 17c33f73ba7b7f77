import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { dueRunner } from '#application/processes/run-due.js';
import type { ProcessName } from '#domain/process/codes.js';
import { listCases } from '#views/processes.js';
import { openSlice, type Slice } from './slice.js';
import { prepareStory, publishCharter } from './slice-story.js';

let slice: Slice;
beforeEach(async () => {
  slice = await openSlice();
  for (const office of ['president', 'director', 'support-lead'])
    await slice.ok('Director', 'POST', `/staff/${slice.staffId}/offices`, { office, from: '2026-01-01' });
});
afterEach(() => slice.close());
const runner = () => dueRunner({ temoin: slice.temoin, time: frenchCivilTime(), onAlarm: () => undefined });
const done = async (process: ProcessName) => {
  await slice.settled();
  const { items } = await listCases({ viewStore: slice.temoin.viewStore }, { process, limit: 200 });
  return items.flatMap((one) => one.done.map(({ step, to }) => ({ step, to })));
};

describe('reminders', () => {
  it('go to whoever stands in for an office that nobody holds [charter:11a-c]', async () => {
    const dismiss = (office: string) =>
      slice.ok('Director', 'POST', `/staff/${slice.staffId}/offices/dismiss`, { office, on: '2026-06-02' });
    await dismiss('support-lead');
    await prepareStory(slice, await publishCharter(slice));
    const run = runner();
    slice.moveTo('2026-06-02T22:00:00.000Z');
    await run();
    expect(await done('consent-lapse')).toMatchObject([{ to: ['SupportLead', 'Director'] }]);
    await dismiss('director');
    const { id } = await slice.ok('President', 'POST', '/incidents', {
      ...{ awareAt: slice.temoin.clock.now(), kinds: ['integrity'], nature: 'Fiche abîmée.' },
      ...{ sessionIds: [], memberIds: [] },
    });
    expect(id).toBeDefined();
    slice.moveTo('2026-06-03T22:00:00.000Z');
    await run();
    expect(await done('breach-notification')).toMatchObject([{ to: ['Director', 'President'] }]);
    const { items } = await slice.ok('Director', 'GET', '/reminders?role=Director');
    expect(items.map(({ process }: { process: string }) => process)).toContain('consent-lapse');
  });
});
