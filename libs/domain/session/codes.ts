/** Closed lists of the session's vocabulary. Values are stored: add, never rename. */

export const consentModes = ['written', 'oral'] as const;
export type ConsentMode = (typeof consentModes)[number];

export const signatureMethods = ['link', 'code', 'email', 'paper', 'oral-attestation'] as const;
export type SignatureMethod = (typeof signatureMethods)[number];

/** How the person on the telephone was known to be the member. */
export const identityChecks = [
  'membership-number',
  'call-back-to-known-number',
  'known-voice',
  'in-person',
  'other-question',
] as const;
export type IdentityCheck = (typeof identityChecks)[number];

export const consentChannels = ['link', 'phone', 'email', 'paper', 'in-person'] as const;
export type ConsentChannel = (typeof consentChannels)[number];

/** How an oral consent is confirmed to the member afterwards. */
export const confirmationChannels = ['email', 'post', 'in-person'] as const;
export type ConfirmationChannel = (typeof confirmationChannels)[number];

/** Where a session stood when its consent was said not to be exact. */
export const contestStages = ['before', 'under-way', 'after'] as const;
export type ContestStage = (typeof contestStages)[number];

/** What clearing up with the member came to. */
export const contestOutcomes = ['confirmed', 'not-exact'] as const;
export type ContestOutcome = (typeof contestOutcomes)[number];

/** What a consent, valid as it is, calls attention to. */
export const consentFlags = [
  'no-backup',
  'best-efforts-not-understood',
  'eight-days-not-accepted',
  'given-by-representative',
] as const;
export type ConsentFlag = (typeof consentFlags)[number];

export const backupAnswers = ['yes', 'no', 'unknown'] as const;
export type BackupAnswer = (typeof backupAnswers)[number];

export const answers = ['yes', 'no', 'unknown'] as const;
export type Answer = (typeof answers)[number];

/** The six services; `other` is outside any scope. */
export const actionCategories = [
  'diagnosis',
  'updates',
  'settings',
  'performance',
  'office-advice',
  'backup-help',
  'other',
] as const;
export type ActionCategory = (typeof actionCategories)[number];

/** Acts that article 2.3 calls risky; `none` is not. */
export const riskClasses = ['none', 'major-update', 'registry-cleaning', 'reset'] as const;
export type RiskClass = (typeof riskClasses)[number];

export const pauseCauses = ['member', 'technician', 'technical', 'absence'] as const;
export type PauseCause = (typeof pauseCauses)[number];

/** Article 7.3 a–d, then the reasons that the charter does not have (« hors charte »). */
export const interruptionReasons = [
  'MEMBER_REQUEST',
  'HOSTILITY',
  'SECURITY',
  'OUT_OF_SCOPE',
  'TECHNICAL',
  'ABSENCE',
  'TIME_LIMIT',
] as const;
export type InterruptionReason = (typeof interruptionReasons)[number];

/** What a member is advised after a stop for security (7.3 b). */
export const securityAdvices = [
  'disconnect-internet',
  'run-antivirus',
  'change-passwords',
  'warn-bank',
  'keep-off',
  'see-professional',
  'report-to-authority',
] as const;
export type SecurityAdvice = (typeof securityAdvices)[number];

export const notObservedReasons = [
  'session-cut',
  'no-access',
  'member-request',
  'no-time',
  'recorded-afterwards',
  'other',
] as const;
export type NotObservedReason = (typeof notObservedReasons)[number];

export const noActionReasons = [
  'could-not-connect',
  'interrupted',
  'explanation-only',
  'problem-gone',
  'member-request',
  'other',
] as const;
export type NoActionReason = (typeof noActionReasons)[number];

export const credentialMethods = ['temporary-password', 'temporary-admin-account'] as const;
export type CredentialMethod = (typeof credentialMethods)[number];

/** Obligation of means: no value says « guaranteed » (2.1). */
export const outcomes = ['resolved', 'partly', 'not', 'transferred'] as const;
export type Outcome = (typeof outcomes)[number];

export const afterwardsReasons = ['software-unavailable', 'power-cut', 'emergency', 'forgotten', 'other'] as const;
export type AfterwardsReason = (typeof afterwardsReasons)[number];

export const correctionReasons = [
  'typing-error',
  'incomplete',
  'wrong-time',
  'wrong-fact',
  'member-request',
  'other',
] as const;
export type CorrectionReason = (typeof correctionReasons)[number];

/** What was found in a text that may not be kept (A1). */
export const strikeOutReasons = [
  'seen-on-the-computer',
  'secret',
  'bank-or-health-data',
  'third-person',
  'not-about-the-session',
] as const;
export type StrikeOutReason = (typeof strikeOutReasons)[number];

export const followUpChannels = ['phone', 'email', 'post', 'in-person', 'web'] as const;
export type FollowUpChannel = (typeof followUpChannels)[number];

export const endCauses = ['completed', 'interrupted', 'consent-withdrawn'] as const;
export type EndCause = (typeof endCauses)[number];

/** Says more closely what a deviation is about. */
export const deviationDetails = [
  'recorded-without-consent',
  'action-after-end',
  'consent-recorded-after-start',
  'outside-opening-hours',
  'beyond-allowed-minutes',
  'another-session-same-day',
  'category-outside-scope',
  'declared-outside-scope',
  'backup-not-answered',
  'backup-answer-no',
  'action-while-absent',
  'member-not-present',
  'technician-not-authorised',
  'undertaking-not-signed',
  'skill-not-recorded',
  'session-recorded-late',
  'entry-recorded-late',
  'word-recorded-late',
  'temporary-password-not-changed',
  'temporary-account-not-removed',
  'charter-version-superseded',
  'charter-version-unknown',
  'report-after-due-day',
  'consent-not-exact',
] as const;
export type DeviationDetail = (typeof deviationDetails)[number];

/** How the summary of article 8.2 is asked for and given. */
export const reportChannels = ['email', 'post', 'paper', 'in-person', 'phone', 'web'] as const;
export type ReportChannel = (typeof reportChannels)[number];

/** What the lint warns about without blocking. */
export const lintWarnings = ['phone', 'email', 'third-party'] as const;
