import { never } from '#kernel/decider.js';
import type { Refusal } from '#kernel/refusal.js';
import type { SessionCommand } from './commands.js';
import { recordAction } from './decide-action.js';
import { recordAfterwards } from './decide-afterwards.js';
import { closeSession } from './decide-close.js';
import { answerPreparation, giveConsent, refuseConsent, withdrawConsent } from './decide-consent.js';
import { contestConsent, settleContest } from './decide-contest.js';
import {
  agreeExtension,
  attestPresence,
  endSession,
  interrupt,
  pause,
  reportPresenceLost,
  resume,
  stop,
} from './decide-course.js';
import {
  answerFollowUp,
  askFollowUp,
  confirmCredential,
  correctJournal,
  recordCredential,
  reviewDeviation,
} from './decide-follow-up.js';
import { recordBackupAdvice, recordRecommendations, recordState, stateNoAction, takeNote } from './decide-journal.js';
import { issueReport, requestReport } from './decide-report.js';
import { followSecurityStop } from './decide-security.js';
import { startSession } from './decide-start.js';
import { decideStrikeOut, requestStrikeOut } from './decide-strike-out.js';
import type { SessionEvent } from './events.js';
import type { SessionFacts } from './facts.js';
import { withLateWord } from './late-word.js';
import { sessionUnknown } from './refusals-consent.js';
import { withReviewDays } from './review-days.js';
import type { SessionState } from './state.js';
import { whoOf } from './who.js';

export function decide(
  command: SessionCommand,
  state: SessionState,
  facts: SessionFacts,
): readonly SessionEvent[] | Refusal {
  return withReviewDays(decideAlone(command, state, facts), facts.reviewDays);
}

function decideAlone(
  command: SessionCommand,
  state: SessionState,
  facts: SessionFacts,
): readonly SessionEvent[] | Refusal {
  if (command.type === 'RecordSessionAfterwards') return recordAfterwards(command, state, facts);
  const who = whoOf(command.sessionId, state, facts);
  if (who === undefined) return sessionUnknown();
  switch (command.type) {
    case 'GiveConsent':
      return withLateWord(giveConsent(command, state, facts, who), state, facts, who);
    case 'RefuseConsent':
      return withLateWord(refuseConsent(command, state, facts, who), state, facts, who);
    case 'WithdrawConsent':
      return withLateWord(withdrawConsent(command, state, facts, who), state, facts, who);
    case 'AnswerPreparation':
      return answerPreparation(command, state, facts, who);
    case 'ContestConsent':
      return contestConsent(command, state, facts, who);
    case 'SettleContest':
      return settleContest(command, state, facts, who);
    case 'StartSession':
      return startSession(command, state, facts, who);
    case 'PauseSession':
      return pause(command, state, facts, who);
    case 'ResumeSession':
      return resume(command, state, facts, who);
    case 'AttestPresence':
      return attestPresence(command, state, facts, who);
    case 'ReportPresenceLost':
      return reportPresenceLost(command, state, facts, who);
    case 'AgreeExtension':
      return agreeExtension(command, state, facts, who);
    case 'StopSession':
      return stop(command, state, facts, who);
    case 'InterruptSession':
      return interrupt(command, state, facts, who);
    case 'RecordSecurityAdvice':
    case 'AnswerBreachTriage':
      return followSecurityStop(command, state, facts, who);
    case 'EndSession':
      return endSession(command, state, facts, who);
    case 'CloseSession':
      return closeSession(command, state, facts, who);
    case 'RecordStateBefore':
    case 'RecordStateAfter':
      return recordState(command, state, facts, who);
    case 'RecordBackupAdvice':
      return recordBackupAdvice(command, state, facts, who);
    case 'RecordAction':
      return recordAction(command, state, facts, who);
    case 'StateNoAction':
      return stateNoAction(command, state, facts, who);
    case 'RecordDiagnosis':
    case 'LogMemberQuestion':
    case 'RecordExplanation':
      return takeNote(command, state, facts, who);
    case 'RecordTemporaryCredential':
      return recordCredential(command, state, facts, who);
    case 'ConfirmCredentialChange':
    case 'ConfirmAdminAccountRemoved':
      return confirmCredential(command, state, facts, who);
    case 'RecordRecommendations':
      return recordRecommendations(command, state, facts, who);
    case 'AskFollowUp':
      return askFollowUp(command, state, facts, who);
    case 'AnswerFollowUp':
      return answerFollowUp(command, state, facts, who);
    case 'ReviewDeviation':
      return reviewDeviation(command, state, facts, who);
    case 'CorrectJournal':
      return correctJournal(command, state, facts, who);
    case 'RequestStrikeOut':
      return requestStrikeOut(command, state, facts, who);
    case 'DecideStrikeOut':
      return decideStrikeOut(command, state, facts, who);
    case 'RequestReport':
      return requestReport(command, state, facts, who);
    case 'IssueReport':
      return issueReport(command, state, facts, who);
    default:
      return never(command);
  }
}
