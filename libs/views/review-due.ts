import type { CivilTime } from '#domain/calendar/civil-time.js';
import { fallbackParameters } from '#domain/charter/parameters.js';
import { clockRule, defaultClockSettings } from '#domain/deadlines/clocks.js';
import { deadline } from '#domain/deadlines/deadline.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import { type ClosureDocument, closuresView } from './closures.js';
import { findAll, type ViewDeps } from './query.js';

/**
 * No charter says how long a deviation may wait: the association's own rule, as it stood when the deviation was flagged.
 * @param workingDays as recorded with it; left out: five
 */
export const reviewRule = (
  workingDays: number = defaultClockSettings.deviationReviewWorkingDays,
): ReturnType<typeof clockRule> =>
  clockRule('deviation-review', fallbackParameters, {
    ...defaultClockSettings,
    deviationReviewWorkingDays: workingDays,
  });

/** A deviation as far as its last day goes. */
export interface Flagged {
  readonly flaggedAt: Instant;
  readonly reviewDays?: number;
}

/** The last day for the lead's comment on a deviation flagged then; closing days and holidays do not count. */
export async function reviewDue(
  { viewStore }: Pick<ViewDeps, 'viewStore'>,
  civilTime: CivilTime,
): Promise<(one: Flagged) => LocalDate> {
  const closures = await findAll<ClosureDocument>(viewStore, closuresView.schema, {
    collection: 'closures',
    orderBy: { field: 'to', direction: 'asc' },
  });
  const isClosed = (day: LocalDate) => closures.some(({ from, to }) => from <= day && day <= to);
  return ({ flaggedAt, reviewDays }) => {
    const { lastDay } = deadline(reviewRule(reviewDays), flaggedAt, { civilTime, isClosed });
    return lastDay ?? civilTime.toLocal(flaggedAt).date;
  };
}
