import { complaintEvents, type SealedComplaintEvent } from '#domain/complaint/events.js';
import { holdIdOf } from '#domain/complaint/state.js';
import type { Position, StoredEvent } from '#ports/event-store/event-store.js';
import { holdsView } from '#views/holds.js';
import { codeOf } from '../fault.js';
import type { Alarm } from '../projection/reports.js';
import { serially } from '../serially.js';
import { sleep } from '../sleep.js';
import type { Temoin } from '../temoin.js';
import { type ComplaintHold, holdAskedBy, opensCase, placeComplaintHold } from './place-hold.js';

/** Follows the log and sees to it that every complaint that was opened has its hold, whoever opened it and whatever died since. */
export interface ComplaintHolds {
  /**
   * Resolves when every complaint stored before the question has its hold. A retention or erasure run asks this first.
   * @throws what stands in the way
   */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

export interface ComplaintHoldsOptions {
  readonly temoin: Temoin;
  readonly onAlarm: (alarm: Alarm) => void;
  /** Between two attempts: doubled each time, in milliseconds. */
  readonly backoff?: { readonly firstMs: number; readonly mostMs: number };
}

const PREFIXES = ['complaint-'];
/** What opens a case, and what says something else than this version knows, is looked at. */
const withoutTypes = complaintEvents.map(({ type }) => type as string).filter((type) => !opensCase(type));
const BACKOFF = { firstMs: 500, mostMs: 60_000 };

/** Openings looked at together, the first time. */
const AT_ONCE = 500;

/**
 * At the start the whole history of complaints is gone through, and placing again what is there places nothing. So nothing has
 * to be remembered, and a restored backup or an import mends itself. Holds that the view of holds shows need not be tried:
 * what it shows was stored.
 */
export function startComplaintHolds(options: ComplaintHoldsOptions): ComplaintHolds {
  const { temoin, onAlarm, backoff = BACKOFF } = options;
  const stopping = new AbortController();
  const inTurn = serially();
  const failed = new Map<string, { readonly complaintId: string; readonly hold: () => ComplaintHold | undefined }>();
  let seen: Position | undefined;
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;

  /** Places what is missing up to now. One that cannot be placed holds no other up. @throws the first fault */
  async function catchUp(): Promise<void> {
    const faults: unknown[] = [];
    const place = async (complaintId: string, hold: () => ComplaintHold | undefined, key: string) => {
      try {
        const asked = hold();
        if (asked) await placeComplaintHold(temoin, asked);
        failed.delete(key);
      } catch (error) {
        faults.push(error);
        failed.set(key, { complaintId, hold });
        onAlarm({ kind: 'hold-not-placed', complaintId, code: codeOf(error) ?? 'fault', retryInMs: delay() });
      }
    };
    for (const [key, { complaintId, hold }] of [...failed]) await place(complaintId, hold, key);
    const range = { streamPrefixes: PREFIXES, withoutTypes, ...(seen === undefined ? {} : { after: seen }) };
    const isFirst = seen === undefined;
    const head = await temoin.eventStore.head();
    const placeAll = async (stored: readonly StoredEvent[]) => {
      const openings = stored.filter(({ type }) => opensCase(type)).map((one) => ({ one, hold: holdOf(one) }));
      const shown = isFirst ? await shownHolds(openings.map(({ hold }) => hold)) : undefined;
      for (const { one, hold } of openings)
        if (!shown?.has(hold)) await place(one.stream.slice('complaint-'.length), hold, one.eventId);
      seen = stored.at(-1)?.position ?? seen;
    };
    let some: StoredEvent[] = [];
    for await (const stored of temoin.eventStore.readAll(range)) {
      some.push(stored);
      if (some.length < (isFirst ? AT_ONCE : 1)) continue;
      await placeAll(some);
      some = [];
    }
    await placeAll(some);
    // what was left out need not be left out again
    if (head !== undefined && (seen === undefined || head > seen)) seen = head;
    if (faults.length > 0) throw faults[0];
  }
  const holdOf = (stored: StoredEvent) => () => holdAskedBy(temoin.decode(stored) as unknown as SealedComplaintEvent);

  /** Which of them the view of holds shows; none where it cannot say. */
  async function shownHolds(asked: readonly (() => ComplaintHold | undefined)[]): Promise<ReadonlySet<unknown>> {
    const ids = new Map<unknown, string>();
    try {
      for (const hold of asked) {
        const wanted = hold();
        if (wanted) ids.set(hold, holdIdOf(wanted.complaintId, wanted.opening));
      }
      const found = await temoin.viewStore.load(holdsView.schema, 'holds', [...ids.values()]);
      return new Set([...ids].filter(([, id]) => found.has(id)).map(([hold]) => hold));
    } catch {
      return new Set();
    }
  }
  const settled = () =>
    inTurn('catch up', async () => {
      try {
        await catchUp();
        failures = 0;
      } catch (error) {
        failures = Math.min(failures + 1, 20);
        tryAgainLater();
        throw error;
      }
    });
  const delay = () => Math.min(backoff.mostMs, backoff.firstMs * 2 ** failures);
  function tryAgainLater(): void {
    if (timer !== undefined || stopping.signal.aborted) return;
    timer = setTimeout(() => {
      timer = undefined;
      void settled().catch(() => undefined);
    }, delay());
  }

  async function follow(): Promise<void> {
    let after: Position | undefined;
    for (let failed = false; !stopping.signal.aborted; failed = true) {
      if (failed) await sleep(backoff.firstMs, stopping.signal);
      try {
        after ??= await temoin.eventStore.head();
        await settled().catch(() => undefined);
        const range = { streamPrefixes: PREFIXES, signal: stopping.signal, ...(after === undefined ? {} : { after }) };
        for await (const delivery of temoin.eventStore.subscribe(range)) {
          after = delivery.kind === 'event' ? delivery.event.position : delivery.position;
          // what fails raised its alarm and is tried again by itself
          if (delivery.kind === 'event' && opensCase(delivery.event.type)) await settled().catch(() => undefined);
        }
      } catch {
        // a store that does not answer raises its alarm in the projections
      }
    }
  }
  const ended = follow();

  return {
    settled,
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await ended;
      await inTurn('catch up', async () => undefined);
    },
  };
}
