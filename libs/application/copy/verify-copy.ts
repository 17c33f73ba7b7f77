import type { EventStore, Position, StoredEvent } from '#ports/event-store/event-store.js';
import { CopyError, type CopyProgress } from './copy-error.js';
import { logDigest } from './log-digest.js';

/**
 * Reads both logs again from their starts, side by side, and compares the digests of what is in them.
 * @param upTo last position of the source that was copied: what came later is not looked at
 * @throws CopyError `differs`
 */
export async function verifyCopy(
  from: EventStore,
  to: EventStore,
  upTo: Position | undefined,
  onProgress: (progress: CopyProgress) => void,
): Promise<{ readonly events: number; readonly digest: string }> {
  const [source, target] = [logDigest(), logDigest()];
  const copies = to.readAll()[Symbol.asyncIterator]();
  const nextCopy = async () => (await copies.next()).value as StoredEvent | undefined;
  let events = 0;
  try {
    if (upTo !== undefined) {
      for await (const event of from.readAll()) {
        if (event.position > upTo) break;
        const copy = await nextCopy();
        if (!copy) throw differs(events);
        source.add(event);
        target.add(copy);
        events += 1;
        onProgress({ phase: 'verify', events });
      }
    }
    if (await nextCopy()) throw differs(events);
    const digest = source.end();
    if (digest !== target.end()) throw differs(events);
    return { events, digest };
  } finally {
    await copies.return?.();
  }
}

const differs = (events: number): CopyError =>
  new CopyError(
    'differs',
    `The copy reads back otherwise than it was written, within its first ${events + 1} events. Do not use it.`,
  );
