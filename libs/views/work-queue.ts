import type { CivilTime } from '#domain/calendar/civil-time.js';
import type { Role } from '#domain/shared/facts.js';
import type { LocalDate } from '#kernel/time.js';
import { type AppointmentDocument, appointmentsView } from './appointments.js';
import { associationRecordsView } from './association-records.js';
import { chartersView } from './charters.js';
import { closuresView } from './closures.js';
import { complaintsView } from './complaints.js';
import { complianceView } from './compliance.js';
import { type DeviationLine, deviationLineOf, openDeviations } from './compliance-queries.js';
import { consentsView } from './consents.js';
import { type CredentialDocument, credentialsView, openCredentials } from './credentials.js';
import { withoutDestroyed } from './destroyed-among.js';
import { type FollowUpDocument, followUpsView } from './follow-ups.js';
import { holdsView } from './holds.js';
import { localDayOf, startOfLocalDay } from './local-day.js';
import { membersView, restrictedMembers } from './members.js';
import { processesView } from './processes.js';
import { asOf, findAll, type ViewDeps } from './query.js';
import { type RequestDocument, type RequestLine, requestLineOf, requestsView } from './requests.js';
import { retentionView } from './retention.js';
import { reviewDue } from './review-due.js';
import { rightsView } from './rights.js';
import { securityStopsView } from './security-stops.js';
import { staffView } from './staff.js';
import { strikeOutsView } from './strike-outs.js';
import { subscribersView } from './subscribers.js';
import type { AsOf, ViewDefinition } from './view.js';
import { type AnswersOwed, answersOwed } from './work-answers.js';
import { type AssociationDuties, associationDuties } from './work-association.js';
import { type ConsentToRenew, consentsToRenew } from './work-consents.js';
import { type DecisionsWaiting, decisionsWaiting } from './work-decisions.js';
import { partOf, partsWithout, type Where, type WorkPart } from './work-part.js';

/** A deviation without the lead's comment, and the last day for it. */
export type DeviationToReview = DeviationLine & { readonly dueOn: LocalDate; readonly late: boolean };

/** « À traiter »: what waits for somebody today. All parts empty means nothing is late. */
export interface WorkQueue extends AnswersOwed {
  readonly day: LocalDate;
  readonly appointmentsToday: WorkPart<AppointmentDocument>;
  /** Booked from today on, without consent yet. */
  readonly consentsMissing: WorkPart<AppointmentDocument>;
  /** Given on a version of the charter that another replaces before the session: to be asked for anew (10.2). */
  readonly consentsToRenew: WorkPart<ConsentToRenew>;
  /** Over, but the journal is not complete. */
  readonly sessionsToClose: WorkPart<AppointmentDocument>;
  readonly requestsToQualify: WorkPart<RequestLine>;
  /** Most urgent first. */
  readonly deviationsToReview: WorkPart<DeviationToReview>;
  /** Temporary passwords or accounts not confirmed as changed or removed (5.1 b–c). */
  readonly credentialsOpen: WorkPart<CredentialDocument>;
  /** Sessions of yesterday or before whose three questions were not asked or not answered (X.7–9). */
  readonly followUps: WorkPart<FollowUpDocument>;
  readonly association: AssociationDuties;
  /** Only for whoever decides. A member whose data is not used still gets answers: these are never hidden. */
  readonly toDecide?: DecisionsWaiting;
  /** Lines left out because the member's data is kept and not used (GDPR 18). */
  readonly hiddenByRestriction: number;
  /** The oldest of the places its parts have reached. */
  readonly asOf: AsOf;
}

export interface WorkQueueParams {
  /** Lines of each part; 20 when left out. */
  readonly limit?: number;
  /** Of the person who asks: whose reminders are shown. */
  readonly roles?: readonly Role[];
  /** With what waits for whoever decides on rights, holds and reported texts. */
  readonly decides?: boolean;
}

