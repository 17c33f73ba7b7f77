import fc from 'fast-check';
import { fromEpochMilliseconds, plusMilliseconds, toEpochMilliseconds } from '#kernel/time.js';
import { notificationSteps } from './process-incidents.js';

const HOUR = 3_600_000;
/** Years with every change of the clocks, weekends and holidays. */
const awareness = fc
  .integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2032, 0, 1) })
  .map((milliseconds) => fromEpochMilliseconds(milliseconds));

describe('reminders of a breach', () => {
  it('come at 24, 48, 66 and 72 running hours, whatever the day: nothing shifts them', () => {
    fc.assert(
      fc.property(awareness, (awareAt) => {
        const steps = notificationSteps(awareAt, plusMilliseconds(awareAt, 72 * HOUR), awareAt);
        const hours = steps.map(({ dueAt }) => (toEpochMilliseconds(dueAt) - toEpochMilliseconds(awareAt)) / HOUR);
        expect(hours).toEqual([24, 48, 66, 72]);
      }),
    );
  });

  it('stay within hours that the law set otherwise', () => {
    const awareAt = fromEpochMilliseconds(Date.UTC(2026, 5, 5, 16));
    const hoursOf = (count: number) =>
      notificationSteps(awareAt, plusMilliseconds(awareAt, count * HOUR), awareAt).map(
        ({ dueAt }) => (toEpochMilliseconds(dueAt) - toEpochMilliseconds(awareAt)) / HOUR,
      );
    expect([hoursOf(96), hoursOf(48), hoursOf(5)]).toEqual([[24, 48, 90, 96], [24, 42, 48], [5]]);
  });

  it('of an incident written down late: the last word that is past, and all that are to come', () => {
    fc.assert(
      fc.property(awareness, fc.integer({ min: 0, max: 200 * HOUR }), (awareAt, after) => {
        const recordedAt = plusMilliseconds(awareAt, after);
        const steps = notificationSteps(awareAt, plusMilliseconds(awareAt, 72 * HOUR), recordedAt);
        expect(steps.filter(({ dueAt }) => dueAt <= recordedAt).length).toBe(after < 24 * HOUR ? 0 : 1);
        expect(steps.at(-1)?.step).toBe('escalate');
        expect(new Set(steps.map(({ step }) => step)).size).toBe(steps.length);
      }),
    );
  });
});
