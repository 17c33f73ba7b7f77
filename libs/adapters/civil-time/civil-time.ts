import { gregorianEaster } from 'date-easter';
import { Temporal } from 'temporal-polyfill';
import type { CivilTime, LocalMoment } from '#domain/calendar/civil-time.js';
import { fromEpochMilliseconds, type Instant, type LocalDate, toEpochMilliseconds } from '#kernel/time.js';

const zone = 'Europe/Paris';

/** National holidays that have a date (Code du travail, L3133-1), and those that follow Easter Sunday, in days after it. */
const FIXED = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'];
const AFTER_EASTER = { monday: 1, ascension: 39, whitMonday: 50 };

/** The 11 national days; the two more of Alsace-Moselle are left out. */
function holidaysIn(year: number): ReadonlySet<string> {
  const easter = Temporal.PlainDate.from(gregorianEaster(year));
  return new Set([
    ...FIXED.map((day) => `${String(year).padStart(4, '0')}-${day}`),
    ...Object.values(AFTER_EASTER).map((days) => easter.add({ days }).toString()),
  ]);
}

/** The civil calendar of metropolitan France. Holidays are computed once a year asked for; the last moment is kept. */
export function frenchCivilTime(): CivilTime {
  const holidays = new Map<number, ReadonlySet<string>>();

  const holidaysOf = (year: number): ReadonlySet<string> => {
    const known = holidays.get(year);
    if (known) return known;
    const days = holidaysIn(year);
    holidays.set(year, days);
    return days;
  };

  /** The zone's offset during an hour of UTC, in milliseconds; an hour in which it changes is not kept. */
  const offsets = new Map<number, number>();
  const offsetAt = (at: number): number => {
    const hour = Math.floor(at / HOUR);
    const known = offsets.get(hour);
    if (known !== undefined) return known;
    const first = zoneOffset(hour * HOUR);
    if (first !== zoneOffset((hour + 1) * HOUR - 1)) return zoneOffset(at);
    if (offsets.size >= MOST_HOURS) offsets.clear();
    offsets.set(hour, first);
    return first;
  };

  // one decision asks for its own moment several times
  let last: { readonly instant: Instant; readonly local: LocalMoment } | undefined;

  return {
    toLocal(instant: Instant): LocalMoment {
      if (last?.instant === instant) return last.local;
      const at = toEpochMilliseconds(instant);
      const wall = new Date(at + offsetAt(at));
      const text = wall.toISOString();
      const minutes = wall.getUTCHours() * 60 + wall.getUTCMinutes();
      const local = {
        date: text.slice(0, 10) as LocalDate,
        time: text.slice(11, 16),
        minuteOfDay: minutes + wall.getUTCSeconds() / 60 + wall.getUTCMilliseconds() / 60_000,
      };
      last = { instant, local };
      return local;
    },

    toInstant(date: LocalDate, time: string): Instant {
      const endOfDay = time === '24:00';
      const day = endOfDay ? Temporal.PlainDate.from(date).add({ days: 1 }) : Temporal.PlainDate.from(date);
      const plainTime = Temporal.PlainTime.from(endOfDay ? '00:00' : time);
      const zoned = day.toPlainDateTime(plainTime).toZonedDateTime(zone, { disambiguation: 'compatible' });
      return fromEpochMilliseconds(zoned.epochMilliseconds);
    },

    weekday: (date) => Temporal.PlainDate.from(date).dayOfWeek,
    isPublicHoliday: (date) => holidaysOf(Number(date.slice(0, 4))).has(date),
    plusDays: (date, days) => Temporal.PlainDate.from(date).add({ days }).toString() as LocalDate,
    plusMonths: (date, months) =>
      Temporal.PlainDate.from(date).add({ months }, { overflow: 'constrain' }).toString() as LocalDate,
  };
}

const HOUR = 3_600_000;
const MOST_HOURS = 1000;

const zoneOffset = (at: number): number =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).offsetNanoseconds / 1_000_000;
