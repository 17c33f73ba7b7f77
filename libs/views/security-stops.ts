import type { Answer } from '#domain/session/codes.js';
import type { SealedSessionEvent } from '#domain/session/events.js';
import type { Sealed } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import { changesOf, collection, textOf } from './change.js';
import { destroyedSessions } from './destroyed-sessions.js';
import type { ViewDefinition } from './view.js';

/** A session that was stopped for security, and what followed (7.3 b). */
export interface SecurityStopDocument {
  readonly sessionId: string;
  readonly memberId: string;
  readonly stoppedAt: Instant;
  /** « Des données ont-elles pu être touchées ? »: open until it is answered. */
  readonly triage: 'open' | Answer;
  readonly answeredAt?: Instant;
  readonly answeredBy?: string;
  readonly awareAt?: Instant;
  readonly reason?: Sealed<string>;
  /** What the member was advised; empty: nothing yet. */
  readonly advices: readonly string[];
}

function fold(before: SecurityStopDocument | undefined, event: SealedSessionEvent): SecurityStopDocument | undefined {
  if (event.type === 'SessionInterrupted' && event.data.reason === 'SECURITY') {
    const { sessionId, memberId, at } = event.data;
    return { sessionId, memberId, stoppedAt: at, triage: 'open', advices: [] };
  }
  if (before === undefined) return undefined;
  switch (event.type) {
    case 'SecurityAdviceGiven':
      return { ...before, advices: [...new Set([...before.advices, ...event.data.advices])] };
    case 'BreachTriageAnswered': {
      const { answer, at, awareAt, reason } = event.data;
      return { ...before, triage: answer, answeredAt: at, answeredBy: event.meta.actor, awareAt, reason };
    }
    default:
      return before;
  }
}

const stopChanges = changesOf<SecurityStopDocument, SealedSessionEvent>(
  'stops',
  (event) => textOf(event.data, 'sessionId'),
  fold,
);

/** Stops for security; the question about data stays open until somebody answers it, or nothing is left to ask about. */
export const securityStopsView: ViewDefinition = {
  schema: {
    name: 'securitystops',
    version: 1,
    collections: [
      collection('stops', { triage: 'text', stoppedAt: 'text', memberId: 'text' }, [
        ['stoppedAt'],
        ['triage', 'stoppedAt'],
      ]),
    ],
  },
  streamPrefixes: ['session-', 'custody-'],
  changes: (event) =>
    event.meta.stream.startsWith('custody-')
      ? destroyedSessions(event).map((id) => ({ collection: 'stops', id, next: () => null }))
      : stopChanges(event),
};
