import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import { hasAnyRole } from '../shared/facts.js';
import { linted } from '../shared/linted.js';
import { refuseFuture } from '../shared/service-rules.js';
import type { JournalCommand } from './commands-journal.js';
import { refuseEntry } from './decide-journal.js';
import { flag } from './deviations.js';
import { type SessionEvent, sessionEvents } from './events.js';
import { DeviationReviewed } from './events-deviation.js';
import {
  CredentialChangeConfirmed,
  FollowUpAnswered,
  FollowUpAsked,
  JournalCorrected,
  TempAdminAccountRemoved,
  TemporaryCredentialUsed,
} from './events-journal.js';
import type { SessionFacts } from './facts.js';
import { lateEntry } from './judge.js';
import {
  correctionTargetUnknown,
  credentialMismatch,
  credentialUnknown,
  deviationReviewedAlready,
  deviationUnknown,
  followUpTooMany,
  reviewNeedsLead,
  sessionNotOver,
} from './refusals-journal.js';
import { hasBegun, isUnderWay, type SessionState } from './state.js';
import type { Who } from './who.js';

type Of<T extends JournalCommand['type']> = Extract<JournalCommand, { readonly type: T }>;
type Answer = readonly SessionEvent[] | Refusal;

/** That one was used, and whether its change was advised; no field for its value exists (5.1). */
export function recordCredential(
  command: Of<'RecordTemporaryCredential'>,
  state: SessionState,
  facts: SessionFacts,
  who: Who,
): Answer {
  const { credentialId, method, changeAdvised } = command;
  if (state.credentials.some((one) => one.credentialId === credentialId)) return [];
  const refusal = refuseEntry(command, state, facts);
  if (refusal) return refusal;
  const at = command.at ?? facts.now;
  const used = event(TemporaryCredentialUsed, { ...who, credentialId, at, method, changeAdvised });
  return [used, ...flag(state, who, lateEntry(state, at, facts))];
}

export function confirmCredential(
  command: Of<'ConfirmCredentialChange'> | Of<'ConfirmAdminAccountRemoved'>,
  state: SessionState,
  facts: SessionFacts,
  who: Who,
): Answer {
  const { credentialId } = command;
  const known = state.credentials.find((one) => one.credentialId === credentialId);
  if (known === undefined) return credentialUnknown();
  const change = command.type === 'ConfirmCredentialChange';
  if (change !== (known.method === 'temporary-password')) return credentialMismatch();
  if (known.confirmed) return [];
  const refusal = refuseFuture(command.at, facts.now);
  if (refusal) return refusal;
  const confirmed = { ...who, credentialId, at: command.at ?? facts.now };
  return [change ? event(CredentialChangeConfirmed, confirmed) : event(TempAdminAccountRemoved, confirmed)];
}

/** The question and at most one reminder, never two on one day (X.7–9). */
export function askFollowUp(command: Of<'AskFollowUp'>, state: SessionState, facts: SessionFacts, who: Who): Answer {
  if (!hasBegun(state) || isUnderWay(state)) return sessionNotOver();
  if (state.followUpAnswer !== undefined) return [];
  const refusal = refuseFuture(command.at, facts.now);
  if (refusal) return refusal;
  const at = command.at ?? facts.now;
  const day = facts.time.toLocal(at).date;
  if (state.followUps.some((asked) => facts.time.toLocal(asked).date === day)) return [];
  if (state.followUps.length >= 2) return followUpTooMany();
  return [event(FollowUpAsked, { ...who, at, channel: command.channel, reminder: state.followUps.length === 1 })];
}

export function answerFollowUp(
  command: Of<'AnswerFollowUp'>,
  state: SessionState,
  facts: SessionFacts,
  who: Who,
): Answer {
  if (!hasBegun(state) || isUnderWay(state)) return sessionNotOver();
  const { passwordsChanged, computerWorks, adviceNoted } = command;
  if (state.followUpAnswer === [passwordsChanged, computerWorks, adviceNoted].join()) return [];
  const refusal = refuseFuture(command.at, facts.now);
  if (refusal) return refusal;
  const at = command.at ?? facts.now;
  const open = state.credentials.filter((one) => one.method === 'temporary-password' && !one.confirmed);
  const changed = passwordsChanged === 'yes' ? open : [];
  return [
    event(FollowUpAnswered, { ...who, at, passwordsChanged, computerWorks, adviceNoted }),
    ...changed.map(({ credentialId }) => event(CredentialChangeConfirmed, { ...who, credentialId, at })),
  ];
}

export function reviewDeviation(
  command: Of<'ReviewDeviation'>,
  state: SessionState,
  facts: SessionFacts,
  who: Who,
): Answer {
  const { deviationId, comment } = command;
  if (!hasAnyRole(facts.actor, 'SupportLead', 'Director', 'President')) return reviewNeedsLead();
  const deviation = state.deviations.find((one) => one.deviationId === deviationId);
  if (deviation === undefined) return deviationUnknown();
  if (deviation.reviewed) return deviationReviewedAlready();
  const text = linted({ '/comment': comment });
  if (text.refusal) return text.refusal;
  const ownSession = facts.actor.staffId === state.technicianId;
  return [event(DeviationReviewed, { ...who, deviationId, comment, at: facts.now, ownSession, ...text.warnings })];
}

/** What a correction cannot touch: ids, the consent itself, what the charter's rules computed, another correction. */
const fixedTypes = [
  'ConsentGiven',
  'ConsentRefused',
  'ConsentWithdrawn',
  'ConsentContested',
  'CharterAcknowledged',
  'JournalCorrected',
];
const fixedFields = /Id$|^(rule|code|detail|serious|lintWarnings|late|segments|allowedMinutes|activeMinutes)$/;

/** A new event with its reason; the entry itself stays as it was written. */
export function correctJournal(
  command: Of<'CorrectJournal'>,
  state: SessionState,
  facts: SessionFacts,
  who: Who,
): Answer {
  const { correctionId, targetEventId, field, value, reason } = command;
  if (state.entryIds.includes(correctionId)) return [];
  const type = Object.hasOwn(state.eventTypes, targetEventId) ? state.eventTypes[targetEventId] : undefined;
  const definition = sessionEvents.find((one) => one.type === type);
  const correctable =
    definition !== undefined &&
    !fixedTypes.includes(definition.type) &&
    Object.hasOwn(definition.data, field) &&
    !fixedFields.test(field);
  if (!correctable) return correctionTargetUnknown();
  const text = linted({ '/value': value });
  if (text.refusal) return text.refusal;
  const corrected = { ...who, correctionId, targetEventId, field, value, reason, at: facts.now };
  return [event(JournalCorrected, { ...corrected, ...text.warnings })];
}
