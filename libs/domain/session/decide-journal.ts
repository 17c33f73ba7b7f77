import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import type { Instant } from '#kernel/time.js';
import { linted } from '../shared/linted.js';
import { refuseFuture } from '../shared/service-rules.js';
import type { JournalCommand } from './commands-journal.js';
import { flag } from './deviations.js';
import type { SessionEvent } from './events.js';
import {
  BackupAdviceGiven,
  DiagnosisRecorded,
  ExplanationGiven,
  MemberQuestionLogged,
  NoActionStated,
  RecommendationsRecorded,
  StateAfterRecorded,
  StateBeforeRecorded,
} from './events-journal.js';
import type { SessionFacts } from './facts.js';
import { lateEntry } from './judge.js';
import { sessionNotBegun } from './refusals-course.js';
import {
  actionsExist,
  adviceNotShown,
  observationIncomplete,
  recommendationsMissing,
  recommendationsRecordedAlready,
  stateRecordedAlready,
} from './refusals-journal.js';
import { hasBegun, type SessionState } from './state.js';
import type { Who } from './who.js';

type Of<T extends JournalCommand['type']> = Extract<JournalCommand, { readonly type: T }>;
type Answer = readonly SessionEvent[] | Refusal;

export function recordState(
  command: Of<'RecordStateBefore'> | Of<'RecordStateAfter'>,
  session: SessionState,
  facts: SessionFacts,
  who: Who,
): Answer {
  const { observed, state, notObservedReason } = command;
  const before = command.type === 'RecordStateBefore';
  const text = linted({ '/state': state });
  const refusal = refuseEntry(command, session, facts) ?? text.refusal;
  if (refusal) return refusal;
  if (before ? session.stateBefore : session.stateAfter) return stateRecordedAlready();
  const at = command.at ?? facts.now;
  const late = flag(session, who, lateEntry(session, at, facts));
  const fields = observationFields(observed, state, notObservedReason);
  if (fields === undefined)
    return observationIncomplete(undefined, [
      { pointer: observed ? '/state' : '/notObservedReason', detail: 'ne convient pas' },
    ]);
  const data = { ...who, at, observed, ...fields, ...text.warnings };
  const recorded = before
    ? event(StateBeforeRecorded, { ...data, late: session.actions.length > 0 })
    : event(StateAfterRecorded, data);
  return [recorded, ...late];
}

function observationFields(
  observed: boolean,
  state: string | undefined,
  reason: Of<'RecordStateBefore'>['notObservedReason'],
) {
  const described = state !== undefined && state.trim() !== '';
  if (observed) return described && reason === undefined ? { state } : undefined;
  return !described && reason !== undefined ? { notObservedReason: reason } : undefined;
}

export function recordBackupAdvice(
  command: Of<'RecordBackupAdvice'>,
  state: SessionState,
  facts: SessionFacts,
  who: Who,
): Answer {
  const { backupStatus, adviceShown } = command;
  const refusal = refuseEntry(command, state, facts);
  if (refusal) return refusal;
  if (!adviceShown) return adviceNotShown(undefined, [{ pointer: '/adviceShown', detail: 'non' }]);
  if (state.backupAnswers.at(-1)?.answer === backupStatus) return [];
  const at = command.at ?? facts.now;
  const given = event(BackupAdviceGiven, { ...who, at, backupStatus, adviceShown });
  return [given, ...flag(state, who, lateEntry(state, at, facts))];
}

export function stateNoAction(
  command: Of<'StateNoAction'>,
  state: SessionState,
  facts: SessionFacts,
  who: Who,
): Answer {
  const refusal = refuseEntry(command, state, facts);
  if (refusal) return refusal;
  if (state.actions.length > 0) return actionsExist();
  if (state.noActionStated) return [];
  const at = command.at ?? facts.now;
  const stated = event(NoActionStated, { ...who, at, reason: command.reason });
  return [stated, ...flag(state, who, lateEntry(state, at, facts))];
}

export function takeNote(
  command: Of<'RecordDiagnosis' | 'LogMemberQuestion' | 'RecordExplanation'>,
  state: SessionState,
  facts: SessionFacts,
  who: Who,
): Answer {
  const { entryId } = command;
  if (state.entryIds.includes(entryId)) return [];
  const text = linted({ '/text': command.text });
  const refusal = refuseEntry(command, state, facts) ?? text.refusal;
  if (refusal) return refusal;
  const at = command.at ?? facts.now;
  const data = { ...who, entryId, at, text: command.text, ...text.warnings };
  const late = flag(state, who, lateEntry(state, at, facts));
  switch (command.type) {
    case 'RecordDiagnosis':
      return [event(DiagnosisRecorded, data), ...late];
    case 'LogMemberQuestion':
      return [event(MemberQuestionLogged, data), ...late];
    case 'RecordExplanation':
      return [event(ExplanationGiven, data), ...late];
  }
}

export function recordRecommendations(
  command: Of<'RecordRecommendations'>,
  state: SessionState,
  facts: SessionFacts,
  who: Who,
): Answer {
  const { none, recommendations = [] } = command;
  const fields = Object.fromEntries(recommendations.map((text, index) => [`/recommendations/${index}`, text]));
  const text = linted(fields);
  const refusal = refuseEntry(command, state, facts) ?? text.refusal;
  if (refusal) return refusal;
  if (none === recommendations.length > 0)
    return recommendationsMissing(undefined, [{ pointer: '/recommendations', detail: 'ne convient pas' }]);
  if (state.recommendations) return recommendationsRecordedAlready();
  const at = command.at ?? facts.now;
  const left = none ? {} : { recommendations };
  const recorded = event(RecommendationsRecorded, { ...who, at, none, ...left, ...text.warnings });
  return [recorded, ...flag(state, who, lateEntry(state, at, facts))];
}

/** An entry is about a session that began, and not of a time to come; whether it fits the charter is no matter. */
export function refuseEntry(
  command: { readonly at?: Instant },
  state: SessionState,
  facts: SessionFacts,
): Refusal | undefined {
  if (!hasBegun(state)) return sessionNotBegun();
  return refuseFuture(command.at, facts.now);
}
