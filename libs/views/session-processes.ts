import type { ProcessName } from '#domain/process/codes.js';

const OF_A_SESSION: ReadonlySet<ProcessName> = new Set<ProcessName>([
  'follow-up',
  'deviation-review',
  'credential',
  'consent-lapse',
  'session-running',
  'consent-contested',
  'breach-triage',
]);

/** What such a process asks for is over once the journal of its session is destroyed: nobody can answer it any more. */
export const isAboutSession = (process: ProcessName): boolean => OF_A_SESSION.has(process);
