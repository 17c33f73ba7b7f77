import type { CellId } from '#kernel/sealed.js';
import type { EventStore, Position } from '#ports/event-store/event-store.js';
import type { KeyVault } from '#ports/key-vault/key-vault.js';
import type { ViewStore } from '#ports/view-store/view-store.js';
import type { ViewDefinition } from '#views/view.js';
import type { ViewLag } from './projection/reports.js';
import type { ViewRunner } from './projection/view-runner.js';

export interface Readiness {
  /** Stores answer and every view is at most two seconds behind. */
  readonly ready: boolean;
  readonly head: string | undefined;
  readonly views: readonly ViewLag[];
  /**
   * Codes of what does not answer: `event-store`, `view-store`, `key-vault`; `erasures-unverified`: nothing is opened until
   * the erasure ledger is back.
   */
  readonly faults: readonly string[];
}

/** A view further behind than this is not ready to answer. */
const MOST_BEHIND_MS = 2000;
const ANSWER_WITHIN_MS = 2000;

export interface ReadinessOptions {
  readonly eventStore: EventStore;
  readonly viewStore: ViewStore;
  readonly keyVault: KeyVault;
  readonly views: readonly ViewDefinition[];
  readonly runner: ViewRunner;
  readonly verified: boolean;
}

/** Asks each store something small. Answers within a few seconds, whatever they do. */
export async function readiness(options: ReadinessOptions): Promise<Readiness> {
  const { eventStore, viewStore, keyVault, runner } = options;
  const faults: string[] = options.verified ? [] : ['erasures-unverified'];
  const ask = async <T>(code: string, question: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await within(ANSWER_WITHIN_MS, question());
    } catch {
      if (!faults.includes(code)) faults.push(code);
      return undefined;
    }
  };
  const first = options.views[0];
  const [head] = await Promise.all([
    ask('event-store', (): Promise<Position | undefined> => eventStore.head()),
    ask('key-vault', () => keyVault.lookup(['readiness/identity' as CellId])),
    ask('view-store', async () => first && (await viewStore.checkpoint(first.schema))),
  ]);
  const views: readonly ViewLag[] = (await ask('view-store', () => runner.lag(head))) ?? [];
  const fit = views.every((one) => one.running && one.behindMs <= MOST_BEHIND_MS);
  return { ready: faults.length === 0 && fit, head, views, faults };
}

async function within<T>(milliseconds: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), milliseconds);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
