import { type Instant, type LocalDate, plusMilliseconds } from '#kernel/time.js';
import { type ComplaintClockLine, clockLines, nextDue } from './complaint-clocks.js';
import type { ComplaintDocument, ComplaintStage } from './complaint-document.js';
import { complaintsView } from './complaints.js';
import { type HoldDocument, holdsView } from './holds.js';
import { localDayOf } from './local-day.js';
import { type MemberSummary, membersById } from './members.js';
import {
  asOf,
  equals,
  findAll,
  findPage,
  type ListAnswer,
  listAnswer,
  openWithin,
  type PageParams,
  type Unsealed,
  type ViewDeps,
} from './query.js';
import type { AsOf } from './view.js';

/** A complaint in a list: nothing of what was said. */
export interface ComplaintLine
  extends Pick<
    ComplaintDocument,
    | 'complaintId'
    | 'memberId'
    | 'revision'
    | 'stage'
    | 'open'
    | 'channel'
    | 'receivedAt'
    | 'recordedLate'
    | 'sessionIds'
    | 'concernsDirector'
    | 'promptLate'
    | 'formalLate'
    | 'inquirerId'
  > {
  readonly outcome?: string;
  /** What the association owes next. */
  readonly next?: Pick<ComplaintClockLine, 'clock' | 'name' | 'lastDay' | 'daysLeft' | 'standing' | 'derivation'>;
  readonly overdue: boolean;
  readonly member: MemberSummary | null;
}

export interface ComplaintsParams extends PageParams {
  readonly memberId?: string;
  readonly stage?: ComplaintStage;
  readonly open?: boolean;
  readonly promptLate?: boolean;
  readonly formalLate?: boolean;
  readonly inquirerId?: string;
  readonly sessionId?: string;
  /** `receivedAt` or `-receivedAt` (default). */
  readonly sort?: 'receivedAt' | '-receivedAt';
}

/** Complaints, latest first. */
export async function listComplaints(deps: ViewDeps, params: ComplaintsParams): Promise<ListAnswer<ComplaintLine>> {
  const { memberId, stage, open, promptLate, formalLate, inquirerId, sessionId } = params;
  const page = await findPage<ComplaintDocument>(
    deps.viewStore,
    complaintsView.schema,
    {
      collection: 'complaints',
      where: [
        ...equals({ memberId, stage, open, promptLate, formalLate, inquirerId }),
        ...(sessionId === undefined ? [] : [{ field: 'sessionIds', op: 'has' as const, value: sessionId }]),
      ],
      orderBy: { field: 'receivedAt', direction: params.sort === 'receivedAt' ? 'asc' : 'desc' },
    },
    params,
  );
  const ids = page.documents.map((one) => one.memberId);
  const members = new Map((await membersById(deps, ids)).map((one) => [one.memberId, one]));
  const lines = page.documents.map((one) => complaintLine(one, deps.now, members.get(one.memberId) ?? null));
  return listAnswer(lines, page.asOf, page.next);
}

function complaintLine(one: ComplaintDocument, now: Instant, member: MemberSummary | null): ComplaintLine {
  const { complaintId, memberId, revision, stage, open, channel, receivedAt, recordedLate } = one;
  const { sessionIds, concernsDirector, promptLate, formalLate, inquirerId, closed } = one;
  const due = nextDue(clockLines(one, now));
  return {
    ...{ complaintId, memberId, revision, stage, open, channel, receivedAt, recordedLate },
    ...{ sessionIds, concernsDirector, promptLate, formalLate },
    ...(inquirerId === undefined ? {} : { inquirerId }),
    ...(stage === 'closed' && closed ? { outcome: closed.outcome } : {}),
    ...(due === undefined ? {} : { next: pick(due) }),
    overdue: due?.standing === 'overdue',
    member,
  };
}

const pick = ({ clock, name, lastDay, daysLeft, standing, derivation }: ComplaintClockLine) => ({
  ...{ clock, name, lastDay, standing, derivation },
  ...(daysLeft === undefined ? {} : { daysLeft }),
});

/** A hold that a complaint placed or that names it. */
export interface ComplaintHoldLine
  extends Pick<HoldDocument, 'holdId' | 'state' | 'cells' | 'tooLate' | 'placedAt' | 'reviewOn' | 'outerBound'> {
  /** The case is over and the hold goes on: somebody should release it. It is never released by itself. */
  readonly releaseProposed: boolean;
}

/** One complaint, opened, with every clock and its derivation, its steps and its holds. */
export type ComplaintFile = Omit<Unsealed<ComplaintDocument>, 'clocks'> & {
  readonly clocks: readonly ComplaintClockLine[];
  readonly holds: readonly ComplaintHoldLine[];
  readonly member: MemberSummary | null;
  readonly asOf: AsOf;
};

