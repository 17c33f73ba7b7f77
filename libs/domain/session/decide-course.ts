import { event } from '#kernel/define-event.js';
import { isRefusal, type Refusal } from '#kernel/refusal.js';
import { plusMilliseconds } from '#kernel/time.js';
import { openingProblems } from '../calendar/slot.js';
import { linted } from '../shared/linted.js';
import { isAgreed } from '../shared/service-rules.js';
import { remainingMilliseconds } from './active-time.js';
import type { CourseCommand } from './commands-course.js';
import { end, endTime, isBeyondCharter, stopNow, stopTime, turnTime } from './ending.js';
import type { SessionEvent } from './events.js';
import { ConsentWithdrawn } from './events-consent.js';
import {
  ExtensionAgreed,
  PresenceAttested,
  PresenceLost,
  SessionInterrupted,
  SessionPaused,
  SessionResumed,
} from './events-course.js';
import type { SessionFacts } from './facts.js';
import { parametersFor } from './judge.js';
import { consentContested } from './refusals-contest.js';
import {
  extensionInvalid,
  extensionNotAccepted,
  extensionOutsideHours,
  extensionTooLate,
  memberAbsent,
  sessionNotBegun,
  sessionNotUnderWay,
} from './refusals-course.js';
import { hasBegun, isUnderWay, type SessionState } from './state.js';
import type { Who } from './who.js';

type Of<T extends CourseCommand['type']> = Extract<CourseCommand, { readonly type: T }>;
type Answer = readonly SessionEvent[] | Refusal;

const notUnderWay = (state: SessionState) => (hasBegun(state) ? sessionNotUnderWay() : sessionNotBegun());
const isAway = (state: SessionState): boolean => state.absences.some((one) => one.to === undefined);

export function pause(command: Of<'PauseSession'>, state: SessionState, facts: SessionFacts, who: Who): Answer {
  if (state.status === 'paused') return [];
  if (state.status !== 'running') return notUnderWay(state);
  const at = turnTime(command.at, state, facts);
  return isRefusal(at) ? at : [event(SessionPaused, { ...who, at, cause: command.cause })];
}

export function resume(command: Of<'ResumeSession'>, state: SessionState, facts: SessionFacts, who: Who): Answer {
  if (state.status === 'running') return [];
  if (state.status !== 'paused') return notUnderWay(state);
  if (state.contest?.open === true) return consentContested();
  if (!command.memberPresent) return memberAbsent(undefined, [{ pointer: '/memberPresent', detail: 'non' }]);
  const at = turnTime(command.at, state, facts);
  if (isRefusal(at)) return at;
  return [event(SessionResumed, { ...who, at }), event(PresenceAttested, { ...who, at })];
}

export function attestPresence(
  command: Of<'AttestPresence'>,
  state: SessionState,
  facts: SessionFacts,
  who: Who,
): Answer {
  if (!isUnderWay(state)) return notUnderWay(state);
  if (!isAway(state)) return [];
  const at = turnTime(command.at, state, facts);
  return isRefusal(at) ? at : [event(PresenceAttested, { ...who, at })];
}

export function reportPresenceLost(
  command: Of<'ReportPresenceLost'>,
  state: SessionState,
  facts: SessionFacts,
  who: Who,
): Answer {
  if (!isUnderWay(state)) return notUnderWay(state);
  if (isAway(state)) return [];
  const at = turnTime(command.at, state, facts);
  if (isRefusal(at)) return at;
  const lost = event(PresenceLost, { ...who, at });
  return state.status === 'paused' ? [lost] : [lost, event(SessionPaused, { ...who, at, cause: 'absence' })];
}

/** Agreed before the time is used up (A3), and not beyond opening hours without an exceptional agreement. */
export function agreeExtension(
  command: Of<'AgreeExtension'>,
  state: SessionState,
  facts: SessionFacts,
  who: Who,
): Answer {
  const { extensionId, minutes, memberAccepted } = command;
  const { now } = facts;
  if (state.extensions.some((one) => one.extensionId === extensionId)) return [];
  if (!isUnderWay(state) || state.startedAt === undefined) return notUnderWay(state);
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > 240)
    return extensionInvalid(undefined, [{ pointer: '/minutes', detail: 'de 1 à 240' }]);
  if (!memberAccepted) return extensionNotAccepted(undefined, [{ pointer: '/memberAccepted', detail: 'non' }]);
  const remaining = remainingMilliseconds(state, now);
  if (remaining <= 0) return extensionTooLate();
  const parameters = parametersFor(state.charterVersionId, state.startedAt, facts);
  const slot = { startsAt: now, endsAt: plusMilliseconds(now, remaining + minutes * 60_000) };
  const outside = openingProblems(slot, parameters, facts.time, facts.closures).length > 0;
  if (outside && !isAgreed(slot, facts.request?.agreements ?? [])) return extensionOutsideHours();
  return [event(ExtensionAgreed, { ...who, extensionId, at: now, minutes, memberAccepted })];
}

/** The member's STOP. Before the start it takes the consent back. */
export function stop(command: Of<'StopSession'>, state: SessionState, facts: SessionFacts, who: Who): Answer {
  if (isUnderWay(state)) return stopNow(state, facts, who, command.at, 'interrupted');
  if (hasBegun(state) || state.consent?.standing !== 'given') return [];
  return [event(ConsentWithdrawn, { ...who, at: facts.now, channel: 'link' })];
}

export function interrupt(command: Of<'InterruptSession'>, state: SessionState, facts: SessionFacts, who: Who): Answer {
  const { reason, note } = command;
  if (!isUnderWay(state)) return state.interruption === reason ? [] : notUnderWay(state);
  const text = linted({ '/note': note });
  if (text.refusal) return text.refusal;
  const at = reason === 'MEMBER_REQUEST' ? stopTime(command.at, state, facts) : endTime(command.at, state, facts);
  if (isRefusal(at)) return at;
  const interrupted = event(SessionInterrupted, {
    ...who,
    at,
    reason,
    beyondCharter: isBeyondCharter(reason),
    ...(note === undefined ? {} : { note }),
    ...text.warnings,
  });
  return [interrupted, ...end(state, facts, who, at, 'interrupted')];
}

export function endSession(command: Of<'EndSession'>, state: SessionState, facts: SessionFacts, who: Who): Answer {
  if (!isUnderWay(state)) return hasBegun(state) ? [] : sessionNotBegun();
  const at = endTime(command.at, state, facts);
  return isRefusal(at) ? at : end(state, facts, who, at, 'completed');
}
