import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { Delivery, StoredEvent } from '#ports/event-store/event-store.js';
import { positionOf } from '#ports/event-store/position.js';

/** An event as the server sends it, bytes untouched. Undefined for system events. */
export function storedEventOf(answer: ReadResp): StoredEvent | undefined {
  const event = answer.getEvent()?.getEvent();
  const name = event?.getStreamIdentifier()?.getStreamName_asU8();
  if (!event || !name) return undefined;
  const stream = textOf(name);
  const type = event.getMetadataMap().get('type') ?? '';
  if (stream.startsWith('$') || type.startsWith('$')) return undefined;
  return {
    eventId: event.getId()?.getString() ?? '',
    type,
    data: bytesOf(event.getData_asU8()),
    metadata: bytesOf(event.getCustomMetadata_asU8()),
    stream,
    revision: Number(event.getStreamRevision()),
    position: positionOf(BigInt(event.getCommitPosition())),
  };
}

/** What a subscription says: an event, or how far the server has looked. Undefined for anything else. */
export function deliveryOf(answer: ReadResp): Delivery | undefined {
  const event = storedEventOf(answer);
  if (event) return { kind: 'event', event };
  const checkpoint = answer.getCheckpoint();
  return checkpoint && { kind: 'checkpoint', position: positionOf(BigInt(checkpoint.getCommitPosition())) };
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();

/** The message's bytes may be a Buffer over a shared one: a plain view of just these. */
const bytesOf = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
