/** Closed lists of the request's vocabulary. Values are stored: add, never rename. */

/** The six services of article 1.1 a–f, in the charter's order. */
export const serviceCategories = [
  'diagnosis',
  'updates',
  'settings',
  'performance',
  'office-advice',
  'backup-help',
] as const;
export type ServiceCategory = (typeof serviceCategories)[number];

export const channels = ['phone', 'email', 'paper', 'in-person', 'web'] as const;
export type Channel = (typeof channels)[number];

export const declineReasons = [
  'content-creation',
  'specialised-software',
  'on-site',
  'commercial-use',
  'not-a-member',
  'other',
] as const;
export type DeclineReason = (typeof declineReasons)[number];

/** The template letter of each reason to decline: `decline-` and the reason. */
export const declineLetters = [
  'decline-content-creation',
  'decline-specialised-software',
  'decline-on-site',
  'decline-commercial-use',
  'decline-not-a-member',
  'decline-other',
] as const satisfies readonly `decline-${DeclineReason}`[];
export type DeclineLetter = (typeof declineLetters)[number];
export const letterFor = (reason: DeclineReason): DeclineLetter => `decline-${reason}`;

export const acceptanceModes = ['phone', 'email', 'paper', 'in-person', 'web'] as const;
export type AcceptanceMode = (typeof acceptanceModes)[number];

export const exceptionReasons = [
  'member-availability',
  'technician-availability',
  'urgency',
  'long-operation',
  'other',
] as const;
export type ExceptionReason = (typeof exceptionReasons)[number];

export const cancelReasons = ['member-request', 'technician-unavailable', 'moved', 'unsubscribed', 'other'] as const;
export type CancelReason = (typeof cancelReasons)[number];

export const closeOutcomes = ['resolved', 'partly', 'not', 'transferred', 'abandoned'] as const;
export type CloseOutcome = (typeof closeOutcomes)[number];

/** What was found in a text of the request that may not be kept (A1). */
export const textReasons = [
  'seen-on-the-computer',
  'secret',
  'bank-or-health-data',
  'third-person',
  'not-about-the-request',
] as const;
export type TextReason = (typeof textReasons)[number];

/** What the lint warns about without blocking. */
export const lintWarnings = ['phone', 'email', 'third-party'] as const;
