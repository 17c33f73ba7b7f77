import type { LocalDate } from '#kernel/time.js';
import { writeCursor } from '#ports/view-store/check-query.js';
import { comparePlaces, placeOf } from '#ports/view-store/order.js';
import type { Condition, ViewStore } from '#ports/view-store/view-store.js';
import { startOfLocalDay } from './local-day.js';
import { asOf, type DocumentPage, equals, MAX_PAGE, type PageParams } from './query.js';
import { type RuleApplicationDocument, type RuleOutcome, ruleOutcomes } from './rule-application.js';
import { ruleApplicationsView } from './rule-applications.js';

/** Months `YYYY-MM` in Paris, both included. */
export interface MonthsParams {
  readonly from?: string;
  readonly to?: string;
}

const { schema } = ruleApplicationsView;
const COLLECTION = 'applications';
const LAST_MONTH = '9999-12';

/** Months as a stretch of time: a month begins with its first day in Paris and ends where the next one begins. */
export const within = ({ from, to }: MonthsParams): readonly Condition[] => [
  ...(from === undefined ? [] : [{ field: 'firstAt', op: 'gte' as const, value: startOf(from) }]),
  ...(to === undefined || to >= LAST_MONTH
    ? []
    : [{ field: 'firstAt', op: 'lt' as const, value: startOf(nextMonth(to)) }]),
];

const startOf = (month: string): string => startOfLocalDay(`${month}-01` as LocalDate);

const nextMonth = (month: string): string => {
  const [year = 0, index = 1] = month.split('-').map(Number);
  return index === 12
    ? `${String(year + 1).padStart(4, '0')}-01`
    : `${month.slice(0, 4)}-${String(index + 1).padStart(2, '0')}`;
};

const LATEST_FIRST = { field: 'firstAt', direction: 'desc' } as const;

/**
 * Applications of one rule, latest first. Each index names the outcome, so that an application lies in no more of them than
 * counting needs: a page of all outcomes is made of a page of each, and goes on from the same place in all of them.
 */
export async function applicationsOf(
  viewStore: ViewStore,
  rule: string,
  { outcome, limit = 50, cursor, ...months }: MonthsParams & PageParams & { readonly outcome?: RuleOutcome },
): Promise<DocumentPage<RuleApplicationDocument>> {
  const size = Math.min(Math.max(limit, 1), MAX_PAGE);
  const upTo = await asOf(viewStore, schema);
  const pages = await Promise.all(
    (outcome === undefined ? ruleOutcomes : [outcome]).map((one) =>
      viewStore.find(schema, {
        collection: COLLECTION,
        where: [...equals({ rule, outcome: one }), ...within(months)],
        orderBy: LATEST_FIRST,
        limit: size,
        ...(cursor === undefined ? {} : { after: cursor }),
      }),
    ),
  );
  const found = pages
    .flatMap(({ documents }) => documents)
    .map(({ id, document }) => ({ document, place: placeOf(LATEST_FIRST, id, document) }))
    .sort((one, other) => comparePlaces(LATEST_FIRST, one.place, other.place));
  const some = found.slice(0, size);
  const last = some.at(-1);
  const more = found.length > size || pages.some(({ next }) => next !== undefined);
  return {
    documents: some.map(({ document }) => document as unknown as RuleApplicationDocument),
    asOf: upTo,
    next: more && last ? writeCursor(LATEST_FIRST, last.place) : undefined,
  };
}

const MOST_MONTHS = 120;

/** Every month from the first to the last in which a rule applied, empty ones between them included. */
export async function monthsSeen(viewStore: ViewStore, rule: string, params: MonthsParams): Promise<readonly string[]> {
  const ends = await Promise.all(
    ruleOutcomes.flatMap((outcome) =>
      (['asc', 'desc'] as const).map(async (direction) => {
        const { documents } = await viewStore.find(schema, {
          collection: COLLECTION,
          where: [...equals({ rule, outcome }), ...within(params)],
          orderBy: { field: 'firstAt', direction },
          limit: 1,
        });
        return (documents[0]?.document as unknown as RuleApplicationDocument | undefined)?.month;
      }),
    ),
  );
  const seen = ends.filter((month) => month !== undefined).sort();
  const [first, last] = [seen[0], seen.at(-1)];
  if (first === undefined || last === undefined) return [];
  const months: string[] = [];
  for (let month = first; month <= last && months.length < MOST_MONTHS; month = nextMonth(month)) months.push(month);
  return months;
}
