import type { DeadlineCalendar } from '#domain/deadlines/deadline.js';
import type { LocalDate } from '#kernel/time.js';
import { associationRecordsView } from './association-records.js';
import { chartersView } from './charters.js';
import { type ClosureDocument, closuresView } from './closures.js';
import { complaintsView } from './complaints.js';
import { complianceView } from './compliance.js';
import { credentialsView } from './credentials.js';
import { incidentDeadlines, insuranceDeadlines } from './deadline-association.js';
import {
  type DeadlineKind,
  type DeadlineLine,
  type DeadlineOwner,
  deadlineLine,
  type Urgency,
  urgencies,
} from './deadline-line.js';
import { covers, paperDeadlines, people } from './deadline-papers.js';
import { credentialDeadlines, triageDeadlines } from './deadline-sessions.js';
import {
  complaintDeadlines,
  deviationDeadlines,
  followUpDeadlines,
  holdDeadlines,
  rightsDeadlines,
} from './deadline-sources.js';
import { chartersComing, undertakingDeadlines } from './deadline-undertakings.js';
import { followUpsView } from './follow-ups.js';
import { holdsView } from './holds.js';
import { incidentsView } from './incidents.js';
import { localDayOf } from './local-day.js';
import { asOf, findAll, MAX_PAGE, type PageParams, type ViewDeps } from './query.js';
import { retentionView } from './retention.js';
import { rightsView } from './rights.js';
import { securityStopsView } from './security-stops.js';
import { staffView } from './staff.js';
import type { AsOf, ViewDefinition } from './view.js';

export interface DeadlinesParams extends PageParams {
  readonly owner?: DeadlineOwner;
  readonly urgency?: Urgency;
  readonly kind?: DeadlineKind;
}

/** What runs, what is due and what is late, most urgent first; an empty list means nothing is. */
export interface DeadlinesAnswer {
  readonly day: LocalDate;
  readonly items: readonly DeadlineLine[];
  /** Over all that match the filters, whatever the page. */
  readonly counts: Readonly<Record<Urgency, number>>;
  /** Nobody is Director today: the President stands in, and somebody should be appointed. */
  readonly directorVacant: boolean;
  readonly presidentVacant: boolean;
  /** Nobody is support lead today: the Director stands in. */
  readonly leadVacant: boolean;
  readonly asOf: AsOf;
  readonly next?: string;
}

/** The views that it is made of: a question about it waits for these. */
export const deadlineViews: readonly ViewDefinition[] = [
  complaintsView,
  rightsView,
  complianceView,
  holdsView,
  followUpsView,
  staffView,
  closuresView,
  incidentsView,
  associationRecordsView,
  credentialsView,
  securityStopsView,
  chartersView,
  retentionView,
];

export async function listDeadlines(
  deps: Pick<ViewDeps, 'viewStore' | 'now'> & { readonly civilTime: DeadlineCalendar['civilTime'] },
  params: DeadlinesParams,
): Promise<DeadlinesAnswer> {
  const { viewStore, now, civilTime } = deps;
  const upTo = await oldest(deps);
  const closures = await findAll<ClosureDocument>(viewStore, closuresView.schema, {
    collection: 'closures',
    orderBy: { field: 'to', direction: 'asc' },
  });
  const isClosed = (day: LocalDate) => closures.some(({ from, to }) => from <= day && day <= to);
  const given = { viewStore, now, calendar: { civilTime, isClosed } };
  const sources = [
    complaintDeadlines,
    rightsDeadlines,
    deviationDeadlines,
    holdDeadlines,
    followUpDeadlines,
    incidentDeadlines,
    insuranceDeadlines,
    credentialDeadlines,
    triageDeadlines,
  ];
  const [staff, versions, ...found] = await Promise.all([
    people(given),
    chartersComing(given),
    ...sources.map((source) => source(given)),
  ]);

  const day = localDayOf(now);
  const vacant = (office: string): boolean =>
    !staff.some(({ offices }) => offices.some((one) => one.office === office && covers(one, day)));
  const directorVacant = vacant('director');
  const leadVacant = vacant('support-lead');
  const { owner, urgency, kind } = params;
  const lines = [...found.flat(), ...paperDeadlines(staff, given), ...undertakingDeadlines(staff, versions, given)]
    .map((one) => deadlineLine(one, day, { director: directorVacant, lead: leadVacant }))
    .filter(
      (one) =>
        (owner === undefined || one.owner === owner) &&
        (urgency === undefined || one.urgency === urgency) &&
        (kind === undefined || one.kind === kind),
    )
    .sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
  const after = params.cursor;
  const rest = after === undefined ? lines : lines.filter((one) => placeOf(one) > after);
  const limit = Math.min(Math.max(params.limit ?? 50, 1), MAX_PAGE);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return {
    day,
    items,
    counts: Object.fromEntries(
      urgencies.map((one) => [one, lines.filter((line) => line.urgency === one).length]),
    ) as Record<Urgency, number>,
    directorVacant,
    presidentVacant: vacant('president'),
    leadVacant,
    asOf: upTo,
    ...(rest.length > limit && last !== undefined ? { next: placeOf(last) } : {}),
  };
}

/** A total order: by last day, then by what it is. */
const placeOf = ({ lastDay, kind, id, clock }: DeadlineLine): string => [lastDay, kind, id, clock].join('~');

async function oldest({ viewStore }: Pick<ViewDeps, 'viewStore'>): Promise<AsOf> {
  const places = await Promise.all(deadlineViews.map(({ schema }) => asOf(viewStore, schema)));
  const positions = places.map(({ position }) => position);
  if (positions.some((one) => one === undefined)) return { position: undefined };
  return { position: positions.filter((one) => one !== undefined).sort()[0] };
}
