import { findRule } from '#domain/charter/rules.js';
import { deviationKinds } from '#domain/shared/deviation.js';
import type { LocalDate } from '#kernel/time.js';
import type { Condition } from '#ports/view-store/view-store.js';
import { articleOf, complianceView, type DeviationDocument } from './compliance.js';
import { destroyedAmong, withoutDestroyed } from './destroyed-among.js';
import { plusDays, startOfLocalDay } from './local-day.js';
import {
  asOf,
  equals,
  findAll,
  findPage,
  type ListAnswer,
  listAnswer,
  MAX_PAGE,
  type PageParams,
  type ViewDeps,
} from './query.js';
import { retentionView } from './retention.js';
import type { AsOf, ViewDefinition } from './view.js';

export interface DeviationsParams extends PageParams {
  readonly code?: string;
  readonly rule?: string;
  readonly review?: 'open' | 'reviewed';
  readonly memberId?: string;
  readonly sessionId?: string;
  /** Days of flagging in Europe/Paris, both included. */
  readonly from?: LocalDate;
  readonly to?: LocalDate;
  /** `flaggedAt` or `-flaggedAt` (default). */
  readonly sort?: 'flaggedAt' | '-flaggedAt';
}

const between = (from: LocalDate | undefined, to: LocalDate | undefined): Condition[] => [
  ...(from === undefined ? [] : [{ field: 'flaggedAt', op: 'gte' as const, value: startOfLocalDay(from) }]),
  ...(to === undefined ? [] : [{ field: 'flaggedAt', op: 'lt' as const, value: startOfLocalDay(plusDays(to, 1)) }]),
];

/**
 * A deviation in a list: the comment is read in the journal entry, with a purpose. `erased`: nobody had commented it when the
 * journal of its session was destroyed, and nobody can any more; it is still counted.
 */
export interface DeviationLine extends Omit<DeviationDocument, 'comment' | 'review'> {
  readonly review: DeviationDocument['review'] | 'erased';
}

export const deviationLineOf = ({ comment: _, ...line }: DeviationDocument): DeviationLine => line;

/** Those that still wait for a comment and can have one, oldest first. */
export async function openDeviations({
  viewStore,
}: Pick<ViewDeps, 'viewStore'>): Promise<readonly DeviationDocument[]> {
  const open = await findAll<DeviationDocument>(viewStore, complianceView.schema, {
    collection: 'deviations',
    where: equals({ review: 'open' }),
    orderBy: { field: 'flaggedAt', direction: 'asc' },
  });
  return withoutDestroyed(viewStore, open);
}

export async function listDeviations(
  deps: Pick<ViewDeps, 'viewStore'>,
  params: DeviationsParams,
): Promise<ListAnswer<DeviationLine>> {
  const { code, rule, review, memberId, sessionId } = params;
  const query = {
    collection: 'deviations',
    where: [...equals({ code, rule, review, memberId, sessionId }), ...between(params.from, params.to)],
    orderBy: { field: 'flaggedAt', direction: params.sort === 'flaggedAt' ? ('asc' as const) : ('desc' as const) },
  };
  const upTo = await oldestOf(deps.viewStore);
  const wanted = Math.min(Math.max(params.limit ?? 50, 1), MAX_PAGE);
  const items: DeviationLine[] = [];
  let { cursor } = params;
  // pages are read on where some of what was open is destroyed
  do {
    const left = { limit: wanted - items.length, ...(cursor === undefined ? {} : { cursor }) };
    const page = await findPage<DeviationDocument>(deps.viewStore, complianceView.schema, query, left);
    const isDestroyed = await destroyedAmong(deps.viewStore, page.documents);
    const lines = page.documents.map((one): DeviationLine => {
      const line = deviationLineOf(one);
      return one.review === 'open' && isDestroyed(one) ? { ...line, review: 'erased' } : line;
    });
    items.push(...(review === undefined ? lines : lines.filter((one) => one.review === review)));
    cursor = page.next;
  } while (cursor !== undefined && items.length < wanted);
  return listAnswer(items, upTo, cursor);
}

/** A deviation is open while nobody has commented it and its session is kept: two views say so together. */
async function oldestOf(viewStore: ViewDeps['viewStore']): Promise<AsOf> {
  const places = await Promise.all(reviewViews.map(({ schema }) => asOf(viewStore, schema)));
  const known = places.flatMap(({ position }) => position ?? []);
  return { position: known.length < places.length ? undefined : known.sort()[0] };
}

/** The views that questions about deviations wait for. */
export const reviewViews: readonly ViewDefinition[] = [complianceView, retentionView];

/** How often a kind of deviation happened, destroyed sessions included, and how many still wait for the lead's comment. */
export interface ComplianceRow {
  readonly code: string;
  readonly text: string;
  readonly rule: string;
  readonly ruleText: string;
  readonly article: string;
  readonly serious: boolean;
  readonly total: number;
  readonly open: number;
}

export interface ComplianceAnswer {
  /** Every deviation code of the closed list, in the list's order; zero is an answer too. */
  readonly rows: readonly ComplianceRow[];
  /** The same added up per article of the charter. */
  readonly articles: readonly { readonly article: string; readonly total: number; readonly open: number }[];
  readonly total: number;
  readonly open: number;
  readonly asOf: AsOf;
}

export async function compliance(
  { viewStore }: Pick<ViewDeps, 'viewStore'>,
  params: { readonly from?: LocalDate; readonly to?: LocalDate },
): Promise<ComplianceAnswer> {
  const upTo = await oldestOf(viewStore);
  const period = between(params.from, params.to);
  const count = (where: Condition[]) => viewStore.count(complianceView.schema, { collection: 'deviations', where });
  const waiting = (await openDeviations({ viewStore })).filter(
    ({ flaggedAt }) =>
      (params.from === undefined || flaggedAt >= startOfLocalDay(params.from)) &&
      (params.to === undefined || flaggedAt < startOfLocalDay(plusDays(params.to, 1))),
  );
  const rows = await Promise.all(
    deviationKinds.map(async ({ code, rule, serious, text }): Promise<ComplianceRow> => {
      const total = await count([...equals({ code }), ...period]);
      const open = waiting.filter((one) => one.code === code).length;
      return { code, text, rule, ruleText: findRule(rule)?.text ?? '', article: articleOf(rule), serious, total, open };
    }),
  );
  const add = (list: readonly ComplianceRow[]) => ({
    total: list.reduce((sum, row) => sum + row.total, 0),
    open: list.reduce((sum, row) => sum + row.open, 0),
  });
  const articles = [...new Set(rows.map((row) => row.article))]
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((article) => ({ article, ...add(rows.filter((row) => row.article === article)) }));
  return { rows, articles, ...add(rows), asOf: upTo };
}
