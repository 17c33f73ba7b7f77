import { fallbackParameters } from '#domain/charter/parameters.js';
import { cellOfKept } from '#domain/retention/due.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import type { ViewStore } from '#ports/view-store/view-store.js';
import { type CharterDocument, chartersView } from './charters.js';
import { localDayOf, plusDays, plusMonths, startOfLocalDay } from './local-day.js';
import { asOf, findAll, findPage, type ListAnswer, listAnswer, type PageParams, type ViewDeps } from './query.js';
import { retentionView } from './retention.js';
import type { HoldDocument, KeptDocument, RunDocument } from './retention-documents.js';
import type { AsOf } from './view.js';

type Deps = Pick<ViewDeps, 'viewStore'>;
const { schema } = retentionView;

/** How many months each version of the charter keeps a journal; the model charter's where a version is unknown. */
export async function retentionMonths({ viewStore }: Deps): Promise<(charterVersionId: string | undefined) => number> {
  const versions = await findAll<CharterDocument>(viewStore, chartersView.schema, {
    collection: 'versions',
    orderBy: { field: 'effectiveFrom', direction: 'asc' },
  });
  const months = new Map(versions.map((one) => [one.charterVersionId, one.parameters.journalRetentionMonths]));
  return (id) => months.get(id ?? '') ?? fallbackParameters.journalRetentionMonths;
}

/** Months of what is kept: of its kind, else of its charter version. */
export const monthsOf = (
  { months, charterVersionId }: Pick<KeptDocument, 'months' | 'charterVersionId'>,
  ofVersion: (charterVersionId: string | undefined) => number,
): number => months ?? ofVersion(charterVersionId);

/**
 * Of the members given: those of whom something else is still kept or under way. Their names are needed to read it, so that
 * an identity leaves after the last of it, a night later.
 */
export async function stillOnFile(deps: Deps, memberIds: readonly string[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const memberId of new Set(memberIds)) {
    const files = await findAll<KeptDocument>(deps.viewStore, schema, {
      collection: 'kept',
      where: [{ field: 'memberId', op: 'eq', value: memberId }],
      orderBy: { field: 'endedAt', direction: 'asc' },
    });
    if (files.some(({ kind, state }) => kind !== 'member' && (state === 'kept' || state === 'under-way')))
      found.add(memberId);
  }
  return found;
}

/** The shortest period of any version: what ended later than that before a day cannot be due then. */
export async function shortestRetention({ viewStore }: Deps): Promise<number> {
  const versions = await findAll<CharterDocument>(viewStore, chartersView.schema, {
    collection: 'versions',
    orderBy: { field: 'effectiveFrom', direction: 'asc' },
  });
  const all = versions.map((one) => one.parameters.journalRetentionMonths);
  return Math.min(fallbackParameters.journalRetentionMonths, ...all);
}

/** What is kept and began its period before a moment, oldest first; and, of requests among it, the sessions. */
export async function keptSince(deps: Deps, before: Instant): Promise<readonly KeptDocument[]> {
  const found = await findAll<KeptDocument>(deps.viewStore, schema, {
    collection: 'kept',
    where: [
      { field: 'state', op: 'eq', value: 'kept' },
      { field: 'endedAt', op: 'lt', value: before },
    ],
    orderBy: { field: 'endedAt', direction: 'asc' },
  });
  const known = new Set(found.map((one) => one.id));
  const others = [...new Set(found.flatMap((one) => one.sessions))].filter((id) => !known.has(id));
  return [...found, ...(await sessionsOf(deps.viewStore, others))];
}

async function sessionsOf(viewStore: ViewStore, ids: readonly string[]): Promise<readonly KeptDocument[]> {
  const all: KeptDocument[] = [];
  for (let at = 0; at < ids.length; at += 500) {
    const keys = ids.slice(at, at + 500).map((id) => `session:${id}`);
    for (const one of (await viewStore.load(schema, 'kept', keys)).values())
      all.push(one.document as unknown as KeptDocument);
  }
  return all.filter((one) => one.state === 'kept' || one.state === 'under-way');
}

