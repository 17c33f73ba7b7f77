import { sourceOf } from '#application/feed/cloud-event.js';
import type { FailedDelivery } from '#application/feed/deliver.js';
import { type Feed, startFeed } from '#application/feed/feed.js';
import type { Alarm, Temoin } from '#application/temoin.js';
import type { SubscriberTopic } from '#domain/subscriber/codes.js';
import type { SubscriberCommand } from '#domain/subscriber/commands.js';
import { subscriber } from '#domain/subscriber/subscriber.js';
import { testSigning } from '#testing/memory-erasing.js';
import type { ReceivedDelivery, WebhookReceiver } from '#testing/webhook-receiver.js';
import { openWebhooks } from '../composition/webhooks.js';
import type { Slice } from './slice.js';

/** The feed of a slice, which runs no process of its own: looked at when the test says so. */
export interface SliceFeed {
  readonly feed: Feed;
  readonly alarms: readonly Alarm[];
  readonly failed: readonly FailedDelivery[];
}

const NEVER = 2 ** 30;

export function startSliceFeed(slice: Slice, through: (temoin: Temoin) => Temoin = (one) => one): SliceFeed {
  const alarms: Alarm[] = [];
  const failed: FailedDelivery[] = [];
  const feed = startFeed({
    temoin: through(slice.temoin),
    sender: openWebhooks(true, testSigning.signer, { timeoutMs: NEVER }),
    source: sourceOf('slice'),
    onAlarm: (alarm) => alarms.push(alarm),
    onFailed: (one) => failed.push(one),
    lookEveryMs: NEVER,
    idleEveryMs: NEVER,
    backoff: { firstMs: 0, mostMs: 0 },
  });
  return { feed, alarms, failed };
}

export async function register(
  { temoin }: Slice,
  subscriberId: string,
  address: string,
  topics: readonly SubscriberTopic[] = ['consent', 'session', 'request', 'complaint'],
): Promise<void> {
  const agreementOn = '2026-06-01' as never;
  const named = { subscriberName: 'Organisme Fictif', subscriberPurpose: 'Statistiques du réseau' };
  await govern(temoin, { type: 'RegisterSubscriber', subscriberId, ...named, address, topics, agreementOn });
}

export async function govern(temoin: Temoin, command: SubscriberCommand): Promise<void> {
  const outcome = await temoin.execute({
    commandId: temoin.ids.freshCommandId(),
    actor: 'd1',
    actorRoles: ['Director'],
    stream: `subscriber-${command.subscriberId}`,
    command,
  });
  if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome));
}

export const standingOf = ({ temoin }: Slice, subscriberId: string) => temoin.reader.state(subscriber, subscriberId);

/** What a subscriber's stream says, in order. */
export async function toldOf({ temoin }: Slice, subscriberId: string) {
  const told: { readonly type: string; readonly data: Readonly<Record<string, unknown>> }[] = [];
  for await (const stored of temoin.eventStore.readStream(`subscriber-${subscriberId}`))
    told.push(temoin.decode(stored));
  return told;
}

// biome-ignore lint/suspicious/noExplicitAny: what came over the wire; tests look at it freely
export const eventsIn = ({ body }: ReceivedDelivery): readonly any[] => JSON.parse(body);
export const eventsOf = ({ deliveries }: WebhookReceiver) => deliveries.flatMap(eventsIn);
export const typesOf = (receiver: WebhookReceiver): readonly string[] =>
  eventsOf(receiver).map(({ type }) => String(type).replace(/^fr\.temoin\.|\.v1$/g, ''));
