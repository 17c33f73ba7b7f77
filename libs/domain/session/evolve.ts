import { never } from '#kernel/decider.js';
import { withDecision, withReport } from '../shared/strike-out.js';
import type { SealedSessionEvent } from './events.js';
import { evolveCourse } from './evolve-course.js';
import type { SessionState } from './state.js';

export function evolve(before: SessionState, event: SealedSessionEvent): SessionState {
  const { sessionId, memberId } = event.data;
  const eventTypes = { ...before.eventTypes, [event.meta.eventId]: event.type };
  const status = before.status === 'none' ? 'prepared' : before.status;
  const state: SessionState = { ...before, sessionId, memberId, status, eventTypes };
  switch (event.type) {
    case 'StateBeforeRecorded':
      return { ...state, stateBefore: true };
    case 'StateAfterRecorded':
      return { ...state, stateAfter: true };
    case 'BackupAdviceGiven': {
      const { at, backupStatus } = event.data;
      return { ...state, backupAnswers: [...state.backupAnswers, { at, answer: backupStatus }] };
    }
    case 'ActionPerformed':
    case 'OutOfScopeActionPerformed': {
      const { actionId, performedAt } = event.data;
      return { ...state, actions: [...state.actions, { actionId, performedAt }] };
    }
    case 'NoActionStated':
      return { ...state, noActionStated: true };
    case 'DiagnosisRecorded':
    case 'MemberQuestionLogged':
    case 'ExplanationGiven':
      return { ...state, entryIds: [...state.entryIds, event.data.entryId] };
    case 'TemporaryCredentialUsed': {
      const { credentialId, method } = event.data;
      return { ...state, credentials: [...state.credentials, { credentialId, method, confirmed: false }] };
    }
    case 'CredentialChangeConfirmed':
    case 'TempAdminAccountRemoved': {
      const { credentialId } = event.data;
      const credentials = state.credentials.map((one) =>
        one.credentialId === credentialId ? { ...one, confirmed: true } : one,
      );
      return { ...state, credentials };
    }
    case 'RecommendationsRecorded':
      return { ...state, recommendations: true };
    case 'FollowUpAsked':
      return { ...state, followUps: [...state.followUps, event.data.at] };
    case 'FollowUpAnswered': {
      const { passwordsChanged, computerWorks, adviceNoted } = event.data;
      return { ...state, followUpAnswer: [passwordsChanged, computerWorks, adviceNoted].join() };
    }
    case 'JournalCorrected':
      return { ...state, entryIds: [...state.entryIds, event.data.correctionId] };
    case 'DeviationFlagged':
    case 'OverrunFlagged': {
      const { deviationId, code, detail, aboutId } = event.data;
      return { ...state, deviations: [...state.deviations, { deviationId, code, detail, aboutId, reviewed: false }] };
    }
    case 'DeviationReviewed': {
      const { deviationId } = event.data;
      const deviations = state.deviations.map((one) =>
        one.deviationId === deviationId ? { ...one, reviewed: true } : one,
      );
      return { ...state, deviations };
    }
    case 'StrikeOutRequested': {
      const { strikeOutId, targetEventId, field } = event.data;
      return { ...state, strikeOuts: withReport(state.strikeOuts, { strikeOutId, targetEventId, field }) };
    }
    case 'StrikeOutDecided': {
      const { strikeOutId, decision } = event.data;
      return { ...state, strikeOuts: withDecision(state.strikeOuts, strikeOutId, decision) };
    }
    case 'ReportRequested': {
      const { at, dueOn } = event.data;
      return { ...state, reportAsked: { at, dueOn } };
    }
    case 'ReportIssued': {
      const { reportId, reportVersion, asOfRevision, memberRevision, htmlSha256, issuedAt, late } = event.data;
      const issued = { reportId, reportVersion, asOfRevision, memberRevision, htmlSha256, issuedAt, late };
      return { ...state, reportAsked: undefined, reports: [...state.reports, issued] };
    }
    case 'ConsentGiven':
    case 'CharterAcknowledged':
    case 'ConsentRefused':
    case 'ConsentWithdrawn':
    case 'ConsentContested':
    case 'ContestSettled':
    case 'PreparationAnswered':
    case 'PresenceAttested':
    case 'PresenceLost':
    case 'SessionStarted':
    case 'SessionPaused':
    case 'SessionResumed':
    case 'ExtensionAgreed':
    case 'SessionInterrupted':
    case 'SecurityAdviceGiven':
    case 'BreachTriageAnswered':
    case 'SessionEnded':
    case 'SessionClosed':
    case 'SessionRecordedAfterwards':
      return evolveCourse(state, event);
    default:
      return never(event);
  }
}
