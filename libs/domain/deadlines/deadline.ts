import type { CivilTime } from '#domain/calendar/civil-time.js';
import { type Instant, type LocalDate, plusMilliseconds } from '#kernel/time.js';
import type { ClockCode, ClockRule, Length } from './clock-rule.js';
import { frenchDate, frenchMoment } from './french-date.js';

/** A clock that runs: when it ends, and why, step by step in words. A value: later changes of the calendar never move it. */
export interface Deadline {
  readonly clock: ClockCode;
  readonly startsAt: Instant;
  /** The first instant after the deadline: what happens before it is in time. */
  readonly endsAt: Instant;
  /** The last day, until 24:00 in Paris; undefined for clocks in hours or minutes. */
  readonly lastDay: LocalDate | undefined;
  /** French sentences: the start and the length, then each day that was passed over, then the end. */
  readonly derivation: readonly string[];
}

/** What the computation asks of the world. */
export interface DeadlineCalendar {
  readonly civilTime: CivilTime;
  /** Closing days declared by the association; holidays and weekends are known already. */
  readonly isClosed: (date: LocalDate) => boolean;
}

/** Computes one clock from the moment that starts it. Pure and total. */
export function deadline(rule: ClockRule, startsAt: Instant, calendar: DeadlineCalendar): Deadline {
  const { civilTime } = calendar;
  const { length } = rule;
  if (length.unit === 'hours' || length.unit === 'minutes') {
    const endsAt = plusMilliseconds(startsAt, length.count * (length.unit === 'hours' ? 3_600_000 : 60_000));
    const words = `${lengthInWords(length)} à compter du ${frenchMoment(startsAt, civilTime)}`;
    const derivation = [words, frenchMoment(endsAt, civilTime)];
    return { clock: rule.code, startsAt, endsAt, lastDay: undefined, derivation };
  }
  const startDay = civilTime.toLocal(startsAt).date;
  const reached = count(startDay, length, calendar);
  const { day: lastDay, steps } = rule.shifts ? shifted(reached, calendar) : { day: reached, steps: [] };
  const end = `${frenchDate(lastDay, civilTime, { year: true })}, 24 h`;
  const clipped = length.unit === 'months' && reached.slice(8) !== startDay.slice(8);
  return {
    clock: rule.code,
    startsAt,
    endsAt: civilTime.toInstant(lastDay, '24:00'),
    lastDay,
    derivation: [
      startInWords(startDay, length, civilTime),
      ...steps,
      clipped && lastDay === reached ? `${end} (dernier jour du mois)` : end,
    ],
  };
}

/** A day on which nobody is expected to act: Saturday, Sunday, national holiday, closing day. */
export const isNonWorking = (date: LocalDate, { civilTime, isClosed }: DeadlineCalendar): boolean =>
  civilTime.weekday(date) >= 6 || civilTime.isPublicHoliday(date) || isClosed(date);

function count(startDay: LocalDate, length: Length, calendar: DeadlineCalendar): LocalDate {
  const { civilTime } = calendar;
  if (length.unit === 'months') return civilTime.plusMonths(startDay, length.count);
  if (length.unit === 'days') return civilTime.plusDays(startDay, length.count);
  let day = startDay;
  for (let left = length.count; left > 0; ) {
    day = civilTime.plusDays(day, 1);
    if (!isNonWorking(day, calendar)) left -= 1;
  }
  return day;
}

/** The first working day from `from` on. In words: the first day passed over, then each later one that is no weekend. */
function shifted(from: LocalDate, calendar: DeadlineCalendar): { day: LocalDate; steps: readonly string[] } {
  const steps: string[] = [];
  let day = from;
  for (; isNonWorking(day, calendar); day = calendar.civilTime.plusDays(day, 1)) {
    const why = whyNonWorking(day, calendar);
    if (day === from || why !== WEEKEND) steps.push(`${frenchDate(day, calendar.civilTime)}, ${why}`);
  }
  return { day, steps };
}

const WEEKEND = 'non ouvrable';

function whyNonWorking(date: LocalDate, { civilTime }: DeadlineCalendar): string {
  if (civilTime.isPublicHoliday(date)) return 'jour férié';
  return civilTime.weekday(date) >= 6 ? WEEKEND : 'jour de fermeture';
}

function startInWords(startDay: LocalDate, length: Length, civilTime: CivilTime): string {
  const day = frenchDate(startDay, civilTime);
  if (length.unit === 'months') return `${lengthInWords(length)}, de date à date, à compter du ${day}`;
  if (length.count === 0) return `jusqu’à la fin du ${day}`;
  return `${lengthInWords(length)} à compter du lendemain du ${day}`;
}

function lengthInWords({ unit, count }: Length): string {
  const plural = count > 1 ? 's' : '';
  switch (unit) {
    case 'months':
      return count % 12 === 0 ? `${count / 12} an${count > 12 ? 's' : ''}` : `${count} mois`;
    case 'working-days':
      return `${count} jour${plural} ouvrable${plural}`;
    case 'days':
      return `${count} jour${plural}`;
    case 'hours':
      return `${count} heure${plural}`;
    case 'minutes':
      return `${count} minute${plural}`;
  }
}

/** One line: « 8 jours à compter du lendemain du vendredi 5 juin → samedi 13 juin, non ouvrable → lundi 15 juin 2026, 24 h ». */
export const derivationLine = (one: Deadline): string => one.derivation.join(' → ');
