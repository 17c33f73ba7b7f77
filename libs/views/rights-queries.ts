import { fallbackParameters } from '#domain/charter/parameters.js';
import type { ClockCode } from '#domain/deadlines/clock-rule.js';
import { clockRule } from '#domain/deadlines/clocks.js';
import { type DeadlineCalendar, deadline, derivationLine } from '#domain/deadlines/deadline.js';
import type { RightsKind } from '#domain/rights/events.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import type { Condition } from '#ports/view-store/view-store.js';
import { type ClosureDocument, closuresView } from './closures.js';
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
import { type RightsDocument, type RightsStage, rightsView } from './rights.js';
import type { AsOf } from './view.js';

/** What a query on rights cases needs besides the views: the civil calendar. */
export interface RightsDeps extends ViewDeps {
  readonly civilTime: DeadlineCalendar['civilTime'];
}

/** The clock of one case at the moment of the question. Late is shown, never hidden. */
export interface RightsClock {
  /** Days since the receipt; the day of the receipt is 0. */
  readonly day: number;
  /** Days left until the last day, negative when it is over; absent once answered or withdrawn. */
  readonly daysLeft?: number;
  readonly late: boolean;
  /** How the last day was found, in French. */
  readonly derivation: string;
}

/** A case in a list: nothing of what was said. */
export type RightsLine = Omit<RightsDocument, 'details' | 'extension' | 'decision'> & {
  readonly clock: RightsClock;
  readonly extended: boolean;
  readonly decided?: 'granted' | 'partly' | 'refused';
  readonly member: MemberSummary | null;
};

export interface RightsParams extends PageParams {
  readonly memberId?: string;
  readonly kind?: RightsKind;
  readonly stage?: RightsStage;
  readonly open?: boolean;
  /** Only those whose last day is over and whose answer has not left. */
  readonly late?: boolean;
  /** `dueOn` (default) or `-dueOn`. */
  readonly sort?: 'dueOn' | '-dueOn';
}

/** Cases, most urgent first. */
export async function listRights(deps: RightsDeps, params: RightsParams): Promise<ListAnswer<RightsLine>> {
  const { memberId, kind, stage, open } = params;
  const page = await findPage<RightsDocument>(
    deps.viewStore,
    rightsView.schema,
    {
      collection: 'cases',
      where: [
        ...equals({ memberId, kind, stage, open }),
        ...(params.late === true ? lateOn(localDayOf(deps.now)) : []),
      ],
      orderBy: { field: 'dueOn', direction: params.sort === '-dueOn' ? 'desc' : 'asc' },
    },
    params,
  );
  const [clockOf, members] = await Promise.all([
    clocks(deps),
    membersById(
      deps,
      page.documents.map((one) => one.memberId),
    ),
  ]);
  const memberOf = new Map(members.map((one) => [one.memberId, one]));
  const lines = page.documents.map((one): RightsLine => {
    const { details: _, extension, decision, ...line } = one;
    return {
      ...line,
      clock: clockOf(one),
      extended: extension !== undefined,
      ...(decision === undefined ? {} : { decided: decision.decision }),
      member: memberOf.get(one.memberId) ?? null,
    };
  });
  return listAnswer(lines, page.asOf, page.next);
}

const lateOn = (today: LocalDate): readonly Condition[] => [
  { field: 'dueOn', op: 'lt', value: today },
  { field: 'stage', op: 'in', value: ['received', 'identified', 'decided'] },
];

/** One case, opened. */
export type RightsFile = Unsealed<RightsDocument> & {
  readonly clock: RightsClock;
  readonly member: MemberSummary | null;
  readonly asOf: AsOf;
};

export async function getRights(deps: RightsDeps, rightsId: string): Promise<RightsFile | undefined> {
  const upTo = await asOf(deps.viewStore, rightsView.schema);
  const document = await rightsDocument(deps, rightsId);
  if (document === undefined) return undefined;
  const [opened, clockOf, members] = await Promise.all([
    openWithin(deps.opener, document),
    clocks(deps),
    membersById(deps, [document.memberId]),
  ]);
  return { ...opened, clock: clockOf(document), member: members[0] ?? null, asOf: upTo };
}

export const rightsDocument = async (
  { viewStore }: Pick<ViewDeps, 'viewStore'>,
  rightsId: string,
): Promise<RightsDocument | undefined> =>
  (await viewStore.get(rightsView.schema, 'cases', rightsId)) as RightsDocument | undefined;

/** Every case of one member. */
export const rightsOfMember = (
  { viewStore }: Pick<ViewDeps, 'viewStore'>,
  memberId: string,
): Promise<readonly RightsDocument[]> =>
  findAll<RightsDocument>(viewStore, rightsView.schema, {
    collection: 'cases',
    where: equals({ memberId }),
    orderBy: { field: 'dueOn', direction: 'asc' },
  });

async function clocks({ viewStore, civilTime, now }: RightsDeps): Promise<(one: RightsDocument) => RightsClock> {
  const closures = await findAll<ClosureDocument>(viewStore, closuresView.schema, {
    collection: 'closures',
    orderBy: { field: 'to', direction: 'asc' },
  });
  const isClosed: DeadlineCalendar['isClosed'] = (day) => closures.some(({ from, to }) => from <= day && day <= to);
  return (one) => clockOf(one, { civilTime, isClosed }, now);
}

export function clockOf(one: RightsDocument, calendar: DeadlineCalendar, now: Instant): RightsClock {
  const today = localDayOf(now);
  const running = one.answer === undefined && one.open;
  return {
    day: daysBetween(localDayOf(one.receivedAt), today),
    ...(running ? { daysLeft: daysBetween(today, one.dueOn) } : {}),
    late: one.answer?.late ?? (running && today > one.dueOn),
    derivation: derivationOf(one, calendar),
  };
}

/**
 * The day told to the member stays the day, so a closing day declared since is left out when it would move it, and a
 * withdrawn one is said to have been there.
 */
function derivationOf(one: RightsDocument, calendar: DeadlineCalendar): string {
  const code: ClockCode = one.extension === undefined ? 'rights-answer' : 'rights-answer-extended';
  const rule = clockRule(code, fallbackParameters);
  for (const isClosed of [calendar.isClosed, () => false]) {
    const found = deadline(rule, one.receivedAt, { civilTime: calendar.civilTime, isClosed });
    if (found.lastDay === one.dueOn) return derivationLine(found);
  }
  const found = deadline(rule, one.receivedAt, calendar);
  return `${derivationLine(found)} ; jour annoncé à l’adhérent, avec les fermetures connues alors : ${one.dueOn}`;
}

const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
