import { frenchDate } from '#domain/deadlines/french-date.js';
import type { LocalDate } from '#kernel/time.js';
import type { DeadlineSource } from './deadline-line.js';
import type { SourceDeps } from './deadline-sources.js';
import { localDayOf, plusDays } from './local-day.js';
import { findAll } from './query.js';
import { type StaffDocument, staffView } from './staff.js';

/** Papers of people are shown this long before they end. */
const AHEAD_DAYS = 60;

interface Dated {
  readonly from: LocalDate;
  readonly until?: LocalDate | undefined;
}

export const people = ({ viewStore }: Pick<SourceDeps, 'viewStore'>): Promise<readonly StaffDocument[]> =>
  findAll<StaffDocument>(viewStore, staffView.schema, {
    collection: 'staff',
    orderBy: { field: 'registeredAt', direction: 'asc' },
  });

export const covers = ({ from, until }: Dated, day: LocalDate): boolean =>
  from <= day && (until === undefined || day <= until);

/** Habilitations and offices that end soon and that no later period carries on (4.4 b, 11). */
export function paperDeadlines(
  staff: readonly StaffDocument[],
  { calendar, now }: Pick<SourceDeps, 'calendar' | 'now'>,
): readonly DeadlineSource[] {
  const today = localDayOf(now);
  const last = plusDays(today, AHEAD_DAYS);
  const ends = (periods: readonly Dated[]): readonly LocalDate[] =>
    periods.flatMap((period) => {
      const { until } = period;
      if (until === undefined || !covers(period, today) || until > last) return [];
      return periods.some((other) => covers(other, plusDays(until, 1))) ? [] : [until];
    });
  const line = (id: string, clock: string, name: string, source: string, lastDay: LocalDate): DeadlineSource => {
    const derivation = `dernier jour enregistré, ${frenchDate(lastDay, calendar.civilTime, { year: true })}, 24 h`;
    return { clock, name, source, kind: 'staff', id, owner: 'Director', lastDay, derivation };
  };
  return staff.flatMap(({ staffId, habilitations, offices }) => [
    ...ends(habilitations).map((until) =>
      line(staffId, 'habilitation-end', 'Fin d’une habilitation', 'article 4.4', until),
    ),
    ...[...new Set(offices.map(({ office }) => office))].flatMap((office) =>
      ends(offices.filter((one) => one.office === office)).map((until) =>
        line(staffId, `office-end-${office}`, 'Fin d’une fonction', 'article 11', until),
      ),
    ),
  ]);
}