/** What the destructions of one run took or are about to take: their ids begin with the run's, then a full stop. */
export const condemnedBy = ({ viewStore }: Deps, runId: string): Promise<readonly KeptDocument[]> =>
  findAll<KeptDocument>(viewStore, schema, {
    collection: 'kept',
    where: [
      { field: 'destructionId', op: 'gte', value: `${runId}.` },
      { field: 'destructionId', op: 'lt', value: `${runId}/` },
    ],
    orderBy: { field: 'destructionId', direction: 'asc' },
  });

/** A line of the retention calendar: what leaves, when, and why it stays when it does. */
export interface CalendarLine {
  readonly kind: KeptDocument['kind'];
  readonly id: string;
  /** Whose keys they are; the thing itself where no member’s. */
  readonly memberId: string;
  readonly endedAt: Instant;
  readonly months: number;
  /** Last day on which it may be read. */
  readonly lastConsultableDay: LocalDate;
  /** The run of the night before this day's morning takes it. */
  readonly purgeDay: LocalDate;
  /** `held`: it stays past that day; `overdue`: the day has come and no run has taken it yet. */
  readonly state: 'leaves' | 'overdue' | 'held';
  readonly hold?: Pick<HoldDocument, 'holdId' | 'ground' | 'reviewOn' | 'outerBound'>;
}

/**
 * What leaves until a day, soonest first, everything overdue and everything held past its day included.
 * @param params.until a day in Paris, included; default the end of the present month
 */
export async function retentionCalendar(
  deps: Pick<ViewDeps, 'viewStore' | 'now'>,
  params: { readonly until?: LocalDate } = {},
): Promise<{ readonly items: readonly CalendarLine[]; readonly until: LocalDate; readonly asOf: AsOf }> {
  const today = localDayOf(deps.now);
  const until = params.until ?? plusDays(`${plusMonths(today, 1).slice(0, 8)}01` as LocalDate, -1);
  const upTo = await asOf(deps.viewStore, schema);
  const [months, shortest, holds] = await Promise.all([
    retentionMonths(deps),
    shortestRetention(deps),
    findAll<HoldDocument>(deps.viewStore, schema, {
      collection: 'holds',
      where: [{ field: 'state', op: 'eq', value: 'held' }],
    }),
  ]);
  const kept = await keptSince(deps, startOfLocalDay(plusDays(plusMonths(until, -shortest), 2)));
  const purged = kept.flatMap((one) => {
    const { kind, id, memberId, endedAt } = one;
    if (memberId === undefined || endedAt === undefined) return [];
    const period = monthsOf(one, months);
    const lastConsultableDay = plusMonths(localDayOf(endedAt), period);
    const purgeDay = plusDays(lastConsultableDay, 1);
    return purgeDay > until ? [] : [{ kind, id, memberId, endedAt, months: period, lastConsultableDay, purgeDay }];
  });
  const waiting = await stillOnFile(
    deps,
    purged.flatMap(({ kind, memberId }) => (kind === 'member' ? [memberId] : [])),
  );
  const items = purged.flatMap((one): readonly CalendarLine[] => {
    const { kind, memberId, purgeDay } = one;
    if (kind === 'member' && waiting.has(memberId)) return [];
    const cell = cellOfKept(one);
    const hold = holds.find((held) => held.memberId === memberId && held.cells.some((other) => touches(cell, other)));
    const state = hold ? 'held' : purgeDay <= today ? 'overdue' : 'leaves';
    const line = { ...one, state } as const;
    if (!hold) return [line];
    const { holdId, ground, reviewOn, outerBound } = hold;
    return [{ ...line, hold: { holdId, ground, reviewOn, outerBound } }];
  });
  const sorted = [...items].sort((one, other) => (one.purgeDay < other.purgeDay ? -1 : 1));
  return { items: sorted, until, asOf: upTo };
}

/** One lies within the other: a hold keeps what is below it, and what is above it. */
const touches = (one: string, other: string): boolean =>
  one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);

/** Runs of retention, latest day first. */
export async function listRetentionRuns(deps: Deps, params: PageParams): Promise<ListAnswer<RunDocument>> {
  const page = await findPage<RunDocument>(
    deps.viewStore,
    schema,
    { collection: 'runs', orderBy: { field: 'day', direction: 'desc' } },
    params,
  );
  return listAnswer(page.documents, page.asOf, page.next);
}
