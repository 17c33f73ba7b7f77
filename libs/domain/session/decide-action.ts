import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import { type Instant, plusMilliseconds } from '#kernel/time.js';
import { clockSkewMs, isEarlierMinute } from '../shared/fact-time.js';
import { linted } from '../shared/linted.js';
import { refuseFuture } from '../shared/service-rules.js';
import { isWithin } from './active-time.js';
import type { JournalCommand } from './commands-journal.js';
import { type Breach, flag } from './deviations.js';
import { afterEnd } from './ending.js';
import type { SessionEvent } from './events.js';
import { ActionPerformed, OutOfScopeActionPerformed } from './events-journal.js';
import type { SessionFacts } from './facts.js';
import { lateEntry } from './judge.js';
import { sessionNotBegun, timeBeforeStart } from './refusals-course.js';
import { backupAnswerMissing } from './refusals-journal.js';
import { hasBegun, isUnderWay, type SessionState } from './state.js';
import type { Who } from './who.js';

type RecordAction = Extract<JournalCommand, { readonly type: 'RecordAction' }>;

/**
 * An action about to be done may be refused (2.3 a); one that is done is a fact: it is recorded with its own time and
 * whatever it breaks is flagged, after the end and after a withdrawal too.
 */
export function recordAction(
  command: RecordAction,
  state: SessionState,
  facts: SessionFacts,
  who: Who,
): readonly SessionEvent[] | Refusal {
  const { actionId, category, riskClass, description } = command;
  if (state.actions.some((one) => one.actionId === actionId)) return [];
  if (!hasBegun(state)) return sessionNotBegun();
  const performedAt = command.performedAt ?? state.endedAt ?? facts.now;
  const text = linted({ '/description': description });
  const refusal = refuseFuture(command.performedAt, facts.now, '/performedAt') ?? text.refusal;
  if (refusal) return refusal;
  if (state.startedAt !== undefined && isEarlierMinute(performedAt, state.startedAt))
    return timeBeforeStart(undefined, [{ pointer: '/performedAt', detail: 'avant le début' }]);
  const risky = riskClass !== 'none';
  if (risky && !isDone(command, state, facts) && state.backupAnswers.length === 0) return backupAnswerMissing();
  const outside = scopeDetail(command, facts);
  const definition = outside === undefined ? ActionPerformed : OutOfScopeActionPerformed;
  const data = { ...who, actionId, performedAt, category, riskClass, description, ...text.warnings };
  const about = { at: performedAt, aboutId: actionId };
  const breaches: Breach[] = [];
  if (outside !== undefined) breaches.push({ code: 'outside-scope', detail: outside, ...about });
  const backup = risky ? backupDetail(state, performedAt) : undefined;
  if (backup !== undefined) breaches.push({ code: 'no-backup-answer', detail: backup, ...about });
  if (isWithin(state.absences, performedAt))
    breaches.push({ code: 'absence', detail: 'action-while-absent', ...about });
  if (state.endedAt !== undefined && isEarlierMinute(state.endedAt, performedAt))
    breaches.push(afterEnd(actionId, performedAt));
  return [event(definition, data), ...flag(state, who, [...breaches, ...lateEntry(state, performedAt, facts)])];
}

const isDone = (command: RecordAction, state: SessionState, facts: SessionFacts): boolean =>
  !isUnderWay(state) ||
  command.alreadyDone === true ||
  (command.performedAt !== undefined && command.performedAt < plusMilliseconds(facts.now, -clockSkewMs));

/** A diagnosis is within every scope; without a request there is none to compare with. */
function scopeDetail({ outOfScope, category }: RecordAction, { request }: SessionFacts) {
  if (outOfScope === true) return 'declared-outside-scope' as const;
  if (category === 'diagnosis') return undefined;
  const outside = category === 'other' || (request !== undefined && !request.serviceCategories.includes(category));
  return outside ? ('category-outside-scope' as const) : undefined;
}

/** The answer that stood when the act was done: none, or « no », is a breach. */
function backupDetail(state: SessionState, performedAt: Instant) {
  const answer = state.backupAnswers.findLast((one) => !isEarlierMinute(performedAt, one.at))?.answer;
  if (answer === undefined) return 'backup-not-answered' as const;
  return answer === 'no' ? ('backup-answer-no' as const) : undefined;
}
