import type { Instant, LocalDate } from '#kernel/time.js';
import { fromEpochMilliseconds, toEpochMilliseconds } from '#kernel/time.js';

const DAY = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Paris',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The calendar day in Europe/Paris on which an instant falls. */
export function localDayOf(instant: Instant): LocalDate {
  if (last?.instant === instant) return last.day;
  const day = DAY.format(toEpochMilliseconds(instant)) as LocalDate;
  last = { instant, day };
  return day;
}
/** Many views ask for the day of one event, one after the other. */
let last: { readonly instant: Instant; readonly day: LocalDate } | undefined;

/**
 * The first instant of a day in Europe/Paris: 22:00 or 23:00 UTC of the day before, whichever falls on the day. The
 * clocks change at 01:00 UTC, never around midnight, so one of the two always does.
 */
export function startOfLocalDay(day: LocalDate): Instant {
  const midnight = Date.parse(`${day}T00:00:00.000Z`);
  const summer = fromEpochMilliseconds(midnight - 2 * HOUR);
  return localDayOf(summer) === day ? summer : fromEpochMilliseconds(midnight - HOUR);
}
const HOUR = 3_600_000;

/** A day moved by whole days. */
export const plusDays = (day: LocalDate, days: number): LocalDate =>
  fromEpochMilliseconds(Date.parse(`${day}T00:00:00.000Z`) + days * 24 * HOUR).slice(0, 10) as LocalDate;

/** The same date some months later, clipped to the month's end: 29 February 2028 + 12 months is 28 February 2029 (A6). */
export function plusMonths(day: LocalDate, months: number): LocalDate {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const index = year * 12 + (month - 1) + months;
  const target = { year: Math.floor(index / 12), month: (index % 12) + 1 };
  const last = new Date(Date.UTC(target.year, target.month, 0)).getUTCDate();
  const pad = (value: number, width: number) => String(value).padStart(width, '0');
  return `${pad(target.year, 4)}-${pad(target.month, 2)}-${pad(Math.min(date, last), 2)}` as LocalDate;
}