export async function workQueue(
  deps: Pick<ViewDeps, 'viewStore' | 'now'> & { readonly civilTime: CivilTime },
  params: WorkQueueParams = {},
): Promise<WorkQueue> {
  const { viewStore, now } = deps;
  const day = localDayOf(now);
  const upTo = await oldest(deps, params.decides === true);
  const limit = params.limit ?? 20;
  const hidden = await restrictedMembers(deps);
  const part = partsWithout(viewStore, hidden, limit);
  const eq = (field: string, value: string) => ({ field, op: 'eq' as const, value });
  /** Without those of whom nothing is kept any more: an appointment of an erased request is nobody's. */
  const appointments = async (where: Where) => {
    const found = await findAll<AppointmentDocument>(viewStore, appointmentsView.schema, {
      collection: 'appointments',
      where,
      orderBy: { field: 'startsAt', direction: 'asc' },
    });
    return partOf(await withoutDestroyed(viewStore, found), hidden, limit);
  };
  const waitingRequests = async () => {
    const found = await findAll<RequestDocument>(viewStore, requestsView.schema, {
      collection: 'requests',
      where: [eq('status', 'received')],
      orderBy: { field: 'receivedAt', direction: 'asc' },
    });
    return partOf(await withoutDestroyed(viewStore, found), hidden, limit);
  };
  const [dueOf, owed, association, toDecide, toRenew, ...parts] = await Promise.all([
    reviewDue(deps, deps.civilTime),
    answersOwed(deps, { roles: params.roles ?? [], hidden, limit }),
    associationDuties(deps),
    params.decides ? decisionsWaiting(deps, limit) : undefined,
    consentsToRenew(deps, hidden, limit),
    appointments([eq('localDay', day), { field: 'status', op: 'in', value: ['booked', 'running', 'ended', 'closed'] }]),
    appointments([
      eq('status', 'booked'),
      { field: 'consent', op: 'in', value: ['missing', 'withdrawn'] },
      { field: 'startsAt', op: 'gte', value: startOfLocalDay(day) },
    ]),
    appointments([eq('status', 'ended')]),
    waitingRequests(),
    openDeviations(deps).then((open) => partOf(open, hidden, limit)),
    openCredentials(deps).then((open) => partOf(open, hidden, limit)),
    part<FollowUpDocument>(followUpsView, {
      collection: 'followups',
      where: [
        { field: 'state', op: 'in', value: ['due', 'asked'] },
        { field: 'since', op: 'lt', value: startOfLocalDay(day) },
      ],
      orderBy: { field: 'since', direction: 'asc' },
    }),
  ]);
  const [appointmentsToday, consentsMissing, sessionsToClose, requests, deviations, credentialsOpen, followUps] = parts;
  const lines = <T, L>(found: WorkPart<T>, line: (one: T) => L): WorkPart<L> => ({
    items: found.items.map(line),
    total: found.total,
  });
  const same = <T>(one: T): T => one;
  return {
    day,
    ...owed,
    appointmentsToday: lines(appointmentsToday, same),
    consentsMissing: lines(consentsMissing, same),
    consentsToRenew: toRenew,
    sessionsToClose: lines(sessionsToClose, same),
    requestsToQualify: lines(requests, requestLineOf),
    deviationsToReview: lines(deviations, (one): DeviationToReview => {
      const dueOn = dueOf(one);
      return { ...deviationLineOf(one), dueOn, late: day > dueOn };
    }),
    credentialsOpen: lines(credentialsOpen, same),
    followUps: lines(followUps, same),
    association,
    ...(toDecide === undefined ? {} : { toDecide }),
    hiddenByRestriction: parts.reduce((sum, one) => sum + one.hidden, 0),
    asOf: upTo,
  };
}

/** The views that the list is made of: a question about it waits for these. */
export const workViews = (decides: boolean): readonly ViewDefinition[] => [
  appointmentsView,
  requestsView,
  complianceView,
  consentsView,
  securityStopsView,
  processesView,
  credentialsView,
  followUpsView,
  membersView,
  closuresView,
  staffView,
  chartersView,
  associationRecordsView,
  retentionView,
  ...(decides ? [rightsView, holdsView, complaintsView, strikeOutsView, subscribersView] : []),
];

async function oldest({ viewStore }: Pick<ViewDeps, 'viewStore'>, decides: boolean): Promise<AsOf> {
  const places = await Promise.all(workViews(decides).map(({ schema }) => asOf(viewStore, schema)));
  const positions = places.map(({ position }) => position);
  if (positions.some((one) => one === undefined)) return { position: undefined };
  return { position: positions.filter((one) => one !== undefined).sort()[0] };
}
