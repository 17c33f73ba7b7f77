import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { dueRunner } from '#application/processes/run-due.js';
import type { Alarm } from '#application/temoin.js';
import { openSlice, type Slice } from './slice.js';
import { type Story, tellStory } from './slice-story.js';

const time = frenchCivilTime();
let slice: Slice;
let story: Story;
let alarms: Alarm[];
let run: ReturnType<typeof dueRunner>;
const remindersOf = async (role: 'Director' | 'President' | 'SupportLead' | 'Technician') => {
  await slice.settled();
  const { items } = await slice.ok(role, 'GET', `/reminders?role=${role}`);
  return items.map(
    ({ process, step, settled }: Record<string, unknown>) => `${process} ${step}${settled ? ' (fait)' : ''}`,
  );
};

beforeEach(async () => {
  alarms = [];
  slice = await openSlice();
  story = await tellStory(slice);
  run = dueRunner({ temoin: slice.temoin, time, onAlarm: (alarm) => alarms.push(alarm) });
});
afterEach(() => slice.close());

describe('reminders', () => {
  it('of a deviation that nobody has looked at come after five working days, closing days not counted', async () => {
    const action = {
      category: 'other',
      riskClass: 'none',
      alreadyDone: true,
      outOfScope: true,
      description: 'Un réglage.',
    };
    await slice.ok('Technician', 'POST', `/sessions/${story.sessionId}/actions`, action);
    await run();
    // from Tuesday 2 June five working days end on Tuesday 9 June; with one closing day, on Wednesday 10 June
    await slice.ok('Administrator', 'POST', '/closures', { from: '2026-06-08', to: '2026-06-08', label: 'Pont' });
    await slice.settled();
    slice.moveTo('2026-06-10T08:00:00.000Z');
    await run();
    expect(await remindersOf('SupportLead')).not.toContain('deviation-review overdue');
    slice.moveTo('2026-06-11T08:00:00.000Z');
    await run();
    expect(await remindersOf('SupportLead')).toContain('deviation-review overdue');
    const { items } = await slice.ok('SupportLead', 'GET', '/deviations');
    for (const { deviationId } of items)
      await slice.ok('SupportLead', 'POST', `/sessions/${story.sessionId}/deviations/${deviationId}/review`, {
        comment: 'Vu avec le bénévole.',
      });
    expect(await remindersOf('SupportLead')).toContain('deviation-review overdue (fait)');
    expect(alarms).toEqual([]);
  });

  it('of a temporary password come after three days, once, unless it was changed [charter:5.1b]', async () => {
    const used = { method: 'temporary-password', changeAdvised: true };
    const first = await slice.ok('Technician', 'POST', `/sessions/${story.sessionId}/credentials`, used);
    await slice.ok('Technician', 'POST', `/sessions/${story.sessionId}/credentials`, used);
    await slice.ok('Technician', 'POST', `/sessions/${story.sessionId}/credentials/${first.id}/changed`);
    slice.moveTo('2026-06-05T07:00:00.000Z');
    await run();
    slice.moveTo('2026-06-09T07:00:00.000Z');
    await run();
    const found = (await remindersOf('SupportLead')).filter((one: string) => one.startsWith('credential'));
    expect(found).toEqual(['credential remind']);
  });

  it('are read by those they are for, and by nobody else', async () => {
    const answer = await slice.send('GET', '/api/v1/reminders?role=President', undefined, { as: 'SupportLead' });
    expect([answer.status, answer.body.code]).toEqual([403, 'role-missing']);
  });
});
