import type { LocalDate } from '#kernel/time.js';
import { retentionCalendar } from '#views/retention-queries.js';
import { planRetention } from './plan-retention.js';
import { openStory, time } from './retention-story.test-data.js';
import { runRetention } from './run-retention.js';

const day = (text: string) => text as LocalDate;
const steps = ['condemn', 'carry-out', 'complete'] as const;

describe('a retention run', () => {
  it('takes on 1 March 2029 what ended on 29 February 2028, and not a day earlier [charter:8.1f]', async () => {
    const story = await openStory('2029-02-28T22:30:00.000Z');
    await story.session('m1', 'r1.1', '2028-02-29T15:00:00.000Z');
    const early = await runRetention(story.options(), day('2029-02-28'));
    expect(early).toMatchObject({ due: 0, destroyed: 0 });
    expect(await story.opens('session-r1.1')).toBe('present');
    story.moveTo('2029-02-28T23:00:01.000Z');
    const report = await runRetention(story.options(), day('2029-03-01'));
    expect(report).toMatchObject({ due: 2, destroyed: 2, held: 0, failed: 0, repeated: false });
    expect([await story.opens('session-r1.1'), await story.opens('request-r1')]).toEqual(['erased', 'erased']);
    await story.temoin.close();
  });

  it('goes by the charter version of the consent [charter:8.1f]', async () => {
    const story = await openStory('2026-12-03T01:00:00.000Z');
    await story.session('m1', 'r1.1', '2026-06-02T14:00:00.000Z', 'v6');
    await story.session('m1', 'r2.1', '2026-06-02T14:00:00.000Z', 'v1');
    await runRetention(story.options(), day('2026-12-03'));
    expect([await story.opens('session-r1.1'), await story.opens('session-r2.1')]).toEqual(['erased', 'present']);
    await story.temoin.close();
  });

  it('leaves what is held, takes the rest, and counts both [charter:4.4c]', async () => {
    const story = await openStory('2027-06-03T01:00:00.000Z');
    await story.session('m1', 'r1.1', '2026-06-02T14:00:00.000Z');
    await story.session('m2', 'r2.1', '2026-06-02T14:00:00.000Z');
    await story.hold('m1', 'm1/session:r1.1');
    const report = await runRetention(story.options(), day('2027-06-03'));
    expect(report).toMatchObject({ due: 4, destroyed: 3, held: 1, failed: 0 });
    expect([await story.opens('session-r1.1'), await story.opens('session-r2.1')]).toEqual(['present', 'erased']);
    expect(await story.runs()).toMatchObject([{ runId: 'retention-2027-06-03', due: 4, destroyed: 3, held: 1 }]);
    await story.temoin.close();
  });

  it('respects a hold that comes while it runs', async () => {
    const story = await openStory('2027-06-03T01:00:00.000Z');
    await story.session('m1', 'r1.1', '2026-06-02T14:00:00.000Z');
    const onStep = async (step: string) => {
      if (step === 'condemn') await story.hold('m1', 'm1/session:r1.1');
    };
    const report = await runRetention(story.options({ onStep }), day('2027-06-03'));
    expect(report).toMatchObject({ due: 2, destroyed: 1, held: 1 });
    expect(await story.opens('session-r1.1')).toBe('present');
    await story.temoin.close();
  });

  it('twice changes nothing; late takes all that became due meanwhile', async () => {
    const story = await openStory('2027-06-10T01:00:00.000Z');
    for (const date of [2, 3, 4, 5]) await story.session('m1', `r${date}.1`, `2026-06-0${date}T14:00:00.000Z`);
    expect(await runRetention(story.options(), day('2027-06-10'))).toMatchObject({ destroyed: 8 });
    const head = await story.temoin.eventStore.head();
    expect(await runRetention(story.options(), day('2027-06-10'))).toMatchObject({ repeated: true });
    expect(await story.temoin.eventStore.head()).toBe(head);
    expect(await runRetention(story.options(), day('2027-06-09'))).toMatchObject({ due: 0, repeated: false });
    await story.temoin.close();
  });

  it('never runs for a day to come', async () => {
    const story = await openStory('2027-06-02T21:59:59.000Z');
    await expect(runRetention(story.options(), day('2027-06-03'))).rejects.toMatchObject({ code: 'day-to-come' });
    await story.temoin.close();
  });

  it.each(steps.flatMap((step) => [1, 2].map((time) => [step, time] as const)))(
    'that dies before « %s » (time %i) is finished by the next, with the same numbers',
    async (step, nth) => {
      const story = await openStory('2027-06-03T01:00:00.000Z');
      for (const member of ['m1', 'm2', 'm3']) await story.session(member, `r${member}.1`, '2026-06-02T14:00:00.000Z');
      await story.hold('m2', 'm2/session:rm2.1');
      let seen = 0;
      const onStep = async (now: string) => {
        if (now === step) seen += 1;
        if (now === step && seen === nth) throw new Error('killed');
      };
      const first = runRetention(story.options({ onStep }), day('2027-06-03'));
      if (step === 'complete' && nth === 2) await first;
      else await expect(first).rejects.toThrow('killed');
      await runRetention(story.options(), day('2027-06-03'));
      expect(await story.runs()).toMatchObject([{ due: 6, destroyed: 5, held: 1, failed: 0, members: 3 }]);
      expect(await story.opens('session-rm2.1')).toBe('present');
      expect(await story.opens('session-rm3.1')).toBe('erased');
      await story.temoin.close();
    },
  );

  it('dry says the same and changes nothing', async () => {
    const story = await openStory('2027-06-01T01:00:00.000Z');
    await story.session('m1', 'r1.1', '2026-06-02T14:00:00.000Z');
    await story.hold('m1', 'm1/session:r1.1');
    const head = await story.temoin.eventStore.head();
    await story.temoin.waitFor('retention', head ?? '', 600_000);
    const plan = await planRetention(story.temoin, time, day('2027-06-03'));
    expect(plan.map(({ cell, standing }) => [cell, standing])).toEqual([
      ['m1/request:r1', 'free'],
      ['m1/session:r1.1', 'held'],
    ]);
    expect(await planRetention(story.temoin, time, day('2027-06-02'))).toEqual([]);
    expect(await story.temoin.eventStore.head()).toBe(head);
    await story.temoin.close();
  });
});

