import { fallbackParameters } from '#domain/charter/parameters.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import type { Condition } from '#ports/view-store/view-store.js';
import { chartersById } from './charters.js';
import { type ConsentEntry, getConsent } from './consents-queries.js';
import { journalView } from './journal.js';
import { withCorrections } from './journal-corrected.js';
import type { JournalDocument, JournalStatus } from './journal-document.js';
import { localDayOf, plusDays, plusMonths, startOfLocalDay } from './local-day.js';
import { type MemberSummary, membersById } from './members.js';
import {
  asOf,
  equals,
  findPage,
  type ListAnswer,
  listAnswer,
  openWithin,
  type PageParams,
  type Unsealed,
  type ViewDeps,
} from './query.js';
import { getRequest, type RequestDocument } from './requests.js';
import type { AsOf } from './view.js';

/** How long an entry may still be read: to the anniversary of the session's end, 24:00 (A6). A hold suspends it. */
export interface Retention {
  /** Last day on which the entry may be consulted; undefined while the session is not over. */
  readonly lastConsultableDay: LocalDate | undefined;
  /** The entry is purged in the night after that day. */
  readonly purgeDay: LocalDate | undefined;
  readonly daysLeft: number | undefined;
}

/** A line of the journal: whose session and what became of it; nothing of what was said or done. */
export interface JournalLine
  extends Pick<
    JournalDocument,
    | 'sessionId'
    | 'memberId'
    | 'requestId'
    | 'technicianId'
    | 'status'
    | 'recordedAfterwards'
    | 'startedAt'
    | 'endedAt'
    | 'localDay'
    | 'activeMinutes'
    | 'outcome'
    | 'categories'
    | 'deviations'
    | 'charterVersionId'
  > {
  readonly member: MemberSummary | null;
  readonly actions: number;
  readonly corrections: number;
  readonly retention: Retention;
}

export interface JournalParams extends PageParams {
  readonly memberId?: string;
  readonly technicianId?: string;
  readonly status?: JournalStatus;
  readonly outcome?: string;
  readonly category?: string;
  readonly deviation?: string;
  /** Days of the start in Europe/Paris, both included. */
  readonly from?: LocalDate;
  readonly to?: LocalDate;
  /** `startedAt` or `-startedAt` (default). */
  readonly sort?: 'startedAt' | '-startedAt';
}

/** Sessions that took place, latest first. Consents that led to nothing are in the consent ledger, not here. */
export async function listJournal(deps: ViewDeps, params: JournalParams): Promise<ListAnswer<JournalLine>> {
  const page = await findPage<JournalDocument>(
    deps.viewStore,
    journalView.schema,
    {
      collection: 'sessions',
      where: conditions(params),
      orderBy: { field: 'startedAt', direction: params.sort === 'startedAt' ? 'asc' : 'desc' },
    },
    params,
  );
  return listAnswer(await linesOf(deps, page.documents), page.asOf, page.next);
}

/** Lines of entries, in the order given. */
export async function linesOf(deps: ViewDeps, documents: readonly JournalDocument[]): Promise<readonly JournalLine[]> {
  const [charters, members] = await Promise.all([
    chartersById(
      deps,
      documents.map((one) => one.charterVersionId),
    ),
    membersById(
      deps,
      documents.map((one) => one.memberId),
    ),
  ]);
  const memberOf = new Map(members.map((one) => [one.memberId, one]));
  return documents.map((one): JournalLine => {
    const months = charters.get(one.charterVersionId ?? '')?.parameters.journalRetentionMonths;
    return {
      ...lineOf(one),
      member: memberOf.get(one.memberId) ?? null,
      actions: one.actions.length,
      corrections: one.corrections.length,
      retention: retentionOf(one, months, deps.now),
    };
  });
}

function conditions(params: JournalParams): Condition[] {
  const { memberId, technicianId, status, outcome, category, deviation, from, to } = params;
  return [
    ...equals({ memberId, technicianId, status, outcome }),
    ...(category === undefined ? [] : [{ field: 'categories', op: 'has' as const, value: category }]),
    ...(deviation === undefined ? [] : [{ field: 'deviations', op: 'has' as const, value: deviation }]),
    { field: 'startedAt', op: 'gte', value: from === undefined ? '' : startOfLocalDay(from) },
    ...(to === undefined ? [] : [{ field: 'startedAt', op: 'lt' as const, value: startOfLocalDay(plusDays(to, 1)) }]),
  ];
}

function lineOf(document: JournalDocument) {
  const { sessionId, memberId, requestId, technicianId, status, recordedAfterwards, startedAt, endedAt } = document;
  const { localDay, activeMinutes, outcome, categories, deviations, charterVersionId } = document;
  const always = { sessionId, memberId, status, recordedAfterwards, categories, deviations };
  const some = { requestId, technicianId, startedAt, endedAt, localDay, activeMinutes, outcome, charterVersionId };
  return { ...always, ...defined(some) };
}

type Defined<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };
const defined = <T extends object>(value: T): Defined<T> =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Defined<T>;

/** @param months of the charter version the session is judged by; the model charter's where it is unknown */
export function retentionOf(
  { endedAt }: { readonly endedAt?: Instant | undefined },
  months: number = fallbackParameters.journalRetentionMonths,
  now: Instant,
): Retention {
  if (endedAt === undefined) return { lastConsultableDay: undefined, purgeDay: undefined, daysLeft: undefined };
  const lastConsultableDay = plusMonths(localDayOf(endedAt), months);
  const left = Date.parse(lastConsultableDay) - Date.parse(localDayOf(now));
  return { lastConsultableDay, purgeDay: plusDays(lastConsultableDay, 1), daysLeft: Math.round(left / 86_400_000) };
}

/** Everything that is known of one session, opened: the entry, the member, the consent, the request behind it. */
export interface SessionFile {
  readonly session: Unsealed<JournalDocument> | null;
  readonly member: MemberSummary | null;
  readonly consent: ConsentEntry | null;
  readonly request: Unsealed<RequestDocument> | null;
  readonly retention: Retention;
  readonly asOf: AsOf;
}

/** The file of one session, booked or past; undefined when neither the journal nor a request knows it. */
export async function getSession(deps: ViewDeps, sessionId: string): Promise<SessionFile | undefined> {
  const upTo = await asOf(deps.viewStore, journalView.schema);
  const document = (await deps.viewStore.get(journalView.schema, 'sessions', sessionId)) as JournalDocument | undefined;
  const requestId = document?.requestId ?? requestIdOf(sessionId);
  const request = requestId === undefined ? undefined : await getRequest(deps, requestId);
  const booked = request?.appointments.some((one) => one.sessionId === sessionId) ?? false;
  if (document === undefined && !booked) return undefined;
  const memberId = document?.memberId ?? request?.memberId ?? '';
  const [session, members, consent, charters] = await Promise.all([
    document === undefined ? null : openWithin(deps.opener, document).then(withCorrections),
    membersById(deps, [memberId]),
    getConsent(deps, sessionId),
    chartersById(deps, [document?.charterVersionId]),
  ]);
  const months = charters.get(document?.charterVersionId ?? '')?.parameters.journalRetentionMonths;
  return {
    session,
    member: members[0] ?? null,
    consent: consent ?? null,
    request: request ?? null,
    retention: retentionOf(document ?? {}, months, deps.now),
    asOf: upTo,
  };
}

/** `<requestId>.<n>` → the request; undefined for a session recorded without one. */
const requestIdOf = (sessionId: string): string | undefined => {
  const dot = sessionId.lastIndexOf('.');
  return dot < 0 ? undefined : sessionId.slice(0, dot);
};
