import { event } from '#kernel/define-event.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import type { SessionCommand } from './commands.js';
import { ConsentGiven } from './events-consent.js';
import { SessionEnded, SessionPaused, SessionStarted } from './events-course.js';
import { ActionPerformed, RecommendationsRecorded, StateAfterRecorded, StateBeforeRecorded } from './events-journal.js';

/** One ordinary session, Tuesday 2 June 2026, 10:00 to 10:40 in Paris, for specifications. */
export type Of<T extends SessionCommand['type']> = Extract<SessionCommand, { readonly type: T }>;

export const who = { sessionId: 'r1.1', memberId: 'm1' };
/** Paris, summer time, on the day of the session. */
export const clock = (time: string): Instant => {
  const [hours, minutes = '00'] = time.split(':');
  return `2026-06-02T${String(Number(hours) - 2).padStart(2, '0')}:${minutes}:00.000Z` as Instant;
};

export const written: Of<'GiveConsent'> = {
  type: 'GiveConsent',
  sessionId: 'r1.1',
  charterVersionId: 'v1',
  mode: 'written',
  readAndAccepted: true,
  statements: { backup: true, authorise: true, bestEfforts: true, eightDays: true },
  signatureMethod: 'email',
  signerName: 'Odile Exemple',
  evidenceRef: 'mail-17',
};

export const oral: Of<'GiveConsent'> = {
  type: 'GiveConsent',
  sessionId: 'r1.1',
  charterVersionId: 'v1',
  mode: 'oral',
  readAndAccepted: true,
  statements: { backup: true, authorise: true, bestEfforts: true, eightDays: true },
  signatureMethod: 'oral-attestation',
  signerName: 'Odile Exemple',
  scriptVersion: 'script-3',
  collectedBy: 'lead',
  identityCheck: 'call-back-to-known-number',
  calledNumber: '03 83 00 00 00',
  confirmationChannel: 'post',
};

export const start: Of<'StartSession'> = {
  type: 'StartSession',
  sessionId: 'r1.1',
  technicianId: 't1',
  toolName: 'RealVNC',
  linkEncrypted: true,
  memberPresent: true,
  connectivityCheck: true,
  toolReady: true,
  problem: 'L’imprimante ne répond plus',
};

export const act: Of<'RecordAction'> = {
  type: 'RecordAction',
  sessionId: 'r1.1',
  actionId: 'a1',
  category: 'updates',
  riskClass: 'none',
  description: 'Mise à jour du pilote',
};

export const consented = event(ConsentGiven, {
  ...who,
  requestId: 'r1',
  charterVersionId: 'v1',
  mode: 'written',
  givenAt: clock('09:00'),
  statements: { backup: true, authorise: true, bestEfforts: true, eightDays: true },
  signatureMethod: 'email',
  signerName: 'Odile Exemple',
  evidenceRef: 'mail-17',
  validOn: '2026-06-02' as LocalDate,
  flags: [],
});

export const started = event(SessionStarted, {
  ...who,
  requestId: 'r1',
  technicianId: 't1',
  startedAt: clock('10:00'),
  toolName: 'RealVNC',
  otherTool: false,
  linkEncrypted: true,
  memberPresent: true,
  connectivityCheck: true,
  toolReady: true,
  slotStart: clock('10:00'),
  slotEnd: clock('11:00'),
  exceptional: false,
  charterVersionId: 'v1',
  allowedMinutes: 60,
  problem: 'L’imprimante ne répond plus',
});

export const paused = event(SessionPaused, { ...who, at: clock('10:20'), cause: 'technical' });
export const ended = event(SessionEnded, { ...who, at: clock('10:40'), cause: 'completed' });

export const acted = event(ActionPerformed, {
  ...who,
  actionId: 'a0',
  performedAt: clock('10:10'),
  category: 'updates',
  riskClass: 'none',
  description: 'Mise à jour du pilote',
});

export const before = event(StateBeforeRecorded, {
  ...who,
  at: clock('10:01'),
  observed: true,
  state: 'Imprimante hors ligne',
  late: false,
});
export const after = event(StateAfterRecorded, { ...who, at: clock('10:39'), observed: true, state: 'Elle imprime' });
export const advised = event(RecommendationsRecorded, { ...who, at: clock('10:39'), none: true });

export const running = [consented, started] as const;
/** Over, with everything that article 8.1 asks. */
export const complete = [...running, before, acted, after, advised, ended] as const;
