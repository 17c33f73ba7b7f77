import type { SealedCustodyEvent } from '#domain/custody/events.js';
import type { SealedMemberEvent } from '#domain/member/events.js';
import type { SealedSessionEvent } from '#domain/session/events.js';
import type { AnySealedEvent } from '#kernel/define-event.js';
import type { Instant } from '#kernel/time.js';
import { changesOf, collection, textOf } from './change.js';
import type { ViewDefinition } from './view.js';

/** Which versions of the charter one member accepted, and when: at a consent, or in answer to a notice (10.1, 10.2). */
export interface AcknowledgementDocument {
  readonly memberId: string;
  readonly standing: 'active' | 'lapsed' | 'left';
  /** Kept, not used (GDPR 18): asked nothing. */
  readonly restricted: boolean;
  readonly registeredAt: Instant;
  readonly accepted: readonly Accepted[];
}

export interface Accepted {
  readonly charterVersionId: string;
  readonly at: Instant;
  /** The session whose consent said it; absent where it was said outside any. */
  readonly sessionId?: string;
}

type Event = SealedMemberEvent | SealedSessionEvent | SealedCustodyEvent;

function fold(before: AcknowledgementDocument | undefined, event: Event): AcknowledgementDocument | null | undefined {
  if (event.type === 'MemberRegistered') {
    const { memberId, status: standing } = event.data;
    return { memberId, standing, restricted: false, registeredAt: event.meta.recordedAt, accepted: [] };
  }
  if (before === undefined) return undefined;
  switch (event.type) {
    case 'MembershipLapsed':
      return { ...before, standing: 'lapsed' };
    case 'MembershipRenewed':
      return { ...before, standing: 'active' };
    case 'MemberLeft':
      return { ...before, standing: 'left' };
    case 'ProcessingRestricted':
      return { ...before, restricted: true };
    case 'RestrictionLifted':
      return { ...before, restricted: false };
    case 'CellsDestroyed': {
      const { memberId, cells } = event.data;
      // whose name is gone is asked nothing any more
      return cells.some(({ cell }) => cell === memberId || cell === `${memberId}/identity`) ? null : before;
    }
    case 'CharterReacknowledged': {
      const { charterVersionId, at } = event.data;
      return accepted(before, { charterVersionId, at });
    }
    case 'CharterAcknowledged': {
      const { charterVersionId, at, sessionId } = event.data;
      return accepted(before, { charterVersionId, at, sessionId });
    }
    default:
      return before;
  }
}

/** The first time counts; what is accepted again at each consent adds nothing. */
function accepted(before: AcknowledgementDocument, one: Accepted): AcknowledgementDocument {
  const known = before.accepted.some(({ charterVersionId }) => charterVersionId === one.charterVersionId);
  return known ? before : { ...before, accepted: [...before.accepted, one] };
}

/** Who accepted which version of the charter. Opaque ids and times. */
export const acknowledgementsView: ViewDefinition = {
  schema: {
    name: 'acknowledgements',
    version: 1,
    collections: [
      collection('members', { standing: 'text', registeredAt: 'text' }, [
        ['registeredAt'],
        ['standing', 'registeredAt'],
      ]),
    ],
  },
  streamPrefixes: ['member-', 'session-', 'custody-'],
  changes: (event: AnySealedEvent) => ofMember(event),
};

const ofMember = changesOf<AcknowledgementDocument, Event>(
  'members',
  ({ type, data, meta }) => {
    const concerned = type === 'CharterAcknowledged' || type === 'CellsDestroyed' || meta.stream.startsWith('member-');
    return concerned ? textOf(data, 'memberId') : undefined;
  },
  fold,
);
