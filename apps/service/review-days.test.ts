import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { dueRunner } from '#application/processes/run-due.js';
import { openSlice } from './slice.js';
import { tellStory } from './slice-story.js';

/** An afternoon session typed in two days later: deviations without waiting for anything. */
async function flagLate(reviewDays: number) {
  const slice = await openSlice({ clocks: { deviationReviewWorkingDays: reviewDays } });
  const { memberId, technicianId } = await tellStory(slice);
  slice.moveTo('2026-06-05T08:00:00.000Z');
  await slice.ok('Technician', 'POST', '/sessions', {
    ...{ memberId, technicianId, startedAt: '2026-06-03T14:00:00+02:00', endedAt: '2026-06-03T14:30:00+02:00' },
    ...{ problem: 'Écran noir.', reason: 'other', memberPresent: 'yes', linkEncrypted: 'yes' },
  });
  await slice.settled();
  return slice;
}

describe('the days for a comment on a deviation, set by the association', () => {
  it.each([
    [5, '2026-06-12', '2026-06-15T07:01:00.000Z'],
    [2, '2026-06-09', '2026-06-10T07:01:00.000Z'],
    [10, '2026-06-19', '2026-06-22T07:01:00.000Z'],
  ])(
    '%s working days end on %s in the list and in the deadlines, and the reminder goes at %s',
    async (days, last, at) => {
      const slice = await flagLate(days);
      const run = dueRunner({ temoin: slice.temoin, time: frenchCivilTime(), onAlarm: () => undefined });
      const { items } = await slice.ok('Director', 'GET', '/deviations');
      expect(items.length).toBeGreaterThan(0);
      for (const one of items) expect(one).toMatchObject({ dueOn: last });
      const due = await slice.ok('Director', 'GET', '/deadlines?kind=deviation');
      for (const one of due.items)
        expect(one).toMatchObject({ lastDay: last, derivation: expect.stringContaining(`${days} jours ouvrables`) });
      const overdue = async (moment: string) => {
        slice.moveTo(moment);
        await run();
        await slice.settled();
        const cases = (await slice.ok('Director', 'GET', '/processes?process=deviation-review')).items;
        return cases
          .flatMap(({ done }: { done: { step: string }[] }) => done)
          .filter(({ step }: { step: string }) => step === 'overdue').length;
      };
      expect(await overdue(`${last}T20:00:00.000Z`)).toBe(0);
      expect(await overdue(at)).toBe(items.length);
      await slice.close();
    },
  );
});
