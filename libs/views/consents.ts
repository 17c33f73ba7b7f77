import type { SealedMemberEvent } from '#domain/member/events.js';
import type { ConsentChannel, ContestStage } from '#domain/session/codes.js';
import type { SealedSessionEvent } from '#domain/session/events.js';
import type { AnySealedEvent } from '#kernel/define-event.js';
import type { Sealed } from '#kernel/sealed.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import type { Document } from '#ports/view-store/view-store.js';
import { changesOf, collection, textOf } from './change.js';
import { destroyedSessions } from './destroyed-sessions.js';
import type { Change, ViewDefinition } from './view.js';

/**
 * What the ledger keeps. `live` may have lapsed since: that depends on the day of the question and is never stored.
 */
export type StoredConsentState = 'live' | 'used' | 'withdrawn' | 'refused';

/** What came of « ce n’est pas exact ». */
export type ConsentContest = 'open' | 'confirmed' | 'not-exact';

export interface ConsentDocument {
  readonly sessionId: string;
  readonly memberId: string;
  readonly requestId?: string;
  readonly state: StoredConsentState;
  /** What a consent, valid as it is, calls attention to (`no-backup`). */
  readonly flags?: readonly string[];
  readonly charterVersionId?: string;
  readonly mode?: 'written' | 'oral';
  readonly givenAt?: Instant;
  readonly recordedAt: Instant;
  /** The only day on which the consent may be used. */
  readonly validOn?: LocalDate;
  /** The four statements as answered. */
  readonly statements?: {
    readonly backup: boolean;
    readonly authorise: boolean;
    readonly bestEfforts: boolean;
    readonly eightDays: boolean;
  };
  readonly signatureMethod?: string;
  readonly signerName?: Sealed<string>;
  readonly evidenceRef?: string;
  readonly scriptVersion?: string;
  readonly collectedBy?: string;
  readonly identityCheck?: string;
  readonly calledNumber?: Sealed<string>;
  readonly confirmationChannel?: string;
  readonly representativeId?: string;
  /** Version of the charter that the member saw and acknowledged (10.1). */
  readonly acknowledgedVersionId?: string;
  readonly usedAt?: Instant;
  readonly endedAt?: Instant;
  /** `open`: the member said that it is not exact, and nobody has cleared that up yet (A2). */
  readonly contest?: ConsentContest;
  readonly contestedAt?: Instant;
  readonly contestedBy?: ConsentChannel;
  /** Where the session stood then: one that is under way is the most urgent. */
  readonly contestStage?: ContestStage;
  readonly contestRemark?: Sealed<string>;
}

/** When a member left the service: consents given before are void from then on (3.1 c). */
export interface SubscriptionDocument {
  readonly memberId: string;
  readonly unsubscribedAt: Instant;
}

type ConsentGiven = Extract<SealedSessionEvent, { readonly type: 'ConsentGiven' }>;

function given(before: ConsentDocument | undefined, event: ConsentGiven): ConsentDocument {
  const acknowledged = before?.acknowledgedVersionId;
  return {
    ...event.data,
    // A consent recorded after the start was not what the session began with; it is used all the same.
    ...(before?.usedAt === undefined ? { state: 'live' } : { state: 'used', usedAt: before.usedAt }),
    recordedAt: event.meta.recordedAt,
    ...(acknowledged === undefined ? {} : { acknowledgedVersionId: acknowledged }),
  };
}

/** A no settles what was contested: nothing stands any more. */
const uncontested = <T extends Partial<ConsentDocument>>({ contest: _, ...rest }: T): Omit<T, 'contest'> => rest;

function fold(before: ConsentDocument | undefined, event: SealedSessionEvent): ConsentDocument | undefined {
  const { recordedAt } = event.meta;
  switch (event.type) {
    case 'ConsentGiven':
      return given(before, event);
    case 'CharterAcknowledged':
      return before && { ...before, acknowledgedVersionId: event.data.charterVersionId };
    case 'ConsentRefused': {
      const { sessionId, memberId } = event.data;
      return {
        ...uncontested(before ?? { sessionId, memberId, recordedAt }),
        state: 'refused',
        endedAt: event.data.at,
      };
    }
    case 'ConsentWithdrawn': {
      const { sessionId, memberId } = event.data;
      return {
        ...uncontested(before ?? { sessionId, memberId, recordedAt }),
        state: 'withdrawn',
        endedAt: event.data.at,
      };
    }
    case 'ConsentContested': {
      const { at, channel, stage, remark } = event.data;
      const said = { contest: 'open', contestedAt: at, contestedBy: channel, contestStage: stage } as const;
      const { contestRemark: _, ...rest } = before ?? ({} as ConsentDocument);
      return before && { ...rest, ...said, ...(remark === undefined ? {} : { contestRemark: remark }) };
    }
    case 'ContestSettled':
      return before && { ...before, contest: event.data.outcome };
    case 'SessionStarted':
      return before?.state === 'live' ? { ...before, state: 'used', usedAt: event.data.startedAt } : before;
    default:
      return before;
  }
}

const consentChanges = changesOf<ConsentDocument, SealedSessionEvent>(
  'consents',
  (event) => textOf(event.data, 'sessionId'),
  fold,
);
const subscriptionChanges = changesOf<SubscriptionDocument, SealedMemberEvent>(
  'subscriptions',
  (event) => (event.type === 'ServiceUnsubscribed' ? event.data.memberId : undefined),
  (before, event) =>
    event.type === 'ServiceUnsubscribed' ? { memberId: event.data.memberId, unsubscribedAt: event.data.at } : before,
);

/** Of what is destroyed nothing is left to clear up. */
const forgotten = (sessionId: string): Change => ({
  collection: 'consents',
  id: sessionId,
  next: (before) => before && (uncontested(before as Partial<ConsentDocument>) as unknown as Document),
});

/** The consent ledger: per session what was answered, when, how, and what became of it (3.1, 10.1, F.*). */
export const consentsView: ViewDefinition = {
  schema: {
    name: 'consents',
    version: 2,
    collections: [
      collection(
        'consents',
        { state: 'text', memberId: 'text', recordedAt: 'text', validOn: 'text', mode: 'text', contest: 'text' },
        [
          ['recordedAt'],
          ['state', 'recordedAt'],
          ['state', 'validOn'],
          ['memberId', 'recordedAt'],
          ['mode', 'recordedAt'],
          ['contest', 'recordedAt'],
        ],
      ),
      collection('subscriptions', {}, []),
    ],
  },
  streamPrefixes: ['session-', 'member-', 'custody-'],
  changes(event: AnySealedEvent) {
    const { stream } = event.meta;
    if (stream.startsWith('custody-')) return destroyedSessions(event).map(forgotten);
    return stream.startsWith('member-') ? subscriptionChanges(event) : consentChanges(event);
  },
};
