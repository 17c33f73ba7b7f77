/** Closed lists of subscribers. Values are stored: add, never rename. */

/** What a subscriber may be told of: the category of the streams behind it. */
export const subscriberTopics = ['consent', 'session', 'request', 'complaint'] as const;
export type SubscriberTopic = (typeof subscriberTopics)[number];

/** Why a batch did not arrive: nothing of what the other side said, which may name people. */
export const deliveryFaults = ['unreachable', 'timeout', 'tls', 'refused-address', 'status'] as const;
export type DeliveryFault = (typeof deliveryFaults)[number];

export const pauseReasons = ['failing', 'by-hand'] as const;
export type PauseReason = (typeof pauseReasons)[number];

export const endReasons = ['agreement-ended', 'no-longer-needed', 'breach'] as const;
export type EndReason = (typeof endReasons)[number];

/** After so many attempts in a row that failed, the delivery pauses and a person looks at it. */
export const MOST_ATTEMPTS = 18;
