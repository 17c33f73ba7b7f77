import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import { versionInForce } from '../charter/state.js';
import { refusePersonal } from '../lint/lint-fields.js';
import { linted } from '../shared/linted.js';
import { supportMemberUnknown, technicianUnknown } from '../shared/service-refusals.js';
import { refuseFuture } from '../shared/service-rules.js';
import { activeMilliseconds, wholeMinutes } from './active-time.js';
import type { RecordSessionAfterwards } from './commands-course.js';
import { isOtherTool, splitBreaches } from './decide-start.js';
import { flag } from './deviations.js';
import type { SessionEvent } from './events.js';
import { SessionRecordedAfterwards } from './events-course.js';
import type { SessionFacts } from './facts.js';
import { parametersFor, timeBreaches } from './judge.js';
import {
  allowedThen,
  areInOrder,
  consentBreaches,
  consentThen,
  recordingBreaches,
  standingOf,
  technicianBreaches,
} from './judge-afterwards.js';
import { sessionUnknown } from './refusals-consent.js';
import { recordedMemberMismatch, sessionAlreadyBegun, timesImpossible } from './refusals-course.js';
import { problemMissing } from './refusals-journal.js';
import { hasBegun, type SessionState } from './state.js';

/** A journal that refuses the truth loses every dispute: only the impossible is refused, all the rest is flagged. */
export function recordAfterwards(
  command: RecordSessionAfterwards,
  state: SessionState,
  facts: SessionFacts,
): readonly SessionEvent[] | Refusal {
  const { sessionId, technicianId, startedAt, endedAt, problem, reason, memberPresent, linkEncrypted } = command;
  const { toolName, toolSessionRef } = command;
  const { request, member } = facts;
  if (hasBegun(state))
    return state.recordedAfterwards && state.startedAt === startedAt && state.endedAt === endedAt
      ? []
      : sessionAlreadyBegun();
  if (sessionId.includes('.') && request?.appointment === undefined) return sessionUnknown();
  if (member === undefined) return supportMemberUnknown();
  if (command.memberId !== undefined && command.memberId !== member.memberId) return recordedMemberMismatch();
  if (facts.technician === undefined) return technicianUnknown();
  const segments = command.segments ?? [{ from: startedAt, to: endedAt }];
  if (endedAt <= startedAt || !areInOrder(segments, startedAt, endedAt)) return timesImpossible();
  if (problem.trim() === '') return problemMissing(undefined, [{ pointer: '/problem', detail: 'manque' }]);
  const text = linted({ '/problem': problem });
  const refusal =
    refuseFuture(endedAt, facts.now, '/endedAt') ??
    refuseFuture(command.consent?.givenAt, facts.now, '/consent/givenAt') ??
    text.refusal ??
    refusePersonal({ '/toolName': toolName });
  if (refusal) return refusal;

  const who = { sessionId, memberId: member.memberId };
  const consent = consentThen(command, state, facts);
  const inForce = versionInForce(facts.charter, facts.time.toLocal(startedAt).date);
  const charterVersionId = consent?.charterVersionId ?? inForce?.charterVersionId;
  const judgedBy = parametersFor(charterVersionId, startedAt, facts);
  const allowedMinutes = allowedThen(judgedBy.sessionMinutes, command, facts);
  const recorded = event(SessionRecordedAfterwards, {
    ...who,
    ...(request === undefined ? {} : { requestId: request.requestId }),
    technicianId,
    startedAt,
    endedAt,
    segments,
    activeMinutes: wholeMinutes(activeMilliseconds(segments, endedAt)),
    allowedMinutes,
    problem,
    reason,
    consent: standingOf(consent, startedAt),
    ...(consent === undefined ? {} : { consentMode: consent.mode, consentGivenAt: consent.givenAt }),
    ...(charterVersionId === undefined ? {} : { charterVersionId }),
    memberPresent,
    linkEncrypted,
    ...(toolName === undefined ? {} : { toolName }),
    ...(toolSessionRef === undefined ? {} : { toolSessionRef }),
    otherTool: toolName !== undefined && isOtherTool(toolName),
    ...text.warnings,
  });
  const judged: SessionState = { ...state, charterVersionId, allowedMinutes };
  const breaches = [
    ...consentBreaches(consent, inForce?.charterVersionId, startedAt, facts),
    ...technicianBreaches(startedAt, facts),
    ...timeBreaches(judged, { startsAt: startedAt, endsAt: endedAt }, segments, facts),
    ...splitBreaches(facts, startedAt),
    ...recordingBreaches(command, facts.now),
  ];
  return [recorded, ...flag(judged, who, breaches)];
}
