/** Closed lists of letters. Values are stored: add, never rename. */

export const letterTemplates = [
  'preparation',
  'consent-confirmation',
  'consent-receipt',
  'follow-up',
  'decline',
  'exceptional-agreement',
  'complaint-acknowledgement',
  'complaint-proposal',
  'complaint-final-answer',
  'complaint-referral',
  'rights-answer',
  'rights-extension',
  'charter-change',
] as const;
export type LetterTemplate = (typeof letterTemplates)[number];

/** Why a letter has to be printed: nothing of what the other mail system said, which may name people. */
export const undeliveredReasons = [
  'no-address',
  'refused',
  'returned',
  'gave-up',
  'unknown-outcome',
  'needs-enclosure',
] as const;
export type UndeliveredReason = (typeof undeliveredReasons)[number];

export const abandonReasons = ['erased', 'no-longer-true', 'told-otherwise'] as const;
export type AbandonReason = (typeof abandonReasons)[number];
