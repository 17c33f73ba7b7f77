import type { SubscriberCommand } from '#domain/subscriber/commands.js';
import { subscriber } from '#domain/subscriber/subscriber.js';
import { plusMilliseconds } from '#kernel/time.js';
import type { Position, StoredEvent } from '#ports/event-store/event-store.js';
import { WebhookError, type WebhookSender } from '#ports/webhook-sender/webhook-sender.js';
import type { SubscriberDocument } from '#views/subscribers.js';
import { delayAfter } from '../letters/retry-delay.js';
import type { Temoin } from '../temoin.js';
import { batchIdOf } from './cloud-event.js';
import { FeedError } from './feed-error.js';
import { type FeedBatch, nextBatch } from './next-batch.js';
import { subscriberFeed } from './subscriber-feed.js';

/** How far one subscriber was read, as long as this process lives: what is known on disk is further back. */
export interface Reading {
  /** Everything up to here was looked at, and what was for it was given. */
  after: Position;
  /** Where the batch ends that did not arrive: it is sent again as it was. */
  failedUpTo?: Position | undefined;
}

export interface DeliverOptions {
  readonly temoin: Temoin;
  readonly sender: WebhookSender;
  /** Of every event: the installation by an opaque id. */
  readonly source: string;
  readonly onFailed?: (failed: FailedDelivery) => void;
}

export interface FailedDelivery {
  readonly subscriberId: string;
  readonly attempt: number;
  readonly code: string;
  readonly status?: number;
}

/** Batches in one turn: others and the end of the process are not kept waiting for a long history. */
const MOST_BATCHES = 8;
export const BATCH_TYPE = 'application/cloudevents-batch+json';

/**
 * One turn of one subscriber: sends what comes next until nothing is left, something fails or the turn is over. What arrived
 * is written down afterwards, so that a crash in between sends it again and loses nothing.
 * @returns true when there may be more
 * @throws FeedError; what the stores throw: nothing was skipped, it is taken up again
 */
export async function deliver(
  { temoin, sender, source, onFailed }: DeliverOptions,
  one: SubscriberDocument,
  reading: Reading,
  signal: AbortSignal,
): Promise<boolean> {
  const { subscriberId, topics } = one;
  let { revision } = one;
  const feed = subscriberFeed(topics, source, temoin.decode);

  /** Named by what it is about, so that given twice it is one. */
  const give = async (
    command: SubscriberCommand,
    { eventId }: StoredEvent,
    what: string,
    expectedRevision?: number,
  ): Promise<boolean> => {
    const outcome = await temoin.execute({
      commandId: temoin.ids.commandId('system', `feed ${subscriberId} r${one.revision} ${eventId} ${what}`),
      actor: 'system',
      actorRoles: [],
      correlationId: temoin.ids.correlationId(subscriberId),
      stream: `subscriber-${subscriberId}`,
      command,
      ...(expectedRevision === undefined ? {} : { expectedRevision }),
    });
    if (outcome.outcome === 'accepted') {
      revision = outcome.receipt.revision;
      return true;
    }
    // paused, moved or given by somebody else in the meantime: this failure is none of the present ones
    if (outcome.outcome === 'conflict') return false;
    throw new FeedError('not-recorded');
  };
  /** Also where it was paused or ended since: what was sent was sent. */
  const recordUpTo = (last: StoredEvent, { events, notices }: FeedBatch, follows: string | undefined) => {
    const { stream, revision: at, eventId: lastEventId } = last;
    const told = {
      ...{ subscriberId, stream, revision: at, lastEventId, count: events.length, notices },
      ...(follows === undefined ? {} : { follows }),
    };
    return give({ type: 'RecordDelivery', ...told }, last, 'delivered');
  };

  for (let batches = 0; batches < MOST_BATCHES; batches += 1) {
    if (signal.aborted) return false;
    const state = await temoin.reader.state(subscriber, subscriberId);
    if (state?.standing !== 'active') return false;
    const follows = state.delivered?.lastEventId;
    const head = await temoin.eventStore.head();
    const batch = await nextBatch(temoin, feed, reading.after, reading.failedUpTo);
    const { events, last, isEnd } = batch;
    if (last !== undefined && events.length > 0) {
      const [address] = await temoin.opener.open([one.address]);
      if (address === undefined || address.state === 'unreadable') throw new FeedError('address-unreadable');
      if (address.state === 'erased') return false;
      const fault = await sender
        .send(
          {
            address: address.value as string,
            id: batchIdOf(subscriberId, events),
            contentType: BATCH_TYPE,
            body: Buffer.from(JSON.stringify(events)),
          },
          signal,
        )
        .then(
          () => undefined,
          (error: unknown) => (error instanceof WebhookError ? error : new WebhookError('unreachable')),
        );
      // whether it arrived is not known: it is sent again
      if (fault !== undefined && signal.aborted) return false;
      if (fault !== undefined) {
        reading.failedUpTo = last.position;
        const attempt = state.attempts + 1;
        const { code, status } = fault;
        const told = status === undefined ? {} : { status };
        const nextAt = plusMilliseconds(temoin.clock.now(), delayAfter(attempt));
        const failure = { type: 'RecordDeliveryFailure', subscriberId, attempt, fault: code, nextAt, ...told } as const;
        await give(failure, last, `failed ${attempt}`, revision);
        onFailed?.({ subscriberId, attempt, code, ...told });
        return false;
      }
      if (!(await recordUpTo(last, batch, follows))) return false;
    } else if (last !== undefined && batch.heldOut > 0 && !(await recordUpTo(last, batch, follows))) return false;
    const wasAgain = reading.failedUpTo !== undefined;
    reading.failedUpTo = undefined;
    // what was stored up to the head and is not in these streams is nothing to it either
    const scanned = isEnd && head !== undefined && (last === undefined || head > last.position) ? head : last?.position;
    if (scanned !== undefined && scanned > reading.after) reading.after = scanned;
    if (isEnd && !wasAgain) return false;
  }
  return true;
}
