import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import { activeMilliseconds, wholeMinutes } from './active-time.js';
import type { CourseCommand } from './commands-course.js';
import { type Breach, flag } from './deviations.js';
import type { SessionEvent } from './events.js';
import { SessionClosed } from './events-course.js';
import type { SessionFacts } from './facts.js';
import { sessionNotBegun } from './refusals-course.js';
import {
  actionsMissing,
  problemMissing,
  recommendationsAbsent,
  sessionClosedAlready,
  sessionNotOver,
  statesMissing,
} from './refusals-journal.js';
import { hasBegun, isUnderWay, type SessionState } from './state.js';
import type { Who } from './who.js';

type CloseSession = Extract<CourseCommand, { readonly type: 'CloseSession' }>;

/** Complete as article 8.1 asks, or refused with all that is missing, the first row first. */
export function closeSession(
  command: CloseSession,
  state: SessionState,
  facts: SessionFacts,
  who: Who,
): readonly SessionEvent[] | Refusal {
  const { outcome } = command;
  if (state.status === 'closed') return state.outcome === outcome ? [] : sessionClosedAlready();
  if (!hasBegun(state)) return sessionNotBegun();
  const { startedAt, endedAt } = state;
  if (isUnderWay(state) || startedAt === undefined || endedAt === undefined) return sessionNotOver();
  const missing = missingOf(state);
  const first = missing[0];
  if (first !== undefined)
    return first.refusal(
      undefined,
      missing.map(({ pointer }) => ({ pointer, detail: 'manque' })),
    );
  const segments = state.segments.map(({ from, to }) => ({ from, to: to ?? endedAt }));
  const activeMinutes = wholeMinutes(activeMilliseconds(segments, endedAt));
  const closed = { ...who, startedAt, endedAt, segments, activeMinutes, outcome, closedAt: facts.now };
  return [event(SessionClosed, closed), ...flag(state, who, openCredentials(state, facts))];
}

function missingOf(state: SessionState) {
  return [
    { there: state.problemRecorded, refusal: problemMissing, pointer: '/problem' },
    { there: state.actions.length > 0 || state.noActionStated, refusal: actionsMissing, pointer: '/actions' },
    { there: state.stateBefore, refusal: statesMissing, pointer: '/stateBefore' },
    { there: state.stateAfter, refusal: statesMissing, pointer: '/stateAfter' },
    { there: state.recommendations, refusal: recommendationsAbsent, pointer: '/recommendations' },
  ].filter(({ there }) => !there);
}

/** A temporary access that nobody confirmed as changed or removed stays an open follow-up (5.1 b–c). */
const openCredentials = (state: SessionState, facts: SessionFacts): readonly Breach[] =>
  state.credentials
    .filter((one) => !one.confirmed)
    .map(({ credentialId, method }) => {
      const about = { code: 'credential-follow-up-open', at: facts.now, aboutId: credentialId } as const;
      return method === 'temporary-password'
        ? { ...about, detail: 'temporary-password-not-changed' }
        : { ...about, detail: 'temporary-account-not-removed', rule: 'charter:5.1c' };
    });
