import { defineEvent, type EventOf, type SealedEventOf } from '#kernel/define-event.js';
import { id, instant, integer, list, localDate, oneOf, optional, personal, text } from '#kernel/field.js';
import { deliveryFaults, endReasons, pauseReasons, subscriberTopics } from './codes.js';

// Types and names here are the storage format. Each subscriber is sealed under a key of its own, whose subject it is: an
// outside body is often known by the name of a person, and its address may hold one.

const category = 'destinataire abonné';
const sealed = (max: number) => personal(text(max), { cell: 'identity', category });
const rules = ['charter:4.2b'] as const;

export const SubscriberRegistered = defineEvent({
  type: 'SubscriberRegistered',
  version: 1,
  subject: 'subscriberId',
  doc: 'An outside body is a recipient of the pseudonymous feed from now on, under an agreement; nobody else receives any.',
  rules,
  data: {
    subscriberId: id(),
    subscriberName: sealed(200),
    subscriberPurpose: sealed(400),
    /** Where batches are posted: see `addressFault`. */
    address: sealed(500),
    /** At least one. */
    topics: list(oneOf(...subscriberTopics), subscriberTopics.length),
    /** Date of the contract. */
    agreementOn: localDate(),
  },
});

export const SubscriberAddressChanged = defineEvent({
  type: 'SubscriberAddressChanged',
  version: 1,
  subject: 'subscriberId',
  doc: 'Batches for a subscriber go to another address; attempts begin anew.',
  rules,
  data: { subscriberId: id(), address: sealed(500) },
});

export const SubscriberDelivered = defineEvent({
  type: 'SubscriberDelivered',
  version: 1,
  doc: 'A batch arrived at a subscriber: it has been given everything up to the stored event named, by stream and revision, which a copy of the log keeps.',
  // that it may be given anything was decided by its registration: one time that the rule applied, not one a batch
  rules: [],
  data: {
    subscriberId: id(),
    stream: text(200),
    revision: integer(),
    lastEventId: id(),
    /** Events in the batch. */
    count: integer(),
    /** Public ids of the notices of erasure and of rectification in it (GDPR 19). */
    notices: list(id(), 1000),
  },
});

export const SubscriberDeliveryFailed = defineEvent({
  type: 'SubscriberDeliveryFailed',
  version: 1,
  doc: 'A batch did not arrive at a subscriber: tried again later.',
  rules: [],
  data: {
    subscriberId: id(),
    attempt: integer(1),
    fault: oneOf(...deliveryFaults),
    /** HTTP status, of the fault `status`. */
    status: optional(integer(100, 999)),
    nextAt: instant(),
  },
});

export const SubscriberPaused = defineEvent({
  type: 'SubscriberPaused',
  version: 1,
  doc: 'Nothing is sent to a subscriber until it is resumed: too many attempts failed, or a person decided so.',
  rules,
  data: { subscriberId: id(), reason: oneOf(...pauseReasons) },
});

export const SubscriberResumed = defineEvent({
  type: 'SubscriberResumed',
  version: 1,
  doc: 'A paused subscriber is sent what it missed, from where it was; attempts begin anew.',
  rules,
  data: { subscriberId: id() },
});

export const SubscriberEnded = defineEvent({
  type: 'SubscriberEnded',
  version: 1,
  doc: 'An outside body is no recipient any more: nothing leaves to it from now on. Final.',
  rules,
  data: { subscriberId: id(), reason: oneOf(...endReasons) },
});

export const subscriberEvents = [
  SubscriberRegistered,
  SubscriberAddressChanged,
  SubscriberDelivered,
  SubscriberDeliveryFailed,
  SubscriberPaused,
  SubscriberResumed,
  SubscriberEnded,
] as const;
export type SubscriberEvent = EventOf<(typeof subscriberEvents)[number]>;
export type SealedSubscriberEvent = SealedEventOf<(typeof subscriberEvents)[number]>;
