import { fallbackParameters } from '#domain/charter/parameters.js';
import { clockRule } from '#domain/deadlines/clocks.js';
import { frenchDate } from '#domain/deadlines/french-date.js';
import { type CharterDocument, chartersView } from './charters.js';
import type { DeadlineSource } from './deadline-line.js';
import { covers } from './deadline-papers.js';
import { computed, type SourceDeps } from './deadline-sources.js';
import { localDayOf, plusDays } from './local-day.js';
import { findAll } from './query.js';
import type { StaffDocument } from './staff.js';

/** Undertakings are shown this long before they have to be signed anew. */
const AHEAD_DAYS = 60;

/** Versions of the charter in force or about to be, the newest first. */
export const chartersComing = ({ viewStore, now }: SourceDeps): Promise<readonly CharterDocument[]> =>
  findAll<CharterDocument>(viewStore, chartersView.schema, {
    collection: 'versions',
    where: [{ field: 'effectiveFrom', op: 'lte', value: plusDays(localDayOf(now), AHEAD_DAYS) }],
    orderBy: { field: 'effectiveFrom', direction: 'desc' },
  });

/**
 * Technicians at work sign their undertaking anew under each version of the charter, on its first day at the latest, and a
 * year after the last time (5.2). Who never signed is refused at the start of a session and is no matter of deadlines.
 */
export function undertakingDeadlines(
  staff: readonly StaffDocument[],
  versions: readonly CharterDocument[],
  { calendar, now }: Pick<SourceDeps, 'calendar' | 'now'>,
): readonly DeadlineSource[] {
  const today = localDayOf(now);
  const rule = clockRule('undertaking-renewal', fallbackParameters);
  const inForce = versions.findIndex(({ effectiveFrom }) => effectiveFrom <= today);
  const asked = inForce < 0 ? versions : versions.slice(0, inForce + 1);
  return staff.flatMap(({ staffId: id, habilitations, undertakings }): readonly DeadlineSource[] => {
    const last = [...undertakings].sort((one, other) => (one.signedOn < other.signedOn ? 1 : -1))[0];
    if (last === undefined || !habilitations.some((period) => covers(period, today))) return [];
    const line = { kind: 'staff', id, owner: 'SupportLead' } as const;
    const signed = new Set(undertakings.map(({ charterVersionId }) => charterVersionId));
    const unsigned = asked.filter(({ charterVersionId }) => !signed.has(charterVersionId)).at(-1);
    if (unsigned !== undefined) {
      const { name, source } = rule;
      const lastDay = unsigned.effectiveFrom;
      const derivation = `premier jour d’une version de la charte non signée, ${frenchDate(lastDay, calendar.civilTime, { year: true })}, 24 h`;
      return [{ ...line, clock: 'undertaking-charter', name, source, lastDay, derivation }];
    }
    const told = computed(rule, calendar.civilTime.toInstant(last.signedOn, '12:00'), calendar);
    return told.lastDay > plusDays(today, AHEAD_DAYS) ? [] : [{ ...line, ...told }];
  });
}
