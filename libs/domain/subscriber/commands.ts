import type { Instant, LocalDate } from '#kernel/time.js';
import type { DeliveryFault, EndReason, SubscriberTopic } from './codes.js';

interface OfSubscriber {
  readonly subscriberId: string;
}

export interface RegisterSubscriber extends OfSubscriber {
  readonly type: 'RegisterSubscriber';
  readonly subscriberName: string;
  readonly subscriberPurpose: string;
  /** See `addressFault`. */
  readonly address: string;
  /** At least one. */
  readonly topics: readonly SubscriberTopic[];
  /** Date of the contract. */
  readonly agreementOn: LocalDate;
}

export interface ChangeSubscriberAddress extends OfSubscriber {
  readonly type: 'ChangeSubscriberAddress';
  readonly address: string;
}

/** The service’s own: a batch arrived. Given again, it adds nothing. */
export interface RecordDelivery extends OfSubscriber {
  readonly type: 'RecordDelivery';
  /** The last event of the batch before; absent: this is the first. Where another was recorded since, this one adds nothing. */
  readonly follows?: string;
  /** Stored event up to which all has been given. */
  readonly stream: string;
  readonly revision: number;
  readonly lastEventId: string;
  /** Events in the batch. */
  readonly count: number;
  /** Public ids of the notices of erasure and of rectification in it. */
  readonly notices: readonly string[];
}

/** The service’s own: an attempt failed. One that is not the next attempt adds nothing. */
export interface RecordDeliveryFailure extends OfSubscriber {
  readonly type: 'RecordDeliveryFailure';
  /** 1 for the first since the last batch that arrived, the last resumption or the last change of address. */
  readonly attempt: number;
  readonly fault: DeliveryFault;
  /** HTTP status, of the fault `status`. */
  readonly status?: number;
  readonly nextAt: Instant;
}

export interface PauseSubscriber extends OfSubscriber {
  readonly type: 'PauseSubscriber';
}

export interface ResumeSubscriber extends OfSubscriber {
  readonly type: 'ResumeSubscriber';
}

export interface EndSubscriber extends OfSubscriber {
  readonly type: 'EndSubscriber';
  readonly reason: EndReason;
}

/** What a person decides; the rest is the service’s own. */
export type SubscriberDecision =
  | RegisterSubscriber
  | ChangeSubscriberAddress
  | PauseSubscriber
  | ResumeSubscriber
  | EndSubscriber;

export type SubscriberCommand = SubscriberDecision | RecordDelivery | RecordDeliveryFailure;
