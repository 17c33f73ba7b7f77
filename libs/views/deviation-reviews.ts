import type { CivilTime } from '#domain/calendar/civil-time.js';
import type { LocalDate } from '#kernel/time.js';
import {
  type DeviationLine,
  type DeviationsParams,
  deviationLineOf,
  listDeviations,
  openDeviations,
} from './compliance-queries.js';
import { localDayOf } from './local-day.js';
import type { ListAnswer, ViewDeps } from './query.js';
import { reviewDue } from './review-due.js';

/** A deviation with the last day for the lead's comment; late also when the comment came after it. */
export type DeviationUnderReview = DeviationLine & { readonly dueOn: LocalDate; readonly late: boolean };

type Deps = Pick<ViewDeps, 'viewStore' | 'now'> & { readonly civilTime: CivilTime };

/** Deviations as `listDeviations` gives them, each with its last day and whether the comment is or was late. */
export async function deviationsUnderReview(
  deps: Deps,
  params: DeviationsParams,
): Promise<ListAnswer<DeviationUnderReview>> {
  const [found, dueOf] = await Promise.all([listDeviations(deps, params), reviewDue(deps, deps.civilTime)]);
  const today = localDayOf(deps.now);
  return { ...found, items: found.items.map((one) => underReview(one, dueOf(one), today)) };
}

/** Serious ones that nobody has commented yet: shown to whoever decides, from the moment they are flagged. Oldest first. */
export async function seriousDeviations(deps: Deps): Promise<readonly DeviationUnderReview[]> {
  const [open, dueOf] = await Promise.all([openDeviations(deps), reviewDue(deps, deps.civilTime)]);
  const today = localDayOf(deps.now);
  return open.filter(({ serious }) => serious).map((one) => underReview(deviationLineOf(one), dueOf(one), today));
}

const underReview = (one: DeviationLine, dueOn: LocalDate, today: LocalDate): DeviationUnderReview => ({
  ...one,
  dueOn,
  late: (one.reviewedAt === undefined ? today : localDayOf(one.reviewedAt)) > dueOn,
});
