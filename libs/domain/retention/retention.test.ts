import fc from 'fast-check';
import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { event } from '#kernel/define-event.js';
import { fromEpochMilliseconds, type Instant, type LocalDate, toInstant } from '#kernel/time.js';
import { given } from '#testing/given.js';
import type { Role } from '../shared/facts.js';
import type { CompleteRetentionRun } from './commands.js';
import { cellOfKept, dueOn, type Kept, lastDayOf } from './due.js';
import { RetentionRunCompleted } from './events.js';
import { retention } from './retention.js';
import { runIdOf } from './state.js';

const time = frenchCivilTime();
const now = '2026-06-03T00:30:00.000Z' as Instant;
const facts = (staffId = 'system', roles: readonly Role[] = []) => ({ now, actor: { staffId, roles }, time });
const complete = (day = '2026-06-03'): CompleteRetentionRun => ({
  type: 'CompleteRetentionRun',
  runId: runIdOf(day as LocalDate),
  day: day as LocalDate,
  startedAt: now,
  due: 3,
  destroyed: 2,
  held: 1,
  failed: 0,
  members: 2,
  accessLogFrom: '2025-06-02T22:00:00.000Z' as Instant,
});
const completed = (day?: string) => {
  const { type: _, ...data } = complete(day);
  return event(RetentionRunCompleted, { ...data, completedAt: now });
};

const session = (endedAt: string | undefined, change: Partial<Kept> = {}): Kept => ({
  kind: 'session',
  id: 'r1.1',
  memberId: 'm1',
  endedAt: endedAt === undefined ? undefined : toInstant(endedAt),
  months: 12,
  sessions: [],
  ...change,
});
const isDue = (one: Kept, day: string) => dueOn([one], day as LocalDate, time).length === 1;

describe('a retention run', () => {
  it('leaves its numbers, once for each day [charter:4.4c]', () => {
    given(retention).when(complete(), facts()).then([completed()]);
    given(retention, completed()).when(complete(), facts()).then([]);
    given(retention, completed('2026-06-02')).when(complete(), facts()).then([completed()]);
  });

  it('is late or manual as well, never early [charter:8.1f]', () => {
    given(retention)
      .when(complete('2026-05-20'), facts('a1', ['Administrator']))
      .then([completed('2026-05-20')]);
    given(retention).when(complete('2026-06-04'), facts()).then({ code: 'retention-day-to-come' });
    given(retention)
      .when(complete(), facts('t1', ['Technician', 'SupportLead']))
      .then({ code: 'retention-not-yours' });
  });
});

describe('the period of a session', () => {
  it('is one year to the day, until midnight in Paris; the run of the night after takes it [charter:8.1f]', () => {
    const one = session('2026-06-02T16:00:00+02:00');
    expect(lastDayOf(one, time)).toBe('2027-06-02');
    expect([isDue(one, '2027-06-02'), isDue(one, '2027-06-03'), isDue(one, '2027-06-10')]).toEqual([false, true, true]);
  });

  it('from 29 February ends on 28 February [charter:8.1f]', () => {
    const one = session('2028-02-29T10:00:00+01:00');
    expect(lastDayOf(one, time)).toBe('2029-02-28');
    expect([isDue(one, '2029-02-28'), isDue(one, '2029-03-01')]).toEqual([false, true]);
  });

  it('counts from the day in Paris, not in UTC', () => {
    expect(lastDayOf(session('2026-06-02T23:30:00+00:00'), time)).toBe('2027-06-03');
  });

  it('follows the charter version of the consent', () => {
    expect(lastDayOf(session('2026-06-02T16:00:00+02:00', { months: 6 }), time)).toBe('2026-12-02');
  });

  it('has not begun while the session is under way', () => {
    expect(isDue(session(undefined), '2099-01-01')).toBe(false);
  });

  it('keeps the request until the last session that came of it', () => {
    const first = session('2026-01-05T10:00:00+01:00', { id: 'r1.1' });
    const second = session('2026-04-07T10:00:00+02:00', { id: 'r1.2' });
    const request = session('2026-01-02T10:00:00+01:00', { kind: 'request', id: 'r1', sessions: ['r1.1', 'r1.2'] });
    const dueThen = (day: string) => dueOn([first, second, request], day as LocalDate, time).map(cellOfKept);
    expect(dueThen('2027-01-06')).toEqual(['m1/session:r1.1']);
    expect(dueThen('2027-04-08')).toEqual(['m1/session:r1.1', 'm1/session:r1.2', 'm1/request:r1']);
  });
});

describe('what is due', () => {
  const instant = fc
    .integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2030, 0, 1) })
    .map((milliseconds) => fromEpochMilliseconds(milliseconds));
  const kept = fc.array(
    fc.record({ endedAt: fc.option(instant, { nil: undefined }), months: fc.integer({ min: 1, max: 36 }) }),
    { maxLength: 12 },
  );
  const list = kept.map((all) => all.map((one, index) => ({ ...session(undefined), ...one, id: `r${index}.1` })));
  const day = instant.map((one) => time.toLocal(one).date);

  it('stays due on every later day, and nothing is due on its last day', () => {
    fc.assert(
      fc.property(list, day, fc.integer({ min: 0, max: 400 }), (all, on, later) => {
        const due = dueOn(all, on, time);
        const after = dueOn(all, time.plusDays(on, later), time);
        for (const one of due) expect(after).toContain(one);
        for (const one of due) expect(dueOn([one], lastDayOf(one, time) ?? on, time)).toEqual([]);
      }),
    );
  });
});