export async function getComplaint(deps: ViewDeps, complaintId: string): Promise<ComplaintFile | undefined> {
  const upTo = await asOf(deps.viewStore, complaintsView.schema);
  const document = await complaintDocument(deps, complaintId);
  if (document === undefined) return undefined;
  const [opened, holds, members] = await Promise.all([
    openWithin(deps.opener, document),
    holdsOf(deps, document),
    membersById(deps, [document.memberId]),
  ]);
  return { ...opened, clocks: clockLines(document, deps.now), holds, member: members[0] ?? null, asOf: upTo };
}

export const complaintDocument = async (
  { viewStore }: Pick<ViewDeps, 'viewStore'>,
  complaintId: string,
): Promise<ComplaintDocument | undefined> =>
  (await viewStore.get(complaintsView.schema, 'complaints', complaintId)) as ComplaintDocument | undefined;

/** Every complaint that is still open; few by nature. */
export const openComplaints = ({ viewStore }: Pick<ViewDeps, 'viewStore'>): Promise<readonly ComplaintDocument[]> =>
  findAll<ComplaintDocument>(viewStore, complaintsView.schema, {
    collection: 'complaints',
    where: equals({ open: true }),
    orderBy: { field: 'receivedAt', direction: 'asc' },
  });

/** Those whose mediation has not run out, closed ones among them. */
export const complaintsInMediation = ({
  viewStore,
  now,
}: Pick<ViewDeps, 'viewStore' | 'now'>): Promise<readonly ComplaintDocument[]> =>
  findAll<ComplaintDocument>(viewStore, complaintsView.schema, {
    collection: 'complaints',
    where: [{ field: 'mediationUntil', op: 'gte', value: localDayOf(now) }],
    orderBy: { field: 'mediationUntil', direction: 'asc' },
  });

async function holdsOf(
  { viewStore }: Pick<ViewDeps, 'viewStore'>,
  { complaintId, memberId, open }: ComplaintDocument,
): Promise<readonly ComplaintHoldLine[]> {
  const all = await findAll<HoldDocument>(viewStore, holdsView.schema, {
    collection: 'holds',
    where: equals({ memberId }),
    orderBy: { field: 'reviewOn', direction: 'asc' },
  });
  return all
    .filter(({ reference }) => reference === complaintId)
    .map(({ holdId, state, cells, tooLate, placedAt, reviewOn, outerBound }) => ({
      ...{ holdId, state, cells, tooLate, placedAt, reviewOn, outerBound },
      releaseProposed: state === 'live' && !open,
    }));
}

/** A live hold whose complaint is over: its release is proposed to whoever decides on holds. */
export interface HoldToRelease {
  readonly holdId: string;
  readonly memberId: string;
  readonly complaintId: string;
  readonly placedAt: Instant;
  readonly reviewOn: LocalDate;
  readonly complaintEndedOn: LocalDate | undefined;
}

/** A hold that a filing placed beforehand, and that died before its complaint: told once it can no longer be under way. */
const UNDER_WAY_MS = 3_600_000;

export async function holdsToRelease(deps: Pick<ViewDeps, 'viewStore' | 'now'>): Promise<readonly HoldToRelease[]> {
  const live = await findAll<HoldDocument>(deps.viewStore, holdsView.schema, {
    collection: 'holds',
    where: equals({ state: 'live' }),
    orderBy: { field: 'reviewOn', direction: 'asc' },
  });
  const references = [...new Set(live.flatMap(({ ground, reference }) => (ground === 'complaint' && reference) || []))];
  const found = await deps.viewStore.load(complaintsView.schema, 'complaints', references);
  return live.flatMap(({ holdId, memberId, ground, reference, placedAt, reviewOn }) => {
    if (ground !== 'complaint') return [];
    const complaint = found.get(reference ?? '')?.document as unknown as ComplaintDocument | undefined;
    if (complaint === undefined) {
      const left = reference !== undefined && placedAt < plusMilliseconds(deps.now, -UNDER_WAY_MS);
      const line = { holdId, memberId, complaintId: reference ?? '', placedAt, reviewOn, complaintEndedOn: undefined };
      return left ? [line] : [];
    }
    if (complaint.open) return [];
    const ended = complaint.steps.findLast(({ type }) => type === 'ComplaintClosed' || type === 'ComplaintWithdrawn');
    const complaintEndedOn = ended && localDayOf(ended.at);
    return [{ holdId, memberId, complaintId: complaint.complaintId, placedAt, reviewOn, complaintEndedOn }];
  });
}
