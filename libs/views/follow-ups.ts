import type { SealedSessionEvent } from '#domain/session/events.js';
import type { AnySealedEvent } from '#kernel/define-event.js';
import type { Instant } from '#kernel/time.js';
import { changesOf, collection, textOf } from './change.js';
import { destroyedSessions } from './destroyed-sessions.js';
import type { Change, ViewDefinition } from './view.js';

/** The three questions of the annex after one session: whether they were asked and answered, nothing of what was said. */
export interface FollowUpDocument {
  readonly sessionId: string;
  readonly memberId: string;
  /** `due`: the session is closed and nobody has asked yet. `erased`: its journal is destroyed, nobody is asked any more. */
  readonly state: 'due' | 'asked' | 'answered' | 'erased';
  /** Of the closing, the last asking, or the answer. */
  readonly since: Instant;
  /** One reminder at most; after it the member is left in peace. */
  readonly reminded: boolean;
}

function fold(before: FollowUpDocument | undefined, event: SealedSessionEvent): FollowUpDocument | undefined {
  if (before?.state === 'erased') return before;
  switch (event.type) {
    case 'SessionClosed': {
      const { sessionId, memberId, closedAt } = event.data;
      return before ?? { sessionId, memberId, state: 'due', since: closedAt, reminded: false };
    }
    case 'FollowUpAsked': {
      const { sessionId, memberId, at, reminder } = event.data;
      if (before?.state === 'answered') return before;
      return { sessionId, memberId, state: 'asked', since: at, reminded: reminder };
    }
    case 'FollowUpAnswered': {
      const { sessionId, memberId, at } = event.data;
      return { sessionId, memberId, state: 'answered', since: at, reminded: before?.reminded ?? false };
    }
    default:
      return before;
  }
}

const followUpChanges = changesOf<FollowUpDocument, SealedSessionEvent>(
  'followups',
  (event) => event.data.sessionId,
  fold,
);

/** Whoever was erased, or whose period is over, is never asked or waited for: not even if the session is closed afterwards. */
const forgotten = (event: AnySealedEvent): readonly Change[] =>
  destroyedSessions(event).map((sessionId) => {
    const memberId = textOf(event.data, 'memberId') ?? '';
    const unasked = { sessionId, memberId, since: event.meta.recordedAt, reminded: false };
    const next: Change['next'] = (before) =>
      before?.state === 'answered' ? before : { ...unasked, ...before, state: 'erased' };
    return { collection: 'followups', id: sessionId, next };
  });

/** Follow-ups of sessions (X.7–9): those unanswered are shown, never chased more than once. */
export const followUpsView: ViewDefinition = {
  schema: {
    name: 'followups',
    version: 2,
    collections: [
      collection('followups', { state: 'text', since: 'text', memberId: 'text' }, [
        ['since'],
        ['state', 'since'],
        ['memberId', 'since'],
      ]),
    ],
  },
  streamPrefixes: ['session-', 'custody-'],
  changes: (event) => (event.meta.stream.startsWith('custody-') ? forgotten(event) : followUpChanges(event)),
};
