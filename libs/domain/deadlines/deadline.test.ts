import fc from 'fast-check';
import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { fallbackParameters } from '#domain/charter/parameters.js';
import { fromEpochMilliseconds, type Instant, type LocalDate, toInstant } from '#kernel/time.js';
import type { ClockCode } from './clock-rule.js';
import { clockCodes, clockRule } from './clocks.js';
import { type DeadlineCalendar, deadline, derivationLine, isNonWorking } from './deadline.js';

const civilTime = frenchCivilTime();
const calendar: DeadlineCalendar = { civilTime, isClosed: () => false };
const run = (code: ClockCode, startsAt: string, days = calendar) =>
  deadline(clockRule(code, fallbackParameters), toInstant(startsAt) as Instant, days);

describe('the window for a prompt complaint', () => {
  it.each([
    ['2026-06-02T16:00:00+02:00', '2026-06-10'],
    ['2026-06-05T16:00:00+02:00', '2026-06-15'],
    ['2026-05-06T16:00:00+02:00', '2026-05-15'],
    ['2026-12-17T16:00:00+01:00', '2026-12-28'],
  ])('of a session ended %s has %s as its last day [charter:9.1]', (end, lastDay) => {
    const found = run('prompt-complaint', end);
    expect(found.lastDay).toBe(lastDay);
    expect(found.endsAt).toBe(civilTime.toInstant(lastDay as LocalDate, '24:00'));
  });

  it('explains itself step by step', () => {
    expect(derivationLine(run('prompt-complaint', '2026-06-05T16:00:00+02:00'))).toBe(
      '8 jours à compter du lendemain du vendredi 5 juin → samedi 13 juin, non ouvrable → lundi 15 juin 2026, 24 h',
    );
  });

  it('names the holiday behind a weekend', () => {
    expect(run('prompt-complaint', '2026-05-15T16:00:00+02:00').derivation.slice(1)).toEqual([
      'samedi 23 mai, non ouvrable',
      'lundi 25 mai, jour férié',
      'mardi 26 mai 2026, 24 h',
    ]);
  });

  it('moves past a closing day and says so', () => {
    const closed = { civilTime, isClosed: (date: LocalDate) => date === '2026-06-10' };
    const found = run('prompt-complaint', '2026-06-02T16:00:00+02:00', closed);
    expect(found.lastDay).toBe('2026-06-11');
    expect(found.derivation).toContain('mercredi 10 juin, jour de fermeture');
  });
});

describe('clocks of date to date', () => {
  it.each([
    ['rights-answer', '2026-01-31T10:00:00+01:00', '2026-03-02'],
    ['rights-answer', '2026-09-05T10:00:00+02:00', '2026-10-05'],
    ['formal-complaint', '2028-02-29T10:00:00+01:00', '2029-02-28'],
    ['journal-retention', '2028-02-29T10:00:00+01:00', '2029-02-28'],
  ] as const)('%s from %s ends on %s [charter:9.3]', (code, start, lastDay) => {
    expect(run(code, start).lastDay).toBe(lastDay);
  });

  it('says when the month is too short', () => {
    expect(derivationLine(run('journal-retention', '2028-02-29T10:00:00+01:00'))).toBe(
      '1 an, de date à date, à compter du mardi 29 février → mercredi 28 février 2029, 24 h (dernier jour du mois)',
    );
  });
});

describe('clocks of running time', () => {
  it('let weekends and holidays pass: 72 hours from Friday 18:00 end Monday 18:00', () => {
    const found = run('breach-notification', '2026-06-05T18:00:00+02:00');
    expect(found.endsAt).toBe('2026-06-08T16:00:00.000Z');
    expect(found.lastDay).toBeUndefined();
  });

  it('run through the change to summer time without losing an hour', () => {
    const found = run('breach-notification', '2026-03-27T18:00:00+01:00');
    expect(found.derivation.at(-1)).toBe('lundi 30 mars 2026, 19 h');
  });
});

describe('clocks of working days', () => {
  it('skip the weekend and the holiday: 5 working days from Wednesday 6 May 2026', () => {
    expect(run('deviation-review', '2026-05-06T12:00:00+02:00').lastDay).toBe('2026-05-15');
  });
});

describe('every clock', () => {
  const start = fc
    .integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2035, 0, 1) })
    .map((milliseconds) => fromEpochMilliseconds(milliseconds));
  const closures = fc
    .uniqueArray(fc.integer({ min: 0, max: 400 }), { maxLength: 20 })
    .map((offsets): DeadlineCalendar => {
      const closed = new Set(offsets.map((offset) => offset % 365));
      const dayOfYear = (date: LocalDate) =>
        Math.round((Date.parse(`${date}T00:00:00Z`) - Date.parse(`${date.slice(0, 4)}-01-01T00:00:00Z`)) / 86_400_000);
      return { civilTime, isClosed: (date) => closed.has(dayOfYear(date)) };
    });
  const code = fc.constantFrom(...clockCodes);

  it('ends after its start, and never on a closed day where the rule shifts', () => {
    fc.assert(
      fc.property(code, start, closures, (one, at, days) => {
        const rule = clockRule(one, fallbackParameters);
        const found = deadline(rule, at, days);
        expect(found.endsAt > at).toBe(true);
        if (rule.shifts && found.lastDay) expect(isNonWorking(found.lastDay, days)).toBe(false);
      }),
    );
  });

  it('is monotone: what starts later never ends earlier', () => {
    fc.assert(
      fc.property(code, start, start, closures, (one, a, b, days) => {
        const rule = clockRule(one, fallbackParameters);
        const [early, late] = a <= b ? [a, b] : [b, a];
        expect(deadline(rule, early, days).endsAt <= deadline(rule, late, days).endsAt).toBe(true);
      }),
    );
  });
});
