import fc from 'fast-check';
import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { event } from '#kernel/define-event.js';
import { type Instant, type LocalDate, toInstant } from '#kernel/time.js';
import { given } from '#testing/given.js';
import { fallbackParameters } from '../charter/parameters.js';
import { calendar } from './calendar.js';
import { ClosureDeclared, ClosureWithdrawn } from './events.js';
import { lastConsultableDay } from './retention.js';
import { slotProblem, slotProblems } from './slot.js';
import { type CalendarState, initialCalendar } from './state.js';

const time = frenchCivilTime();
const at = (text: string): Instant => toInstant(text) as Instant;
const slot = (date: string, from: string, to: string) => ({
  startsAt: time.toInstant(date as LocalDate, from),
  endsAt: time.toInstant(date as LocalDate, to),
});
const problem = (one: ReturnType<typeof slot>, closures: CalendarState = initialCalendar) =>
  slotProblem(one, fallbackParameters, time, closures)?.code;

describe('a slot', () => {
  it('fits wholly between opening and closing time [charter:7.2b]', () => {
    expect(problem(slot('2026-06-02', '16:00', '17:00'))).toBeUndefined();
    expect(problem(slot('2026-06-02', '09:00', '10:00'))).toBeUndefined();
    expect(problem(slot('2026-06-02', '16:15', '17:15'))).toBe('outside-hours');
    expect(problem(slot('2026-06-02', '08:59', '09:30'))).toBe('outside-hours');
    expect(problem({ startsAt: at('2026-06-02T16:30:00+02:00'), endsAt: at('2026-06-02T17:00:00.001+02:00') })).toBe(
      'outside-hours',
    );
  });

  it('lies on an opening day that is no holiday and no closure [charter:7.2b]', () => {
    expect(problem(slot('2026-05-01', '10:00', '11:00'))).toBe('public-holiday');
    expect(problem(slot('2026-06-06', '10:00', '11:00'))).toBe('closed-weekday');
    const closures: CalendarState = {
      closures: [
        {
          closureId: 'a',
          from: '2026-08-03' as LocalDate,
          to: '2026-08-14' as LocalDate,
          label: 'été',
          withdrawn: false,
        },
      ],
    };
    expect(problem(slot('2026-08-03', '10:00', '11:00'), closures)).toBe('closure');
    expect(problem(slot('2026-08-14', '10:00', '11:00'), closures)).toBe('closure');
    expect(problem(slot('2026-08-17', '10:00', '11:00'), closures)).toBeUndefined();
  });

  it('is no longer than a session may be [charter:7.2a]', () => {
    expect(problem(slot('2026-06-02', '10:00', '11:01'))).toBe('too-long');
    expect(problem(slot('2026-06-02', '10:00', '11:00'))).toBeUndefined();
    expect(problem(slot('2026-06-02', '11:00', '11:00'))).toBe('ends-before-start');
    expect(
      slotProblems(slot('2026-06-02', '16:30', '18:00'), fallbackParameters, time, initialCalendar).map((p) => p.rule),
    ).toEqual(['charter:7.2a', 'charter:7.2b']);
  });

  it('begins and ends the same day, midnight included [charter:7.2b]', () => {
    const late = { ...fallbackParameters, opensAt: '09:00', closesAt: '24:00' };
    const untilMidnight = slot('2026-06-02', '23:00', '24:00');
    expect(slotProblem(untilMidnight, late, time, initialCalendar)).toBeUndefined();
    const beyond = { ...untilMidnight, endsAt: at('2026-06-03T00:01:00+02:00') };
    expect(slotProblem(beyond, { ...late, sessionMinutes: 90 }, time, initialCalendar)?.code).toBe('several-days');
  });

  it('keeps the wall clock when the clocks change [charter:7.2b]', () => {
    expect(problem({ startsAt: at('2026-03-27T08:00:00Z'), endsAt: at('2026-03-27T09:00:00Z') })).toBeUndefined();
    expect(problem({ startsAt: at('2026-03-30T07:00:00Z'), endsAt: at('2026-03-30T08:00:00Z') })).toBeUndefined();
    expect(problem({ startsAt: at('2026-03-27T07:00:00Z'), endsAt: at('2026-03-27T08:00:00Z') })).toBe('outside-hours');
  });

  it('is accepted exactly when start, length and day allow it [charter:7.2a] [charter:7.2b]', () => {
    const minute = fc.integer({ min: 0, max: 1380 });
    fc.assert(
      fc.property(
        minute,
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: 364 }),
        (start, length, offset) => {
          const date = time.plusDays('2026-01-01' as LocalDate, offset);
          const clock = (value: number) =>
            `${String(Math.floor(value / 60)).padStart(2, '0')}:${String(value % 60).padStart(2, '0')}`;
          fc.pre(!['2026-03-29', '2026-10-25'].includes(date));
          const open = time.weekday(date) <= 5 && !time.isPublicHoliday(date) && start >= 540 && start + length <= 1020;
          expect(problem(slot(date, clock(start), clock(start + length))) === undefined).toBe(open);
        },
      ),
    );
  });
});

describe('the journal', () => {
  it('is consultable until the anniversary of the day in Paris, 29 February until the 28th [charter:8.1f]', () => {
    expect(lastConsultableDay(at('2028-02-29T11:00:00+01:00'), 12, time)).toBe('2029-02-28');
    expect(lastConsultableDay(at('2026-06-02T23:30:00Z'), 12, time)).toBe('2027-06-03');
  });
});

describe('closures', () => {
  const facts = {
    now: at('2026-06-02T10:00:00+02:00'),
    actor: { staffId: 'lead-1', roles: ['SupportLead' as const] },
    time,
  };
  const data = {
    closureId: 'summer',
    from: '2026-08-03' as LocalDate,
    to: '2026-08-14' as LocalDate,
    label: 'Congés d’été',
  };
  const declared = event(ClosureDeclared, data);
  const declare = { type: 'DeclareClosure' as const, ...data };
  const withdraw = { type: 'WithdrawClosure' as const, closureId: 'summer' };

  it('are declared from a day to another, once [charter:7.2b]', () => {
    given(calendar).when(declare, facts).then([declared]);
    given(calendar, declared).when(declare, facts).then([]);
    given(calendar, declared)
      .when({ ...declare, label: 'Autre' }, facts)
      .then({ code: 'closure-exists', rule: 'charter:7.2b' });
    given(calendar)
      .when({ ...declare, to: '2026-08-02' as LocalDate }, facts)
      .then({ code: 'dates-reversed' });
  });

  it('never change the days gone by [charter:7.2b]', () => {
    given(calendar)
      .when({ ...declare, from: '2026-06-01' as LocalDate }, facts)
      .then({ code: 'closure-retroactive' });
    const later = { ...facts, now: at('2026-08-20T10:00:00+02:00') };
    given(calendar, declared).when(withdraw, later).then({ code: 'closure-retroactive' });
  });

  it('are withdrawn once, and only when they exist [charter:7.2b]', () => {
    given(calendar, declared)
      .when(withdraw, facts)
      .then([event(ClosureWithdrawn, { closureId: 'summer' })]);
    given(calendar, declared, event(ClosureWithdrawn, { closureId: 'summer' }))
      .when(withdraw, facts)
      .then([]);
    given(calendar).when(withdraw, facts).then({ code: 'closure-unknown', rule: 'charter:7.2b' });
  });

  it('carry no personal data, for their label is never erased [charter:3.3a]', () => {
    given(calendar)
      .when({ ...declare, label: 'Congés de M. Dupont' }, facts)
      .then({ code: 'plain-field-personal-data', rule: 'charter:3.3a' });
  });
});
