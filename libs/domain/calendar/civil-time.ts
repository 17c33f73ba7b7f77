import type { Instant, LocalDate } from '#kernel/time.js';

/** A moment as the clock on the wall in Europe/Paris shows it. */
export interface LocalMoment {
  readonly date: LocalDate;
  /** `HH:MM`, seconds cut off. */
  readonly time: string;
  /** Minutes of the wall clock since 00:00, with fraction; 0 ≤ value < 1440. */
  readonly minuteOfDay: number;
}

/**
 * Facts of the civil calendar in metropolitan France: zone Europe/Paris, the 11 national holidays (not those of
 * Alsace-Moselle). Every method is pure: the same question always has the same answer.
 */
export interface CivilTime {
  toLocal(instant: Instant): LocalMoment;
  /**
   * The instant at which the wall clock shows that time on that day. A time that daylight saving skips is moved forward
   * by the gap; of a time that occurs twice the first is meant.
   * @param time `HH:MM`; `24:00` is midnight at the end of the day
   */
  toInstant(date: LocalDate, time: string): Instant;
  /** 1 Monday … 7 Sunday (ISO 8601). */
  weekday(date: LocalDate): number;
  isPublicHoliday(date: LocalDate): boolean;
  plusDays(date: LocalDate, days: number): LocalDate;
  /** The same day of another month; the month's last day where that day does not exist (31 January + 1 → 28 February). */
  plusMonths(date: LocalDate, months: number): LocalDate;
}
