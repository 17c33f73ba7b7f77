import { type EventStore, MAX_APPEND_BYTES, type Position, type StoredEvent } from '#ports/event-store/event-store.js';
import { codeOf } from '../fault.js';
import { CopyError, type CopyProgress } from './copy-error.js';
import { isSameEvent } from './log-digest.js';
import { verifyCopy } from './verify-copy.js';

export interface CopyReport {
  /** In both logs now. */
  readonly events: number;
  /** Brought by this call; the others were there from an earlier one. */
  readonly copied: number;
  /** Of both logs: see `log-digest.ts`. */
  readonly digest: string;
}

export interface CopyOptions {
  readonly from: EventStore;
  readonly to: EventStore;
  readonly onProgress?: (progress: CopyProgress) => void;
}

const MOST_EVENTS = 500;
/** Below what one append may hold, for the framing. */
const MOST_BYTES = MAX_APPEND_BYTES * 0.9;
const TRIES = 5;

/**
 * Brings the events of one log into another: bytes, ids, types, revisions and the one global order. The target holds nothing,
 * or the beginning of the same log, as an interrupted copy leaves it: that is compared event by event and the copy goes on
 * behind it. One append at a time: that alone keeps the order on every engine. Whatever is appended to the source meanwhile
 * comes along. At the end both logs are read again from the start and compared.
 * @throws CopyError; errors of the stores by `code`. Whatever happens, the same call again goes on where this one stopped
 */
export async function copyEvents({ from, to, onProgress = () => undefined }: CopyOptions): Promise<CopyReport> {
  const there = to.readAll()[Symbol.asyncIterator]();
  try {
    const { reached, copied } = await bring(from, to, there, onProgress);
    const { events, digest } = await verifyCopy(from, to, reached, onProgress);
    return { events, copied, digest };
  } finally {
    await there.return?.();
  }
}

/** @param there what the target holds so far */
async function bring(
  from: EventStore,
  to: EventStore,
  there: AsyncIterator<StoredEvent>,
  onProgress: (progress: CopyProgress) => void,
): Promise<{ readonly reached: Position | undefined; readonly copied: number }> {
  let present: StoredEvent | undefined = (await there.next()).value as StoredEvent | undefined;
  let compared = 0;
  let copied = 0;
  let reached: Position | undefined;
  let run: StoredEvent[] = [];
  let bytes = 0;

  const send = async (): Promise<void> => {
    if (run.length === 0) return;
    await appendAll(to, run);
    copied += run.length;
    run = [];
    bytes = 0;
    onProgress({ phase: 'copy', events: copied });
  };
  const take = async (event: StoredEvent): Promise<void> => {
    if (present) {
      if (!isSameEvent(event, present)) throw otherEvents(compared);
      compared += 1;
      onProgress({ phase: 'compare', events: compared });
      present = (await there.next()).value as StoredEvent | undefined;
      return;
    }
    const size = event.data.byteLength + event.metadata.byteLength;
    if (run.at(-1)?.stream !== event.stream || run.length >= MOST_EVENTS || bytes + size > MOST_BYTES) await send();
    run.push(event);
    bytes += size;
  };

  for (;;) {
    const before: Position | undefined = reached;
    for await (const event of from.readAll(reached === undefined ? {} : { after: reached })) {
      await take(event);
      reached = event.position;
    }
    await send();
    if (reached === before) break;
  }
  if (present) throw otherEvents(compared);
  return { reached, copied };
}

/** @param run events of one stream, one after the other */
async function appendAll(to: EventStore, run: readonly StoredEvent[]): Promise<void> {
  const [first] = run;
  if (!first) return;
  for (let tries = 1; ; tries += 1) {
    try {
      await to.append(first.stream, first.revision === 0 ? 'no-stream' : first.revision - 1, run);
      return;
    } catch (error) {
      const code = codeOf(error);
      if (code === 'wrong-expected-revision')
        throw new CopyError('other-events', `Somebody else writes to the stream ${first.stream} of the target.`);
      // stored or not: the very same append again is recognised
      if (code !== 'unknown-outcome' || tries >= TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200 * tries));
    }
  }
}

const otherEvents = (compared: number): CopyError =>
  new CopyError(
    'other-events',
    `The target holds other events: after ${compared} that are the same it goes another way. Give an empty target, or the one that an interrupted copy of this very log left.`,
  );
