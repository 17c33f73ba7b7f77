import { readFileSync } from 'node:fs';
import DateHolidays from 'date-holidays';
import fc from 'fast-check';
import type { Instant, LocalDate } from '#kernel/time.js';
import { notRun, sharedFile } from '#testing/shared-data.js';
import { frenchCivilTime } from './civil-time.js';

const time = frenchCivilTime();
const day = (text: string): LocalDate => text as LocalDate;

describe('civil time in metropolitan France', () => {
  it('tells 09:00 apart before and after the clocks change [charter:7.2b]', () => {
    expect(time.toInstant(day('2026-03-27'), '09:00')).toBe('2026-03-27T08:00:00.000Z');
    expect(time.toInstant(day('2026-03-30'), '09:00')).toBe('2026-03-30T07:00:00.000Z');
    expect(time.toLocal('2026-10-25T00:30:00.000Z' as Instant)).toEqual({
      date: '2026-10-25',
      time: '02:30',
      minuteOfDay: 150,
    });
    expect(time.toLocal('2026-10-25T01:30:00.000Z' as Instant)).toEqual({
      date: '2026-10-25',
      time: '02:30',
      minuteOfDay: 150,
    });
  });

  it('moves a skipped time forward and takes the first of two [charter:7.2b]', () => {
    expect(time.toInstant(day('2026-03-29'), '02:30')).toBe('2026-03-29T01:30:00.000Z');
    expect(time.toInstant(day('2026-10-25'), '02:30')).toBe('2026-10-25T00:30:00.000Z');
    expect(time.toInstant(day('2026-03-29'), '24:00')).toBe('2026-03-29T22:00:00.000Z');
  });

  it('clips a month that is too short [charter:8.1f]', () => {
    expect(time.plusMonths(day('2028-02-29'), 12)).toBe('2029-02-28');
    expect(time.plusMonths(day('2026-01-31'), 1)).toBe('2026-02-28');
    expect(time.plusMonths(day('2026-09-05'), 1)).toBe('2026-10-05');
    expect(time.plusDays(day('2026-06-02'), 8)).toBe('2026-06-10');
    expect(time.weekday(day('2026-06-02'))).toBe(2);
    expect(time.weekday(day('2026-05-03'))).toBe(7);
  });

  it('has the 11 national holidays of every year that the State publishes, and no other [charter:7.2b]', () => {
    const file = sharedFile('vectors', 'jours-feries-metropole.json');
    if (file === undefined) {
      notRun('the State’s holiday data');
      return;
    }
    const published = new Set(Object.keys(JSON.parse(readFileSync(file, 'utf8'))));
    const years = [...new Set([...published].map((date) => Number(date.slice(0, 4))))];
    expect(years.length).toBeGreaterThanOrEqual(20);
    for (const year of years) {
      for (let date = day(`${year}-01-01`); date.startsWith(String(year)); date = time.plusDays(date, 1))
        expect([date, time.isPublicHoliday(date)]).toEqual([date, published.has(date)]);
    }
  });

  it('has the days that the library of all countries has, a century long [charter:7.2b]', () => {
    const calendar = new DateHolidays('FR', { types: ['public'] });
    for (let year = 2000; year <= 2100; year += 1) {
      const theirs = calendar.getHolidays(year).map((holiday) => day(holiday.date.slice(0, 10)));
      // in some years Ascension Day falls on the first or the eighth of May
      expect(new Set(theirs).size).toBeGreaterThanOrEqual(10);
      const found: LocalDate[] = [];
      for (let date = day(`${year}-01-01`); date.startsWith(String(year)); date = time.plusDays(date, 1))
        if (time.isPublicHoliday(date)) found.push(date);
      expect(found).toEqual([...new Set(theirs)].sort());
    }
  });

  it('leaves out the two days of Alsace-Moselle [charter:7.2b]', () => {
    expect(time.isPublicHoliday(day('2026-04-03'))).toBe(false);
    expect(time.isPublicHoliday(day('2026-12-26'))).toBe(false);
    expect(time.isPublicHoliday(day('2026-05-01'))).toBe(true);
  });

  it('comes back from local time to the same wall clock [charter:7.2b]', () => {
    const date = fc.date({ min: new Date('2006-01-01'), max: new Date('2045-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(date, (moment) => {
        const local = time.toLocal(moment.toISOString() as Instant);
        expect(time.toLocal(time.toInstant(local.date, local.time)).time).toBe(local.time);
        expect(Math.floor(local.minuteOfDay)).toBe(Number(local.time.slice(0, 2)) * 60 + Number(local.time.slice(3)));
      }),
    );
  });
});