describe('the retention calendar', () => {
  it('shows what leaves this month, what is overdue, and why something stays [charter:4.4c]', async () => {
    const story = await openStory('2027-06-05T08:00:00.000Z');
    await story.session('m1', 'r1.1', '2026-06-02T14:00:00.000Z');
    await story.session('m2', 'r2.1', '2026-06-20T14:00:00.000Z');
    await story.session('m3', 'r3.1', '2026-07-20T14:00:00.000Z');
    await story.hold('m1', 'm1/session:r1.1');
    const head = await story.temoin.eventStore.head();
    await story.temoin.waitFor('retention', head ?? '', 600_000);
    const now = story.temoin.clock.now();
    const { items, until } = await retentionCalendar({ viewStore: story.temoin.viewStore, now });
    expect(until).toBe('2027-06-30');
    expect(items.filter(({ kind }) => kind === 'session')).toMatchObject([
      { id: 'r1.1', purgeDay: '2027-06-03', state: 'held', hold: { ground: 'complaint' } },
      { id: 'r2.1', lastConsultableDay: '2027-06-20', purgeDay: '2027-06-21', state: 'leaves' },
    ]);
    await runRetention(story.options(), day('2027-06-05'));
    await story.temoin.waitFor('retention', (await story.temoin.eventStore.head()) ?? '', 5000);
    const after = await retentionCalendar({ viewStore: story.temoin.viewStore, now });
    expect(after.items.filter(({ state }) => state === 'overdue')).toEqual([]);
    await story.temoin.close();
  });
});
