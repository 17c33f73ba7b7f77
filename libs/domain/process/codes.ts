/** Closed lists of processes. Values are stored: add, never rename. */

export const processNames = [
  'letter',
  'letter-told',
  'complaint-acknowledgement',
  'complaint-proposal',
  'follow-up',
  'deviation-review',
  'credential',
  'hold-review',
  'consent-lapse',
  'session-running',
  'rights-request',
  'insurance',
  'undertaking',
  'charter-notice',
  'consent-contested',
  'breach-triage',
  'breach-incident',
  'breach-notification',
  'breach-persons',
  'mediation',
] as const;
export type ProcessName = (typeof processNames)[number];
export const isProcessName = (text: string): text is ProcessName => (processNames as readonly string[]).includes(text);

/** What a step came to. */
export const stepResults = ['letter', 'reminder', 'command', 'not-needed', 'too-late'] as const;
export type StepResult = (typeof stepResults)[number];

export const skipReasons = ['done-otherwise', 'not-wanted', 'cannot-be-done'] as const;
export type SkipReason = (typeof skipReasons)[number];
