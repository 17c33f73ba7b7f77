import type { SessionCommand } from '#domain/session/commands.js';
import { act, clock, oral, start, written } from '#domain/session/session-story.fixture.js';
import { metaOf } from './sealed-event.js';

export const sessionId = 'r1.1';
export const secondEvent = metaOf('session-1', 2).eventId;

const afterwards: SessionCommand = {
  type: 'RecordSessionAfterwards',
  sessionId,
  technicianId: 't1',
  startedAt: clock('08:30'),
  endedAt: clock('09:10'),
  problem: 'Un texte',
  reason: 'forgotten',
  memberPresent: 'unknown',
  linkEncrypted: 'unknown',
};

/** How sessions of the properties begin: from nothing to closed. */
export const beginnings: readonly (readonly SessionCommand[])[] = [
  [],
  [
    written,
    start,
    { type: 'RecordStateBefore', sessionId, observed: true, state: 'Avant' },
    act,
    { type: 'RecordStateAfter', sessionId, observed: true, state: 'Après' },
    { type: 'RecordRecommendations', sessionId, none: true },
    { type: 'EndSession', sessionId },
    { type: 'CloseSession', sessionId, outcome: 'resolved' },
  ],
  [written, start],
  [afterwards],
  [written, start, { type: 'InterruptSession', sessionId, reason: 'SECURITY' }],
  [oral, start, act, { type: 'RecordBackupAdvice', sessionId, backupStatus: 'no', adviceShown: true }],
  [
    written,
    start,
    { type: 'RecordStateBefore', sessionId, observed: true, state: 'Avant' },
    { ...act, outOfScope: true },
    { type: 'RecordStateAfter', sessionId, observed: false, notObservedReason: 'no-time' },
    { type: 'RecordRecommendations', sessionId, none: true },
  ],
  [
    written,
    start,
    act,
    {
      type: 'RecordTemporaryCredential',
      sessionId,
      credentialId: 'i1',
      method: 'temporary-admin-account',
      changeAdvised: true,
    },
    {
      type: 'RequestStrikeOut',
      sessionId,
      strikeOutId: 'i1',
      targetEventId: secondEvent,
      field: 'description',
      reason: 'secret',
    },
  ],
];
