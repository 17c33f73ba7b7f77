import type { Position } from '#ports/event-store/event-store.js';
import type { Alarm } from '../projection/reports.js';
import { restrictionsOfDecisions } from '../rights/restrict-decided.js';
import type { Temoin } from '../temoin.js';
import type { Erasure } from './erasure.js';
import { reasonOf, type Unfinished } from './erasure-parts.js';

/**
 * Follows the log and carries out what it decides to destroy, once at the start and then as it comes; what a decision
 * leaves for a dispute is restricted first (A14), should a crash have come between the two.
 */
export interface ErasureProcess {
  /** What is not through yet, as last seen, and why. */
  readonly unfinished: readonly Unfinished[];
  /** Resolves when everything that was decided when it was asked has been tried. */
  settled(): Promise<void>;
  /** Ends after the present step. */
  stop(): Promise<void>;
}

export interface ErasureProcessOptions {
  readonly temoin: Temoin;
  readonly erasure: Erasure;
  readonly onAlarm: (alarm: Alarm) => void;
  /** Between two attempts at what did not go through: doubled each time, in milliseconds. */
  readonly backoff?: { readonly firstMs: number; readonly mostMs: number };
}

/** What makes it look. Streams of sessions and requests are followed for the one event that decides on a text. */
const PREFIXES = ['custody-', 'rights-', 'session-', 'request-'];
const DECIDING = new Set([
  'RightsDecisionMade',
  'StrikeOutDecided',
  'RequestTextStrikeOutDecided',
  'CellsCondemned',
  'CellsDestroyed',
]);
const BACKOFF = { firstMs: 1000, mostMs: 600_000 };

interface Delayed {
  readonly failures: number;
  readonly notBefore: number;
}

/** One process for each installation: whoever holds the service lock starts it. */
export function startErasureProcess(options: ErasureProcessOptions): ErasureProcess {
  const { temoin, erasure, onAlarm, backoff = BACKOFF } = options;
  const stopping = new AbortController();
  const delayed = new Map<string, Delayed>();
  const restrictDecided = restrictionsOfDecisions(temoin);
  let unfinished: readonly Unfinished[] = [];
  let asked = 1;
  let tried = 0;
  let wake = (): void => undefined;
  const look = (): void => {
    asked += 1;
    wake();
  };

  /** @returns after how many milliseconds there is something to try again; undefined: nothing */
  async function pass(): Promise<number | undefined> {
    // what stands in its way holds no destruction up
    const restricted = await Promise.allSettled([restrictDecided()]);
    const before = unfinished;
    const waits = (id: string) => (delayed.get(id)?.notBefore ?? 0) > performance.now();
    const left = await erasure.finish(waits);
    const kept = before.filter((one) => waits(one.destructionId) && !left.includes(one));
    for (const id of [...delayed.keys()])
      if (![...left, ...kept].some((one) => one.destructionId === id)) delayed.delete(id);
    for (const { destructionId, code } of left) {
      const failures = delayed.get(destructionId)?.failures ?? 0;
      const retryInMs = Math.min(backoff.mostMs, backoff.firstMs * 2 ** failures);
      delayed.set(destructionId, { failures: Math.min(failures + 1, 30), notBefore: performance.now() + retryInMs });
      onAlarm({ kind: 'erasure-unfinished', destructionId, code, retryInMs });
    }
    unfinished = [...kept, ...left];
    for (const one of restricted) if (one.status === 'rejected') throw one.reason;
    const next = Math.min(...[...delayed.values()].map(({ notBefore }) => notBefore));
    return Number.isFinite(next) ? Math.max(0, next - performance.now()) : undefined;
  }

  async function run(): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted; ) {
      const now = asked;
      let again: number | undefined;
      try {
        again = await pass();
        failures = 0;
      } catch (error) {
        again = Math.min(backoff.mostMs, backoff.firstMs * 2 ** failures);
        failures = Math.min(failures + 1, 30);
        onAlarm({ kind: 'erasure-unfinished', destructionId: '-', code: reasonOf(error), retryInMs: again });
      }
      tried = now;
      if (asked === tried && !stopping.signal.aborted) await woken(again);
    }
  }
  const woken = (withinMs: number | undefined): Promise<void> =>
    new Promise((resolve) => {
      const timer = withinMs === undefined ? undefined : setTimeout(() => wake(), withinMs);
      wake = () => {
        clearTimeout(timer);
        wake = () => undefined;
        resolve();
      };
    });

  async function follow(): Promise<void> {
    let after: Position | undefined;
    for (let begun = false; !stopping.signal.aborted; ) {
      try {
        if (!begun) after = await temoin.eventStore.head();
        // what came before this point and after the first look would not be delivered
        if (!begun) look();
        begun = true;
        const range = { streamPrefixes: PREFIXES, signal: stopping.signal, ...(after === undefined ? {} : { after }) };
        for await (const delivery of temoin.eventStore.subscribe(range)) {
          after = delivery.kind === 'event' ? delivery.event.position : delivery.position;
          if (delivery.kind === 'event' && DECIDING.has(delivery.event.type)) look();
        }
      } catch {
        // what the pass that follows finds raises the alarm; here it is only waited for
        look();
      }
      if (!stopping.signal.aborted) await new Promise((resolve) => setTimeout(resolve, backoff.firstMs));
    }
  }
  const ended = Promise.all([run(), follow()]);

  return {
    get unfinished() {
      return unfinished;
    },
    async settled() {
      const wanted = ++asked;
      wake();
      while (tried < wanted && !stopping.signal.aborted) await new Promise((resolve) => setTimeout(resolve, 10));
    },
    async stop() {
      stopping.abort();
      wake();
      await ended;
    },
  };
}
