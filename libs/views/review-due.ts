import type { CivilTime } from '#domain/calendar/civil-time.js';
import { fallbackParameters } from '#domain/charter/parameters.js';
import { clockRule } from '#domain/deadlines/clocks.js';
import { deadline } from '#domain/deadlines/deadline.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import { type ClosureDocument, closuresView } from './closures.js';
import { findAll, type ViewDeps } from './query.js';

/** No charter says how long a deviation may wait: five working days, the association's own rule (domain 1d). */
const RULE = clockRule('deviation-review', fallbackParameters);

/** The last day for the lead's comment on a deviation flagged then; closing days and holidays do not count. */
export async function reviewDue(
  { viewStore }: Pick<ViewDeps, 'viewStore'>,
  civilTime: CivilTime,
): Promise<(flaggedAt: Instant) => LocalDate> {
  const closures = await findAll<ClosureDocument>(viewStore, closuresView.schema, {
    collection: 'closures',
    orderBy: { field: 'to', direction: 'asc' },
  });
  const isClosed = (day: LocalDate) => closures.some(({ from, to }) => from <= day && day <= to);
  return (flaggedAt) => {
    const { lastDay } = deadline(RULE, flaggedAt, { civilTime, isClosed });
    return lastDay ?? civilTime.toLocal(flaggedAt).date;
  };
}
