import type { Instant, LocalDate } from '#kernel/time.js';
import type { CivilTime } from '../calendar/civil-time.js';

/**
 * Events that tell of something which happened at a time of its own, typed in by somebody: the field that says when (A16).
 * A day counts until its end. Every other event happens when it is recorded, or names a day that it decides; a test knows
 * the event that is in neither list.
 */
export const factTimes: Readonly<Record<string, string>> = {
  CharterNotified: 'notifiedOn',
  ConfidentialityUndertakingSigned: 'signedOn',
  ServiceUnsubscribed: 'at',
  ServiceResubscribed: 'at',
  RestrictionLiftAnnounced: 'warnedAt',
  CharterReacknowledged: 'at',

  SupportRequested: 'receivedAt',
  ExceptionalSlotAgreed: 'memberAcceptedAt',
  PreparationAdvised: 'at',

  ConsentGiven: 'givenAt',
  ConsentRefused: 'at',
  ConsentWithdrawn: 'at',
  ConsentContested: 'at',
  PreparationAnswered: 'at',
  PresenceLost: 'at',
  SessionPaused: 'at',
  SessionResumed: 'at',
  SessionInterrupted: 'at',
  SessionEnded: 'at',
  SessionRecordedAfterwards: 'endedAt',
  SecurityAdviceGiven: 'at',
  BreachTriageAnswered: 'at',
  StateBeforeRecorded: 'at',
  StateAfterRecorded: 'at',
  BackupAdviceGiven: 'at',
  ActionPerformed: 'performedAt',
  OutOfScopeActionPerformed: 'performedAt',
  NoActionStated: 'at',
  DiagnosisRecorded: 'at',
  MemberQuestionLogged: 'at',
  ExplanationGiven: 'at',
  TemporaryCredentialUsed: 'at',
  CredentialChangeConfirmed: 'at',
  TempAdminAccountRemoved: 'at',
  RecommendationsRecorded: 'at',
  FollowUpAsked: 'at',
  FollowUpAnswered: 'at',
  ReportRequested: 'at',

  RightsRequestReceived: 'receivedAt',
  RightsAnswerSent: 'sentAt',
  RightsRequestWithdrawn: 'withdrawnAt',

  ComplaintFiled: 'receivedAt',
  ComplaintAcknowledged: 'acknowledgedAt',
  SettlementProposed: 'proposedAt',
  SettlementAccepted: 'answeredAt',
  SettlementDeclined: 'answeredAt',
  MediationReferred: 'sentAt',
  InsurerNotified: 'sentAt',
  AuthorityReferred: 'sentAt',
  ComplaintWithdrawn: 'withdrawnAt',

  FileDisclosed: 'sentAt',

  IncidentRecorded: 'awareAt',
  AuthorityNotified: 'notifiedAt',
  PersonsTold: 'toldAt',
};

/** When it happened: of a day, its end in Paris. Undefined where the event says no time. */
export function timeOfFact(
  field: string | undefined,
  data: Readonly<Record<string, unknown>>,
  time: Pick<CivilTime, 'toInstant'>,
): Instant | undefined {
  const value = field === undefined ? undefined : data[field];
  if (typeof value !== 'string') return undefined;
  return value.length === 10 ? time.toInstant(value as LocalDate, '24:00') : (value as Instant);
}
