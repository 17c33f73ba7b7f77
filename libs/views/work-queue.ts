import type { LocalDate } from '#kernel/time.js';
import { type AppointmentDocument, appointmentsView } from './appointments.js';
import { complianceView, type DeviationDocument, type DeviationLine, deviationLineOf } from './compliance.js';
import { type CredentialDocument, credentialsView } from './credentials.js';
import { localDayOf, startOfLocalDay } from './local-day.js';
import { asOf, findPage, type ViewDeps } from './query.js';
import { type RequestDocument, type RequestLine, requestLineOf, requestsView } from './requests.js';
import type { AsOf } from './view.js';

/** A part of the work list: the first ones, and how many there are. */
export interface WorkPart<T> {
  readonly items: readonly T[];
  readonly total: number;
}

/** « À traiter »: what waits for somebody today. All parts empty means nothing is late. */
export interface WorkQueue {
  readonly day: LocalDate;
  readonly appointmentsToday: WorkPart<AppointmentDocument>;
  /** Booked from today on, without consent yet. */
  readonly consentsMissing: WorkPart<AppointmentDocument>;
  /** Over, but the journal is not complete. */
  readonly sessionsToClose: WorkPart<AppointmentDocument>;
  readonly requestsToQualify: WorkPart<RequestLine>;
  readonly deviationsToReview: WorkPart<DeviationLine>;
  /** Temporary passwords or accounts not confirmed as changed or removed (5.1 b–c). */
  readonly credentialsOpen: WorkPart<CredentialDocument>;
  /** The oldest of the places its parts have reached. */
  readonly asOf: AsOf;
}

export async function workQueue(
  deps: Pick<ViewDeps, 'viewStore' | 'now'>,
  params: { readonly limit?: number } = {},
): Promise<WorkQueue> {
  const { viewStore, now } = deps;
  const page = { limit: params.limit ?? 20 };
  const day = localDayOf(now);
  const part = async <T>(
    view: typeof appointmentsView,
    query: Parameters<typeof findPage>[2],
  ): Promise<WorkPart<T>> => {
    const [found, total] = await Promise.all([
      findPage<T>(viewStore, view.schema, query, page),
      viewStore.count(view.schema, query),
    ]);
    return { items: found.documents, total };
  };
  const eq = (field: string, value: string) => ({ field, op: 'eq' as const, value });
  const appointments = (where: Parameters<typeof findPage>[2]['where'] & object) =>
    part<AppointmentDocument>(appointmentsView, {
      collection: 'appointments',
      where,
      orderBy: { field: 'startsAt', direction: 'asc' },
    });
  const upTo = await oldest(deps);
  const [appointmentsToday, consentsMissing, sessionsToClose, requests, deviations, credentialsOpen] =
    await Promise.all([
      appointments([
        eq('localDay', day),
        { field: 'status', op: 'in', value: ['booked', 'running', 'ended', 'closed'] },
      ]),
      appointments([
        eq('status', 'booked'),
        { field: 'consent', op: 'in', value: ['missing', 'withdrawn'] },
        { field: 'startsAt', op: 'gte', value: startOfLocalDay(day) },
      ]),
      appointments([eq('status', 'ended')]),
      part<RequestDocument>(requestsView, {
        collection: 'requests',
        where: [eq('status', 'received')],
        orderBy: { field: 'receivedAt', direction: 'asc' },
      }),
      part<DeviationDocument>(complianceView, {
        collection: 'deviations',
        where: [eq('review', 'open')],
        orderBy: { field: 'flaggedAt', direction: 'asc' },
      }),
      part<CredentialDocument>(credentialsView, {
        collection: 'credentials',
        where: [eq('state', 'open')],
        orderBy: { field: 'usedAt', direction: 'asc' },
      }),
    ]);
  const lines = <T, L>(found: WorkPart<T>, line: (one: T) => L): WorkPart<L> => ({
    ...found,
    items: found.items.map(line),
  });
  return {
    day,
    appointmentsToday,
    consentsMissing,
    sessionsToClose,
    requestsToQualify: lines(requests, requestLineOf),
    deviationsToReview: lines(deviations, deviationLineOf),
    credentialsOpen,
    asOf: upTo,
  };
}

async function oldest({ viewStore }: Pick<ViewDeps, 'viewStore'>): Promise<AsOf> {
  const views = [appointmentsView, requestsView, complianceView, credentialsView];
  const places = await Promise.all(views.map(({ schema }) => asOf(viewStore, schema)));
  const positions = places.map(({ position }) => position);
  if (positions.some((one) => one === undefined)) return { position: undefined };
  return { position: positions.filter((one) => one !== undefined).sort()[0] };
}
