import type { EventStore, Position } from '#ports/event-store/event-store.js';
import { FeedError } from './feed-error.js';

/**
 * The position of a stored event, by what every copy of the log keeps of it: positions differ from engine to engine.
 * @throws FeedError `place-unknown`; what the store throws
 */
export async function placeInLog(
  eventStore: Pick<EventStore, 'readStream'>,
  { stream, revision }: { readonly stream: string; readonly revision: number },
): Promise<Position> {
  for await (const { position } of eventStore.readStream(stream, { from: revision, limit: 1 })) return position;
  throw new FeedError('place-unknown');
}
