import { event } from '#kernel/define-event.js';
import { isRefusal, type Refusal } from '#kernel/refusal.js';
import { toEpochMilliseconds } from '#kernel/time.js';
import { openingProblems } from '../calendar/slot.js';
import { refusePersonal } from '../lint/lint-fields.js';
import { linted } from '../shared/linted.js';
import { isAgreed, judgeSlot, refuseMember, refuseTechnician, slotRefusal } from '../shared/service-rules.js';
import type { StartSession } from './commands-course.js';
import { liveConsent } from './consent-rules.js';
import { type Breach, flag } from './deviations.js';
import type { SessionEvent } from './events.js';
import { PresenceAttested, SessionStarted } from './events-course.js';
import type { PlannedAppointment, RequestStanding, SessionFacts } from './facts.js';
import { parametersFor } from './judge.js';
import { sessionNotPlanned, sessionUnknown } from './refusals-consent.js';
import {
  connectivityUnanswered,
  linkNotEncrypted,
  memberAbsent,
  sessionAlreadyBegun,
  slotOver,
  toolUnanswered,
} from './refusals-course.js';
import { problemMissing } from './refusals-journal.js';
import { hasBegun, isUnderWay, type SessionState } from './state.js';
import type { Who } from './who.js';

/** The tool that the charter names (P.2). */
const charterTool = /real\s*vnc/i;
export const isOtherTool = (toolName: string): boolean => !charterTool.test(toolName);

/** Every condition of the charter, in the order in which a person can do something about it. */
export function startSession(
  command: StartSession,
  state: SessionState,
  facts: SessionFacts,
  who: Who,
): readonly SessionEvent[] | Refusal {
  const { technicianId, toolName, toolSessionRef, linkEncrypted, memberPresent, problem } = command;
  const { connectivityCheck, toolReady } = command;
  const { now, time, request } = facts;
  if (isUnderWay(state) && state.technicianId === technicianId) return [];
  if (hasBegun(state)) return sessionAlreadyBegun();
  if (request?.appointment === undefined) return sessionUnknown();
  if (!request.open || request.appointment.cancelled) return sessionNotPlanned();
  const today = time.toLocal(now).date;
  const memberRefusal = refuseMember(facts.member, today);
  if (memberRefusal) return memberRefusal;
  const consent = liveConsent(state, facts);
  if (isRefusal(consent)) return consent;
  const technicianRefusal = refuseTechnician(facts.technician, today, request.specialisedSoftware);
  if (technicianRefusal) return technicianRefusal;
  if (!linkEncrypted) return linkNotEncrypted(undefined, [{ pointer: '/linkEncrypted', detail: 'non' }]);
  if (!memberPresent) return memberAbsent(undefined, [{ pointer: '/memberPresent', detail: 'non' }]);
  if (connectivityCheck === undefined)
    return connectivityUnanswered(undefined, [{ pointer: '/connectivityCheck', detail: 'sans réponse' }]);
  if (toolReady === undefined) return toolUnanswered(undefined, [{ pointer: '/toolReady', detail: 'sans réponse' }]);
  const slot = slotNow(request.appointment, request, consent.charterVersionId, facts);
  if (isRefusal(slot)) return slot;
  if (problem.trim() === '') return problemMissing(undefined, [{ pointer: '/problem', detail: 'manque' }]);
  const text = linted({ '/problem': problem });
  const textRefusal = text.refusal ?? refusePersonal({ '/toolName': toolName });
  if (textRefusal) return textRefusal;
  const started = event(SessionStarted, {
    ...who,
    requestId: request.requestId,
    technicianId,
    startedAt: now,
    toolName,
    ...(toolSessionRef === undefined ? {} : { toolSessionRef }),
    otherTool: isOtherTool(toolName),
    linkEncrypted,
    memberPresent,
    connectivityCheck,
    toolReady,
    slotStart: request.appointment.startsAt,
    slotEnd: request.appointment.endsAt,
    exceptional: slot.exceptional,
    charterVersionId: consent.charterVersionId,
    allowedMinutes: slot.allowedMinutes,
    problem,
    ...text.warnings,
  });
  const attested = event(PresenceAttested, { ...who, at: now });
  return [started, attested, ...flag(state, who, splitBreaches(facts, now))];
}

/** A second session of the member on one day is flagged, never refused (A3). */
export const splitBreaches = (facts: SessionFacts, at: Breach['at']): readonly Breach[] =>
  facts.otherSessionsThatDay.map((aboutId) => ({
    code: 'split-sessions',
    detail: 'another-session-same-day',
    at,
    aboutId,
  }));

/**
 * The planned slot still stands by the version consented to, and from now to its end lies in opening hours, or an
 * exceptional agreement covers it. An early start of the same day is free within those bounds.
 */
function slotNow(
  { startsAt, endsAt }: PlannedAppointment,
  { agreements }: RequestStanding,
  charterVersionId: string,
  facts: SessionFacts,
): { readonly exceptional: boolean; readonly allowedMinutes: number } | Refusal {
  const { now } = facts;
  if (now >= endsAt) return slotOver();
  const parameters = parametersFor(charterVersionId, now, facts);
  const judged = judgeSlot({ startsAt, endsAt }, parameters, agreements, facts);
  if (isRefusal(judged)) return judged;
  const rest = { startsAt: now, endsAt };
  const outside = openingProblems(rest, parameters, facts.time, facts.closures)[0];
  if (outside !== undefined && !isAgreed(rest, agreements)) return slotRefusal(outside);
  const planned = Math.ceil((toEpochMilliseconds(endsAt) - toEpochMilliseconds(startsAt)) / 60_000);
  const exceptional = judged.exceptional || outside !== undefined;
  return {
    exceptional,
    allowedMinutes: exceptional ? Math.max(planned, parameters.sessionMinutes) : parameters.sessionMinutes,
  };
}
