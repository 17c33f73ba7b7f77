import type { Instant, LocalDate } from '#kernel/time.js';
import type { CivilTime } from './civil-time.js';

/**
 * The last day on which the journal of a session may be read: the anniversary of its end, until midnight (8.1 f). From
 * 29 February the last day of February where the year has no 29th.
 */
export const lastConsultableDay = (endedAt: Instant, retentionMonths: number, time: CivilTime): LocalDate =>
  time.plusMonths(time.toLocal(endedAt).date, retentionMonths);
