import { never } from '#kernel/decider.js';
import type { Instant } from '#kernel/time.js';
import { closedAt, opened } from './active-time.js';
import type { SealedSessionEvent } from './events.js';
import { consentEverGiven, type SessionState } from './state.js';

type CourseType =
  | 'ConsentGiven'
  | 'CharterAcknowledged'
  | 'ConsentRefused'
  | 'ConsentWithdrawn'
  | 'ConsentContested'
  | 'ContestSettled'
  | 'PreparationAnswered'
  | 'PresenceAttested'
  | 'PresenceLost'
  | 'SessionStarted'
  | 'SessionPaused'
  | 'SessionResumed'
  | 'ExtensionAgreed'
  | 'SessionInterrupted'
  | 'SecurityAdviceGiven'
  | 'BreachTriageAnswered'
  | 'SessionEnded'
  | 'SessionClosed'
  | 'SessionRecordedAfterwards';
type CourseEvent = Extract<SealedSessionEvent, { readonly type: CourseType }>;

/** Consent and course of the session: what changes whether it may start and whether it runs. */
export function evolveCourse(state: SessionState, event: CourseEvent): SessionState {
  switch (event.type) {
    case 'ConsentGiven': {
      const { givenAt, charterVersionId, mode, validOn, statements } = event.data;
      const { authorise } = statements;
      const { eventId, actor } = event.meta;
      const collectedBy = event.data.collectedBy ?? actor;
      const given = { givenAt, charterVersionId, mode, validOn, authorise, eventId, collectedBy };
      const consent = { standing: 'given', ...given } as const;
      return { ...state, consent, contest: undefined, requestId: event.data.requestId ?? state.requestId };
    }
    case 'ConsentRefused':
      return withdrawn({ ...state, requestId: event.data.requestId ?? state.requestId }, 'refused', event.data.at);
    case 'ConsentWithdrawn':
      return withdrawn(state, 'withdrawn', event.data.at);
    case 'ConsentContested': {
      const { consentEventId, at } = event.data;
      return { ...state, contest: { consentEventId, at, open: true, outcome: undefined } };
    }
    case 'ContestSettled':
      return { ...state, contest: state.contest && { ...state.contest, open: false, outcome: event.data.outcome } };
    case 'CharterAcknowledged':
      return state;
    case 'PreparationAnswered': {
      const { closed, secretsTold, backup } = event.data;
      return { ...state, preparation: [closed, secretsTold, backup].join() };
    }
    case 'SessionStarted': {
      const { requestId, technicianId, startedAt, charterVersionId, allowedMinutes } = event.data;
      return {
        ...state,
        status: 'running',
        requestId: requestId ?? state.requestId,
        technicianId,
        startedAt,
        charterVersionId,
        allowedMinutes,
        segments: opened([], startedAt),
        problemRecorded: true,
      };
    }
    case 'PresenceAttested':
      return { ...state, absences: closedAt(state.absences, event.data.at) };
    case 'PresenceLost':
      return { ...state, absences: opened(state.absences, event.data.at) };
    case 'SessionPaused':
      return { ...state, status: 'paused', segments: closedAt(state.segments, event.data.at) };
    case 'SessionResumed':
      return { ...state, status: 'running', segments: opened(state.segments, event.data.at) };
    case 'ExtensionAgreed': {
      const { extensionId, minutes } = event.data;
      return { ...state, extensions: [...state.extensions, { extensionId, minutes }] };
    }
    case 'SessionInterrupted':
      return { ...state, interruption: event.data.reason };
    case 'SecurityAdviceGiven':
      return { ...state, securityAdvices: [...new Set([...state.securityAdvices, ...event.data.advices])] };
    case 'BreachTriageAnswered':
      return { ...state, breachTriage: event.data.answer };
    case 'SessionEnded': {
      const { at } = event.data;
      const segments = closedAt(state.segments, at);
      return { ...state, status: 'ended', endedAt: at, segments, absences: closedAt(state.absences, at) };
    }
    case 'SessionClosed':
      return { ...state, status: 'closed', outcome: event.data.outcome };
    case 'SessionRecordedAfterwards': {
      const { requestId, technicianId, startedAt, endedAt, charterVersionId, allowedMinutes, segments } = event.data;
      return {
        ...state,
        status: 'ended',
        requestId: requestId ?? state.requestId,
        technicianId,
        startedAt,
        endedAt,
        charterVersionId,
        allowedMinutes,
        segments,
        absences: event.data.memberPresent === 'no' ? [{ from: startedAt, to: endedAt }] : [],
        recordedAfterwards: true,
        problemRecorded: true,
      };
    }
    default:
      return never(event);
  }
}

const withdrawn = (state: SessionState, standing: 'refused' | 'withdrawn', at: Instant): SessionState => {
  return { ...state, consent: { standing, at, earlier: consentEverGiven(state) }, contest: undefined };
};
