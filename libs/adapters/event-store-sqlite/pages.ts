import type { StoredEvent } from '#ports/event-store/event-store.js';
import { positionOf } from '#ports/event-store/position.js';
import type { Answered, Connection } from '#sqlite/connect.js';
import type { EventPage, LogArgument, StreamArgument } from './operations.js';

export interface EventsPage extends Pick<EventPage, 'scanned' | 'end'> {
  readonly events: readonly StoredEvent[];
}

/** Bytes of the events are views on the page's one buffer. */
export function eventsOf({ value, blobs }: Answered): EventsPage {
  const page = value as EventPage;
  const events: StoredEvent[] = [];
  for (const [index, position] of page.positions.entries()) {
    const data = blobs[index * 2];
    const metadata = blobs[index * 2 + 1];
    if (!data || !metadata) break;
    events.push({
      eventId: page.ids[index] ?? '',
      type: page.types[index] ?? '',
      data,
      metadata,
      stream: page.streams[index] ?? '',
      revision: page.revisions[index] ?? 0,
      position: positionOf(position),
    });
  }
  return { events, scanned: page.scanned, end: page.end };
}

export const logPage = async (connection: Connection, ...argument: LogArgument): Promise<EventsPage> =>
  eventsOf(await connection.call('readLog', argument));

export const streamPage = async (connection: Connection, ...argument: StreamArgument): Promise<EventsPage> =>
  eventsOf(await connection.call('readStream', argument));
