import { gregorianEaster } from 'date-easter';
import { Temporal } from 'temporal-polyfill';
import type { CivilTime, LocalMoment } from '#domain/calendar/civil-time.js';
import { fromEpochMilliseconds, type Instant, type LocalDate } from '#kernel/time.js';

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

  // one decision asks for its own moment several times
  let last: { readonly instant: Instant; readonly local: LocalMoment } | undefined;

  return {
    toLocal(instant: Instant): LocalMoment {
      if (last?.instant === instant) return last.local;
      const { year, month, day, hour, minute, second, millisecond } =
        Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
      const local = {
        date: `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}` as LocalDate,
        time: `${two(hour)}:${two(minute)}`,
        minuteOfDay: hour * 60 + minute + second / 60 + millisecond / 60_000,
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

const two = (value: number): string => String(value).padStart(2, '0');
