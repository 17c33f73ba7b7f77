import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import type { Instant } from '#kernel/time.js';
import { earlier, isEarlierMinute, later } from '../shared/fact-time.js';
import { refuseFuture } from '../shared/service-rules.js';
import { closedAt, lastTurn } from './active-time.js';
import type { EndCause, InterruptionReason } from './codes.js';
import { type Breach, flag } from './deviations.js';
import type { SessionEvent } from './events.js';
import { SessionEnded, SessionInterrupted } from './events-course.js';
import type { SessionFacts } from './facts.js';
import { lateEntry, timeBreaches } from './judge.js';
import { timeBeforeTurn } from './refusals-course.js';
import type { SessionState } from './state.js';
import type { Who } from './who.js';

/** The end, with every breach that only the end can show. */
export function end(
  state: SessionState,
  facts: SessionFacts,
  who: Who,
  at: Instant,
  cause: EndCause,
): readonly SessionEvent[] {
  const startedAt = state.startedAt ?? at;
  const segments = closedAt(state.segments, at);
  const after: readonly Breach[] = state.actions
    .filter((action) => isEarlierMinute(at, action.performedAt))
    .map((action) => afterEnd(action.actionId, action.performedAt));
  const breaches = [
    ...timeBreaches(state, { startsAt: startedAt, endsAt: at }, segments, facts),
    ...after,
    ...lateEntry(state, at, facts),
  ];
  return [event(SessionEnded, { ...who, at, cause }), ...flag(state, who, breaches)];
}

/** An act without consent: consent lapses with the end (3.1 a). */
export const afterEnd = (aboutId: string, at: Instant): Breach => ({
  code: 'no-consent',
  detail: 'action-after-end',
  at,
  aboutId,
});

/** Brought between the last turn of the session and now. */
export const stopTime = (asked: Instant | undefined, state: SessionState, facts: SessionFacts): Instant =>
  later(earlier(asked ?? facts.now, facts.now), lastTurn(state) ?? facts.now);

/**
 * The member's word ends the session at once. No time that is given with it can make it fail.
 */
export function stopNow(
  state: SessionState,
  facts: SessionFacts,
  who: Who,
  asked: Instant | undefined,
  cause: EndCause,
): readonly SessionEvent[] {
  const at = stopTime(asked, state, facts);
  const interrupted = { ...who, at, reason: 'MEMBER_REQUEST', beyondCharter: false } as const;
  return [event(SessionInterrupted, interrupted), ...end(state, facts, who, at, cause)];
}

const charterReasons: readonly InterruptionReason[] = ['MEMBER_REQUEST', 'HOSTILITY', 'SECURITY', 'OUT_OF_SCOPE'];
/** « Hors charte »: article 7.3 does not name it. */
export const isBeyondCharter = (reason: InterruptionReason): boolean => !charterReasons.includes(reason);

/** A time of the course given by hand: not to come, not before the last turn; typed minutes are brought up to it. */
export function turnTime(asked: Instant | undefined, state: SessionState, facts: SessionFacts): Instant | Refusal {
  const at = asked ?? facts.now;
  const future = refuseFuture(asked, facts.now);
  if (future) return future;
  const turn = lastTurn(state) ?? at;
  return isEarlierMinute(at, turn)
    ? timeBeforeTurn(undefined, [{ pointer: '/at', detail: 'trop tôt' }])
    : later(at, turn);
}

/** As {@link turnTime}, and not before the last action noted. */
export function endTime(asked: Instant | undefined, state: SessionState, facts: SessionFacts): Instant | Refusal {
  const at = turnTime(asked, state, facts);
  if (typeof at !== 'string') return at;
  const early = state.actions.some((action) => isEarlierMinute(at, action.performedAt));
  return early ? timeBeforeTurn(undefined, [{ pointer: '/at', detail: 'avant une action' }]) : at;
}
