import type { LocalDate } from '#kernel/time.js';
import type { EndReason, PauseReason, SubscriberTopic } from './codes.js';

export const subscriberStandings = ['active', 'paused', 'ended'] as const;
export type SubscriberStanding = (typeof subscriberStandings)[number];

export interface Subscriber {
  readonly subscriberId: string;
  readonly topics: readonly SubscriberTopic[];
  readonly agreementOn: LocalDate;
  readonly standing: SubscriberStanding;
  readonly pausedFor: PauseReason | undefined;
  readonly endedFor: EndReason | undefined;
  /** Attempts in a row that failed. */
  readonly attempts: number;
  /** Up to which stored event it has been given everything. */
  readonly delivered: { readonly stream: string; readonly revision: number; readonly lastEventId: string } | undefined;
}

export type SubscriberState = Subscriber | undefined;
export const initialSubscriber: SubscriberState = undefined;
