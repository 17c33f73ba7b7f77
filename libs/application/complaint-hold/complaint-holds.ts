import type { SealedComplaintEvent } from '#domain/complaint/events.js';
import type { Position } from '#ports/event-store/event-store.js';
import { codeOf } from '../fault.js';
import type { Alarm } from '../projection/reports.js';
import { serially } from '../serially.js';
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
const BACKOFF = { firstMs: 500, mostMs: 60_000 };

/**
 * At the start the whole history of complaints is gone through: there are few, and placing again what is there places
 * nothing. So nothing has to be remembered, and a restored backup or an import mends itself.
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
    const range = { streamPrefixes: PREFIXES, ...(seen === undefined ? {} : { after: seen }) };
    for await (const stored of temoin.eventStore.readAll(range)) {
      const hold = () => holdAskedBy(temoin.decode(stored) as unknown as SealedComplaintEvent);
      if (opensCase(stored.type)) await place(stored.stream.slice('complaint-'.length), hold, stored.eventId);
      seen = stored.position;
    }
    if (faults.length > 0) throw faults[0];
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
      if (failed) await pause(backoff.firstMs, stopping.signal);
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

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });
