import { event } from '#kernel/define-event.js';
import { isRefusal, type Refusal } from '#kernel/refusal.js';
import { defaultClockSettings } from '../deadlines/clocks.js';
import type { SessionEvent } from './events.js';
import { DeviationFlagged, OverrunFlagged } from './events-deviation.js';

type Decision = readonly SessionEvent[] | Refusal;

/**
 * What is flagged keeps the days that the association gave for a comment then, whatever it sets later. The usual number is
 * not written down.
 */
export function withReviewDays(decision: Decision, reviewDays: number | undefined): Decision {
  const usual = reviewDays === undefined || reviewDays === defaultClockSettings.deviationReviewWorkingDays;
  if (usual || isRefusal(decision)) return decision;
  return decision.map((one) => {
    if (one.type === 'DeviationFlagged') return event(DeviationFlagged, { ...one.data, reviewDays });
    return one.type === 'OverrunFlagged' ? event(OverrunFlagged, { ...one.data, reviewDays }) : one;
  });
}
