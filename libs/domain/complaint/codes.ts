/** Closed lists of complaints. Values are stored: add, never rename. */

export const complaintChannels = ['email', 'post', 'paper', 'in-person', 'phone', 'web'] as const;
export type ComplaintChannel = (typeof complaintChannels)[number];

/** A mediator asks for a complaint in writing first (code de la consommation, L612-2). */
export const isWritten = (channel: ComplaintChannel): boolean => channel !== 'phone' && channel !== 'in-person';

/** Articles 2.3 c and 6.1: the decider's qualification of what happened. The software draws no conclusion from it (A11). */
export const faultQualifications = [
  'no-fault',
  'fault',
  'manifest-negligence',
  'gross-fault',
  'not-established',
] as const;
export type FaultQualification = (typeof faultQualifications)[number];

export const damageTypes = [
  'none',
  'direct',
  'indirect',
  'data-loss',
  'prior-hardware-defect',
  'ignored-advice',
  'not-established',
] as const;
export type DamageType = (typeof damageTypes)[number];

/** What a qualification may rest on, and the events of a session's journal that show it. */
export const evidenceKinds = [
  'state-before',
  'state-after',
  'backup-advice',
  'hardware-note',
  'action',
  'consent',
  'recommendation',
  'interruption',
  'deviation',
] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

export const evidenceTypes: Readonly<Record<EvidenceKind, readonly string[]>> = {
  'state-before': ['StateBeforeRecorded'],
  'state-after': ['StateAfterRecorded'],
  'backup-advice': ['BackupAdviceGiven'],
  'hardware-note': ['DiagnosisRecorded', 'StateBeforeRecorded', 'ExplanationGiven', 'MemberQuestionLogged'],
  action: ['ActionPerformed', 'OutOfScopeActionPerformed', 'NoActionStated'],
  consent: ['ConsentGiven', 'ConsentRefused', 'ConsentWithdrawn', 'ConsentContested', 'ContestSettled'],
  recommendation: ['RecommendationsRecorded'],
  interruption: ['SessionInterrupted', 'SecurityAdviceGiven'],
  deviation: ['DeviationFlagged', 'OverrunFlagged'],
};

/** To whom a file may be disclosed in a dispute (4.1, A8). */
export const referralRecipients = ['mediator', 'insurer', 'authority', 'court'] as const;
export type ReferralRecipient = (typeof referralRecipients)[number];

/** Why it may: GDPR 6(1) and the charter's article 4.1 know no other way out of confidentiality. */
export const disclosureGrounds = [
  'member-request',
  'mediation',
  'insurance-claim',
  'legal-claim',
  'legal-obligation',
] as const;
export type DisclosureGround = (typeof disclosureGrounds)[number];

/** The minimised variant masks third persons and sessions that are not disputed. */
export const disclosureVariants = ['minimised', 'full'] as const;
export type DisclosureVariant = (typeof disclosureVariants)[number];

export const complaintOutcomes = ['settled', 'no-agreement', 'no-grounds', 'referred'] as const;
export type ComplaintOutcome = (typeof complaintOutcomes)[number];

/** Clocks that a complaint carries with it, as told to the member: values, never computed again. */
export const complaintClocks = [
  'prompt-complaint',
  'formal-complaint',
  'complaint-acknowledgement',
  'complaint-proposal',
  'mediator-wait',
  'mediator-referral',
  'mediator-admissibility',
  'mediator-outcome',
] as const;
export type ComplaintClockCode = (typeof complaintClocks)[number];
