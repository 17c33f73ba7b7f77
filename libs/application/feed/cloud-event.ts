import { hash } from 'node:crypto';
import type { AnySealedEvent } from '#kernel/define-event.js';
import type { Instant } from '#kernel/time.js';
import { uuidFrom } from '../event-id.js';
import type { FeedEvent } from './feed-event.js';

/** An event as others get it: CloudEvents 1.0, structured mode, JSON. */
export interface CloudEvent {
  readonly specversion: '1.0';
  /** Always the same for the same stored event and type: who was given it twice tells by it. */
  readonly id: string;
  /** The installation, by an opaque id: no name of a machine or of the association. */
  readonly source: string;
  readonly type: string;
  /** `<kind>/<id>`: `session/…`. */
  readonly subject: string;
  /** When it was recorded; when it happened is in the data. */
  readonly time: Instant;
  readonly datacontenttype: 'application/json';
  readonly data: Readonly<Record<string, unknown>>;
}

/** The public id follows from the stored event's id and cannot be turned back into it. */
export const publicIdOf = (eventId: string, type: string): string =>
  uuidFrom(hash('sha256', JSON.stringify(['temoin/feed-event/1', eventId, type]), 'buffer'));

export const sourceOf = (installationId: string): string => `urn:temoin:installation:${installationId}`;

/** @returns undefined when this very event concerns nobody outside */
export function cloudEventOf(one: FeedEvent, event: AnySealedEvent, source: string): CloudEvent | undefined {
  const data = one.data(event);
  if (data === undefined) return undefined;
  const [kind, field] = one.about;
  return {
    specversion: '1.0',
    id: publicIdOf(event.meta.eventId, one.type),
    source,
    type: one.type,
    subject: `${kind}/${data[field]}`,
    time: event.meta.recordedAt,
    datacontenttype: 'application/json',
    data,
  };
}

/**
 * The id of a batch, from who it is for and what is in it: what is sent again whole has the same id, and nothing else has.
 */
export const batchIdOf = (subscriberId: string, events: readonly CloudEvent[]): string =>
  uuidFrom(hash('sha256', JSON.stringify(['temoin/feed-batch/1', subscriberId, events.map(({ id }) => id)]), 'buffer'));
