import { fallbackParameters } from '#domain/charter/parameters.js';
import { clockRule } from '#domain/deadlines/clocks.js';
import { frenchDate } from '#domain/deadlines/french-date.js';
import type { LocalDate } from '#kernel/time.js';
import { type AssociationRecordDocument, recordsOf } from './association-records.js';
import type { DeadlineSource } from './deadline-line.js';
import { covers } from './deadline-papers.js';
import type { SourceDeps } from './deadline-sources.js';
import { type IncidentDocument, incidentsView } from './incidents.js';
import { localDayOf, plusDays } from './local-day.js';
import { equals, findAll } from './query.js';

/** A policy is renewed in good time: it is shown this long before it ends. */
const AHEAD_DAYS = 60;

/** Running hours, stored with the incident; shown until the authority was told, or the risk found unlikely. */
export async function incidentDeadlines({ viewStore, calendar, now }: SourceDeps): Promise<readonly DeadlineSource[]> {
  const open = await findAll<IncidentDocument>(viewStore, incidentsView.schema, {
    collection: 'incidents',
    where: equals({ state: 'open' }),
    orderBy: { field: 'awareAt', direction: 'asc' },
  });
  const { code: clock, name, source } = clockRule('breach-notification', fallbackParameters);
  return open.flatMap(({ incidentId: id, risk, notifications, notifyBefore: endsAt, derivation }) => {
    if (risk === 'unlikely' || notifications.length > 0) return [];
    const lastDay = calendar.civilTime.toLocal(endsAt).date;
    const over = endsAt <= now ? ({ over: true } as const) : {};
    return [
      {
        clock,
        name,
        source,
        kind: 'incident',
        id,
        owner: 'Director',
        serious: true,
        lastDay,
        endsAt,
        ...over,
        derivation,
      },
    ];
  });
}

/** Cover that ends soon or ended, and that no other policy carries on (6.2). */
export async function insuranceDeadlines({ viewStore, calendar, now }: SourceDeps): Promise<readonly DeadlineSource[]> {
  const policies = await recordsOf({ viewStore }, 'insurance');
  const today = localDayOf(now);
  const last = lastOf(policies, today);
  if (last?.until === undefined || last.until > plusDays(today, AHEAD_DAYS)) return [];
  const derivation = `dernier jour de garantie, ${frenchDate(last.until, calendar.civilTime, { year: true })}, 24 h`;
  return [
    {
      clock: 'insurance-end',
      name: 'Fin de l’assurance de responsabilité civile',
      source: 'article 6.2',
      kind: 'association',
      id: last.recordId,
      owner: 'Director',
      lastDay: last.until,
      derivation,
    },
  ];
}

/** The policy with which cover ends: the next that no other carries on, else the last one there was. */
function lastOf(
  policies: readonly AssociationRecordDocument[],
  today: LocalDate,
): AssociationRecordDocument | undefined {
  const ends = policies
    .filter(({ until }) => until !== undefined && !policies.some((other) => covers(other, plusDays(until, 1))))
    .sort((one, other) => ((one.until ?? '') < (other.until ?? '') ? -1 : 1));
  return ends.find(({ until }) => until !== undefined && until >= today) ?? ends.at(-1);
}
