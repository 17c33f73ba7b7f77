import type { DeliveryFault, EndReason, PauseReason, SubscriberTopic } from '#domain/subscriber/codes.js';
import type { SealedSubscriberEvent } from '#domain/subscriber/events.js';
import type { SubscriberStanding } from '#domain/subscriber/state.js';
import type { AnySealedEvent } from '#kernel/define-event.js';
import type { Sealed } from '#kernel/sealed.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import type { Document } from '#ports/view-store/view-store.js';
import { collection } from './change.js';
import type { Change, ViewDefinition } from './view.js';

/** A stored event, by what a copy of the log keeps: a view is not told positions, and they differ from engine to engine. */
export interface StoredPlace {
  readonly stream: string;
  readonly revision: number;
  readonly eventId: string;
}

/** An outside body that is, or was, given the feed. */
export interface SubscriberDocument {
  readonly subscriberId: string;
  readonly revision: number;
  readonly name: Sealed<string>;
  readonly purpose: Sealed<string>;
  readonly address: Sealed<string>;
  readonly topics: readonly SubscriberTopic[];
  /** Date of the contract. */
  readonly agreementOn: LocalDate;
  readonly standing: SubscriberStanding;
  readonly pausedFor?: PauseReason;
  readonly pausedAt?: Instant;
  readonly endedFor?: EndReason;
  readonly endedAt?: Instant;
  readonly registeredAt: Instant;
  /** Its registration: nothing that was stored before it is given. */
  readonly registration: StoredPlace;
  /** Up to which stored event it has been given everything. */
  readonly delivered?: StoredPlace & { readonly at: Instant };
  /** In a row that failed; the next one is one more. */
  readonly attempts: number;
  /** Not before this moment; absent: at once. */
  readonly nextAt?: Instant;
  readonly lastFault?: DeliveryFault;
  /** HTTP status, of the fault `status`. */
  readonly lastStatus?: number;
  /** Events given in all. */
  readonly eventsDelivered: number;
  /** Notices of erasure and of rectification given in all; one by one in the collection `notices`. */
  readonly noticesTold: number;
}

/** A subscriber was given a notice of erasure or of rectification (GDPR 19). */
export interface ToldNoticeDocument {
  readonly subscriberId: string;
  /** Public id of the notice. */
  readonly noticeId: string;
  readonly toldAt: Instant;
}

const withoutFault = ({ nextAt: _, lastFault: __, lastStatus: ___, ...one }: SubscriberDocument) =>
  ({ ...one, attempts: 0 }) satisfies SubscriberDocument;
const withoutPause = ({ pausedFor: _, pausedAt: __, ...one }: SubscriberDocument) => one;

function fold(before: SubscriberDocument | undefined, event: SealedSubscriberEvent): SubscriberDocument | undefined {
  const { stream, revision, eventId, recordedAt: at } = event.meta;
  if (event.type === 'SubscriberRegistered') {
    const { subscriberId, subscriberName: name, subscriberPurpose: purpose, ...registered } = event.data;
    const registration = { stream, revision, eventId };
    const nothing = { attempts: 0, eventsDelivered: 0, noticesTold: 0 };
    return {
      ...{ subscriberId, revision, name, purpose, ...registered, standing: 'active' },
      ...{ registeredAt: at, registration, ...nothing },
    };
  }
  if (before === undefined) return undefined;
  const after = { ...before, revision };
  switch (event.type) {
    case 'SubscriberAddressChanged':
      return { ...withoutFault(after), address: event.data.address };
    case 'SubscriberDelivered': {
      const { lastEventId, count, notices } = event.data;
      return {
        ...withoutFault(after),
        delivered: { stream: event.data.stream, revision: event.data.revision, eventId: lastEventId, at },
        eventsDelivered: before.eventsDelivered + count,
        noticesTold: before.noticesTold + notices.length,
      };
    }
    case 'SubscriberDeliveryFailed': {
      const { attempt: attempts, fault: lastFault, status, nextAt } = event.data;
      const { lastStatus: _, ...rest } = after;
      return { ...rest, attempts, lastFault, nextAt, ...(status === undefined ? {} : { lastStatus: status }) };
    }
    case 'SubscriberPaused':
      return { ...after, standing: 'paused', pausedFor: event.data.reason, pausedAt: at };
    case 'SubscriberResumed':
      return { ...withoutPause(withoutFault(after)), standing: 'active' };
    case 'SubscriberEnded': {
      const { nextAt: _, ...rest } = withoutPause(after);
      return { ...rest, standing: 'ended', endedFor: event.data.reason, endedAt: at };
    }
    default:
      return after;
  }
}

function changes(any: AnySealedEvent): readonly Change[] {
  const event = any as SealedSubscriberEvent;
  const { subscriberId } = event.data;
  const one: Change = {
    collection: 'subscribers',
    id: subscriberId,
    next: (before) => fold(before as SubscriberDocument | undefined, event) as Document | undefined,
  };
  if (event.type !== 'SubscriberDelivered') return [one];
  const toldAt = event.meta.recordedAt;
  const told = [...new Set(event.data.notices)].map((noticeId): Change => {
    const notice: ToldNoticeDocument = { subscriberId, noticeId, toldAt };
    return {
      collection: 'notices',
      id: `${subscriberId}.${noticeId}`,
      next: (before) => before ?? (notice as unknown as Document),
    };
  });
  return [one, ...told];
}

/** Outside bodies that are given the feed, and what they were given (4.2 b, GDPR 15, 19, 28, 30). */
export const subscribersView: ViewDefinition = {
  schema: {
    name: 'subscribers',
    version: 1,
    collections: [
      collection('subscribers', { standing: 'text', registeredAt: 'text', agreementOn: 'text' }, [
        ['registeredAt'],
        ['agreementOn'],
        ['standing', 'registeredAt'],
        ['standing', 'agreementOn'],
      ]),
      collection('notices', { subscriberId: 'text', noticeId: 'text', toldAt: 'text' }, [
        ['noticeId', 'toldAt'],
        ['subscriberId', 'toldAt'],
      ]),
    ],
  },
  streamPrefixes: ['subscriber-'],
  changes,
};
