import { type Decider, never } from '#kernel/decider.js';
import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import type { CivilTime } from '../calendar/civil-time.js';
import { type BaseFacts, hasAnyRole } from '../shared/facts.js';
import type { RetentionCommand } from './commands.js';
import { type RetentionEvent, RetentionRunCompleted, retentionEvents, type SealedRetentionEvent } from './events.js';
import { retentionDayToCome, retentionNotYours } from './refusals.js';
import { DAYS_KEPT, initialRetention, isThrough, type RetentionState } from './state.js';

export interface RetentionFacts extends BaseFacts {
  readonly time: CivilTime;
}

function decide(
  command: RetentionCommand,
  state: RetentionState,
  { now, actor, time }: RetentionFacts,
): readonly RetentionEvent[] | Refusal {
  if (actor.staffId !== 'system' && !hasAnyRole(actor, 'Director', 'Administrator')) return retentionNotYours();
  if (command.day > time.toLocal(now).date)
    return retentionDayToCome(undefined, [{ pointer: '/day', detail: 'à venir' }]);
  if (isThrough(state, command.day)) return [];
  const { type: _, ...counted } = command;
  return [event(RetentionRunCompleted, { ...counted, completedAt: now })];
}

function evolve(state: RetentionState, one: SealedRetentionEvent): RetentionState {
  if (one.type !== 'RetentionRunCompleted') return never(one.type);
  return { days: [...state.days.filter((day) => day !== one.data.day), one.data.day].sort().slice(-DAYS_KEPT) };
}

const decider: Decider<RetentionCommand, RetentionEvent, SealedRetentionEvent, RetentionState, RetentionFacts> = {
  initial: initialRetention,
  decide,
  evolve,
};

/** One stream: `retention-association`. */
export const retention = { category: 'retention', decider, events: retentionEvents };
