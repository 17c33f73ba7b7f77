import { recordedBackups } from '#application/backup/backup-record.js';
import type { Temoin } from '#application/temoin.js';
import { type Instant, toEpochMilliseconds } from '#kernel/time.js';
import type { Position, StoredEvent } from '#ports/event-store/event-store.js';

/** Figures that monitoring scrapes and `temoin doctor` reads, worked out in one place. */

/** Events that a view lacks are counted up to here. */
export const COUNTED = 10_000;

export interface Lacking {
  readonly events: number;
  /** The first of them. */
  readonly first: StoredEvent | undefined;
}

/** What a view has not seen of what concerns it, up to the head of the log. */
export async function lackingOf(
  { eventStore, views }: Pick<Temoin, 'eventStore' | 'views'>,
  name: string,
  applied: string | undefined,
  head: string | undefined,
): Promise<Lacking> {
  const streamPrefixes = views.find(({ schema }) => schema.name === name)?.streamPrefixes;
  let events = 0;
  let first: StoredEvent | undefined;
  if (!streamPrefixes) return { events, first };
  const after = applied === undefined ? {} : { after: applied as Position };
  for await (const event of eventStore.readAll({ streamPrefixes, limit: COUNTED, ...after })) {
    if (head !== undefined && event.position > head) break;
    first ??= event;
    events += 1;
  }
  return { events, first };
}

/** When the newest backup was made that the data folder knows of; what a restore moved aside is none. */
export async function lastBackupAt(data: string): Promise<Instant | undefined> {
  const made = (await recordedBackups(data)).filter(({ backupId }) => !backupId.startsWith('replaced-'));
  return made.at(-1)?.createdAt;
}

export const secondsSince = (then: Instant, now: Instant): number =>
  Math.max(0, (toEpochMilliseconds(now) - toEpochMilliseconds(then)) / 1000);
