import type { Instant, LocalDate } from '#kernel/time.js';
import { localDayOf, plusDays, plusMonths, startOfLocalDay } from './local-day.js';

const day = (text: string) => text as LocalDate;

describe('days in Europe/Paris', () => {
  it.each([
    ['2026-06-02T21:59:59.999Z', '2026-06-02'],
    ['2026-06-02T22:00:00.000Z', '2026-06-03'],
    ['2026-01-05T22:59:59.999Z', '2026-01-05'],
    ['2026-01-05T23:00:00.000Z', '2026-01-06'],
  ])('%s falls on %s', (instant, expected) => {
    expect(localDayOf(instant as Instant)).toBe(expected);
  });

  it('begin at the first instant that falls on them, the two changes of the clock included', () => {
    for (let offset = 0; offset < 800; offset += 1) {
      const one = plusDays(day('2025-12-31'), offset);
      const start = startOfLocalDay(one);
      expect(localDayOf(start)).toBe(one);
      expect(localDayOf(new Date(Date.parse(start) - 1).toISOString() as Instant)).toBe(plusDays(one, -1));
    }
  });

  it('a year after 29 February is 28 February; months are clipped at their end [charter:8.1f]', () => {
    expect(plusMonths(day('2028-02-29'), 12)).toBe('2029-02-28');
    expect(plusMonths(day('2026-01-31'), 1)).toBe('2026-02-28');
    expect(plusMonths(day('2026-01-15'), -12)).toBe('2025-01-15');
    expect(plusMonths(day('2026-12-31'), 2)).toBe('2027-02-28');
  });
});
