/** STORAGE FORMAT: see events.ts. */
import { defineEvent } from '#kernel/define-event.js';
import { flag, id, instant, list, oneOf, optional, personal, text } from '#kernel/field.js';
import {
  actionCategories,
  answers,
  backupAnswers,
  correctionReasons,
  credentialMethods,
  followUpChannels,
  noActionReasons,
  notObservedReasons,
  riskClasses,
} from './codes.js';
import { free, warned, who } from './event-fields.js';

const state = {
  ...who,
  at: instant(),
  /** False: « non constaté », then there is a reason and no text. */
  observed: flag(),
  state: optional(free(4000, 'condition of the computer')),
  notObservedReason: optional(oneOf(...notObservedReasons)),
  ...warned,
};

export const StateBeforeRecorded = defineEvent({
  type: 'StateBeforeRecorded',
  version: 1,
  subject: 'memberId',
  doc: 'The condition of the computer before the first action, or why it was not observed.',
  rules: ['charter:2.2', 'charter:8.1d'],
  data: {
    ...state,
    /** True when an action had been recorded already. */
    late: flag(),
  },
});

export const StateAfterRecorded = defineEvent({
  type: 'StateAfterRecorded',
  version: 1,
  subject: 'memberId',
  doc: 'The condition of the computer after the session, or why it was not observed.',
  rules: ['charter:8.1d'],
  data: state,
});

export const BackupAdviceGiven = defineEvent({
  type: 'BackupAdviceGiven',
  version: 1,
  subject: 'memberId',
  doc: 'A backup was formally advised before a risky act, and the member said whether there is one.',
  rules: ['charter:2.3a', 'charter:2.3b'],
  data: { ...who, at: instant(), backupStatus: oneOf(...backupAnswers), adviceShown: flag() },
});

const action = {
  ...who,
  actionId: id(),
  performedAt: instant(),
  category: oneOf(...actionCategories),
  riskClass: oneOf(...riskClasses),
  description: free(4000, 'action performed'),
  ...warned,
};

export const ActionPerformed = defineEvent({
  type: 'ActionPerformed',
  version: 1,
  subject: 'memberId',
  doc: 'An action within the scope.',
  rules: ['charter:8.1c', 'charter:2.3a'],
  data: action,
});

export const OutOfScopeActionPerformed = defineEvent({
  type: 'OutOfScopeActionPerformed',
  version: 1,
  subject: 'memberId',
  doc: 'An action outside the scope: recorded, flagged, and the question of stopping (7.3 c) is put.',
  rules: ['charter:3.2a', 'charter:7.3c', 'charter:8.1c'],
  data: action,
});

export const NoActionStated = defineEvent({
  type: 'NoActionStated',
  version: 1,
  subject: 'memberId',
  doc: 'It is stated that no action was performed.',
  rules: ['charter:8.1c'],
  data: { ...who, at: instant(), reason: oneOf(...noActionReasons) },
});

const note = {
  ...who,
  entryId: id(),
  at: instant(),
  text: free(4000, 'diagnosis or exchange of the session'),
  ...warned,
};

export const DiagnosisRecorded = defineEvent({
  type: 'DiagnosisRecorded',
  version: 1,
  subject: 'memberId',
  doc: 'What the technician found.',
  rules: ['charter:8.1c'],
  data: note,
});

export const MemberQuestionLogged = defineEvent({
  type: 'MemberQuestionLogged',
  version: 1,
  subject: 'memberId',
  doc: 'The member asked about an action.',
  rules: ['charter:X.4-6'],
  data: note,
});

export const ExplanationGiven = defineEvent({
  type: 'ExplanationGiven',
  version: 1,
  subject: 'memberId',
  doc: 'The technician explained an action.',
  rules: ['charter:X.4-6'],
  data: note,
});

export const TemporaryCredentialUsed = defineEvent({
  type: 'TemporaryCredentialUsed',
  version: 1,
  subject: 'memberId',
  doc: 'A temporary password or account was used: that it was, never its value.',
  rules: ['charter:5.1b', 'charter:5.1c'],
  data: { ...who, credentialId: id(), at: instant(), method: oneOf(...credentialMethods), changeAdvised: flag() },
});

export const CredentialChangeConfirmed = defineEvent({
  type: 'CredentialChangeConfirmed',
  version: 1,
  subject: 'memberId',
  doc: 'The temporary password was changed after the session.',
  rules: ['charter:5.1b', 'charter:X.7-9'],
  data: { ...who, credentialId: id(), at: instant() },
});

export const TempAdminAccountRemoved = defineEvent({
  type: 'TempAdminAccountRemoved',
  version: 1,
  subject: 'memberId',
  doc: 'The temporary administrator account was removed.',
  rules: ['charter:5.1c'],
  data: { ...who, credentialId: id(), at: instant() },
});

export const RecommendationsRecorded = defineEvent({
  type: 'RecommendationsRecorded',
  version: 1,
  subject: 'memberId',
  doc: 'The advice left to the member, or an explicit none.',
  rules: ['charter:8.1e', 'charter:X.7-9'],
  data: {
    ...who,
    at: instant(),
    none: flag(),
    recommendations: optional(
      personal(list(text(2000), 20), { cell: 'session', category: 'recommendations', strikeable: true }),
    ),
    ...warned,
  },
});

export const FollowUpAsked = defineEvent({
  type: 'FollowUpAsked',
  version: 1,
  subject: 'memberId',
  doc: 'After the session the member was asked the three questions of the annex; at most one reminder.',
  rules: ['charter:X.7-9'],
  data: { ...who, at: instant(), channel: oneOf(...followUpChannels), reminder: flag() },
});

export const FollowUpAnswered = defineEvent({
  type: 'FollowUpAnswered',
  version: 1,
  subject: 'memberId',
  doc: 'The member answered: passwords changed, computer checked, advice noted.',
  rules: ['charter:X.7-9'],
  data: {
    ...who,
    at: instant(),
    passwordsChanged: oneOf(...answers, 'not-applicable'),
    computerWorks: oneOf(...answers),
    adviceNoted: flag(),
  },
});

export const JournalCorrected = defineEvent({
  type: 'JournalCorrected',
  version: 1,
  subject: 'memberId',
  doc: 'A field of an earlier entry is corrected; the entry itself is kept.',
  rules: ['charter:8.1c'],
  data: {
    ...who,
    correctionId: id(),
    targetEventId: id(),
    field: id(),
    value: free(4000, 'corrected journal entry'),
    reason: oneOf(...correctionReasons),
    at: instant(),
    ...warned,
  },
});

export const journalEvents = [
  StateBeforeRecorded,
  StateAfterRecorded,
  BackupAdviceGiven,
  ActionPerformed,
  OutOfScopeActionPerformed,
  NoActionStated,
  DiagnosisRecorded,
  MemberQuestionLogged,
  ExplanationGiven,
  TemporaryCredentialUsed,
  CredentialChangeConfirmed,
  TempAdminAccountRemoved,
  RecommendationsRecorded,
  FollowUpAsked,
  FollowUpAnswered,
  JournalCorrected,
] as const;
