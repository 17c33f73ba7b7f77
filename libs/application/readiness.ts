import type { CellId } from '#kernel/sealed.js';
import type { EventStore } from '#ports/event-store/event-store.js';
import { EventStoreError, type Position } from '#ports/event-store/event-store.js';
import type { KeyVault } from '#ports/key-vault/key-vault.js';
import type { ViewStore } from '#ports/view-store/view-store.js';
import type { ViewDefinition } from '#views/view.js';
import type { ViewLag } from './projection/reports.js';
import type { ViewRunner } from './projection/view-runner.js';

export interface Readiness {
  /** Stores answer and every view is at most two seconds behind. A figure that takes long makes nothing unready. */
  readonly ready: boolean;
  readonly head: string | undefined;
  readonly views: readonly ViewLag[];
  /**
   * `measured`: `views` are true now. `slow`: the stores answer and how far the views are took too long to find out; `views`
   * are those of the last time, none when there was none.
   */
  readonly lag: 'measured' | 'slow';
  /**
   * Codes of what does not answer: `event-store`, `view-store`, `key-vault`; `erasures-unverified`: nothing is opened until
   * the erasure ledger is back.
   */
  readonly faults: readonly string[];
}

/** A view further behind than this is not ready to answer. */
const MOST_BEHIND_MS = 2000;
const ANSWER_WITHIN_MS = 2000;
/** A question about the views that was not answered by then is put anew. */
const GIVEN_UP_AFTER_MS = 60_000;

export interface ReadinessOptions {
  readonly eventStore: Pick<EventStore, 'head'>;
  readonly viewStore: Pick<ViewStore, 'checkpoint'>;
  readonly keyVault: Pick<KeyVault, 'lookup'>;
  readonly views: readonly ViewDefinition[];
  readonly runner: Pick<ViewRunner, 'lag'>;
  readonly verified: boolean;
  /** How long each question may take, in milliseconds of the machine. */
  readonly withinMs?: number;
}

/** Asks each store something small. Each call answers within a few seconds, whatever they do. */
export function readinessOf(options: ReadinessOptions): () => Promise<Readiness> {
  const { eventStore, viewStore, keyVault, runner, withinMs = ANSWER_WITHIN_MS } = options;
  const [first] = options.views;
  const lagOf = lastKnown(runner, withinMs);

  return async () => {
    const faults: string[] = options.verified ? [] : ['erasures-unverified'];
    const failed = (code: string): undefined => {
      if (!faults.includes(code)) faults.push(code);
      return undefined;
    };
    const ask = <T>(code: string, question: () => Promise<T>): Promise<T | undefined> =>
      within(withinMs, question).then(
        (answer) => (answer === LATE ? failed(code) : answer),
        () => failed(code),
      );
    const [head] = await Promise.all([
      ask('event-store', (): Promise<Position | undefined> => eventStore.head()),
      ask('key-vault', () => keyVault.lookup(['readiness/identity' as CellId])),
      ask('view-store', async () => first && (await viewStore.checkpoint(first.schema))),
    ]);
    const known = await lagOf(head).catch((error: unknown) =>
      failed(error instanceof EventStoreError ? 'event-store' : 'view-store'),
    );
    const { views, lag } = known ?? { views: [], lag: 'slow' as const };
    const fit = views.every((one) => one.running && one.behindMs <= MOST_BEHIND_MS);
    return { ready: faults.length === 0 && fit, head, views, lag, faults };
  };
}

/**
 * How far the views are; on a store with much to do this takes many small questions. One round of them is under way at a
 * time, however often it is asked, and whoever cannot wait for it is told what the last one found.
 */
function lastKnown(runner: ReadinessOptions['runner'], withinMs: number) {
  let views: readonly ViewLag[] = [];
  let round: { readonly answer: Promise<readonly ViewLag[]>; readonly since: number } | undefined;
  return async (head: Position | undefined): Promise<Pick<Readiness, 'views' | 'lag'>> => {
    if (round === undefined || performance.now() - round.since > GIVEN_UP_AFTER_MS) {
      const mine = { answer: runner.lag(head), since: performance.now() };
      round = mine;
      const over = () => {
        if (round === mine) round = undefined;
      };
      mine.answer.then(
        (found) => {
          if (round === mine) views = found;
          over();
        },
        // told to whoever waits for it
        over,
      );
    }
    const { answer } = round;
    const found = await within(withinMs, () => answer);
    return found === LATE ? { views, lag: 'slow' } : { views: found, lag: 'measured' };
  };
}

const LATE = Symbol('late');

/** @returns `LATE` once the time is over; what was asked goes on. @throws what the question throws in time */
async function within<T>(milliseconds: number, question: () => Promise<T>): Promise<T | typeof LATE> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(() => resolve(LATE), milliseconds);
  });
  try {
    return await Promise.race([question(), late]);
  } finally {
    clearTimeout(timer);
  }
}
