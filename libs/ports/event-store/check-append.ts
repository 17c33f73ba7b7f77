import { EventStoreError, MAX_APPEND_BYTES, type NewEvent } from './event-store.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const STREAM = /^[a-z][a-z0-9]*(-[A-Za-z0-9._-]{1,120})?$/;
const TYPE = /^[A-Z][A-Za-z0-9]{1,79}$/;

/**
 * What every engine checks before it sends anything: EventStoreDB's client crashes the process on an id that is no UUID,
 * and the server refuses more than a mebibyte.
 * @throws EventStoreError `invalid-append` | `too-large`
 */
export function checkAppend(stream: string, events: readonly NewEvent[]): void {
  if (!STREAM.test(stream))
    throw new EventStoreError('invalid-append', 'stream name must be a category, a hyphen and an opaque id');
  if (events.length === 0) throw new EventStoreError('invalid-append', 'an append needs at least one event');
  const ids = new Set<string>();
  let bytes = 0;
  for (const event of events) {
    if (!UUID.test(event.eventId)) throw new EventStoreError('invalid-append', 'event id must be a lower-case UUID');
    if (!TYPE.test(event.type)) throw new EventStoreError('invalid-append', 'event type must be a PascalCase word');
    ids.add(event.eventId);
    bytes += event.data.byteLength + event.metadata.byteLength + 200;
  }
  if (ids.size !== events.length) throw new EventStoreError('invalid-append', 'the same event id twice in one append');
  if (bytes > MAX_APPEND_BYTES)
    throw new EventStoreError('too-large', `${bytes} bytes in one append; at most ${MAX_APPEND_BYTES}`);
}
