import { setImmediate as turn } from 'node:timers/promises';
import { rebuildOf } from '#ports/view-store/check-view.js';
import type { ViewSchema } from '#ports/view-store/view-store.js';
import type { Stores } from '../../../apps/composition/stores.js';

/**
 * Where a process can be told to die, seen from its stores. `during`: the store has been asked and has not answered. On
 * SQLite a view's documents and its checkpoint are one transaction, so that `during-view-step` falls between the two.
 */
export const steps = [
  'before-keys',
  'after-keys',
  'before-append',
  'during-append',
  'after-append',
  'before-view-step',
  'during-view-step',
  'after-view-step',
  'rebuild-step',
  'before-swap',
  'during-swap',
  'after-swap',
] as const;
export type Step = (typeof steps)[number];

export interface Armed {
  /** `lie`: the nth append is answered as stored and is not. The checks that these runs end with must see it. */
  readonly at: Step | 'lie';
  /** Dies at the nth such step from now on. */
  readonly count: number;
  /** How long after a `during` step began. */
  readonly microseconds: number;
}

const isRebuilt = (view: ViewSchema): boolean => rebuildOf(view).name === view.name;

/** The same stores, of a process that dies at the step it is told (kill -9, by its own hand). */
export function dyingStores({ eventStore, viewStore, keyVault, close }: Stores): {
  readonly stores: Stores;
  arm(armed: Armed): void;
} {
  let armed: Armed | undefined;
  let left = 0;
  const die = () => process.kill(process.pid, 'SIGKILL');
  const isTime = (at: Armed['at']): boolean => {
    if (armed?.at !== at) return false;
    left -= 1;
    return left === 0;
  };
  /** What waits for an answer turns the loop: a client that speaks from this thread must get its request out. */
  const dieDuring = async (microseconds: number) => {
    const until = performance.now() + microseconds / 1000;
    while (performance.now() < until) await turn();
    die();
  };
  const around = async <T>(what: 'append' | 'view-step' | 'swap' | 'keys', work: () => Promise<T>): Promise<T> => {
    if (isTime(`before-${what}` as Step)) die();
    const working = work();
    if (isTime(`during-${what}` as Step)) await dieDuring(armed?.microseconds ?? 0);
    const done = await working;
    if (isTime(`after-${what}` as Step)) die();
    return done;
  };
  const beside = async <T>(work: () => Promise<T>): Promise<T> => {
    const working = work();
    if (isTime('rebuild-step')) await dieDuring(armed?.microseconds ?? 0);
    return working;
  };
  return {
    arm(given) {
      armed = given;
      left = given.count;
    },
    stores: {
      close,
      eventStore: {
        ...eventStore,
        async append(stream, expected, events) {
          const head = isTime('lie') ? await eventStore.head() : undefined;
          if (head !== undefined)
            return { revision: (expected === 'no-stream' ? -1 : expected) + events.length, position: head };
          return around('append', () => eventStore.append(stream, expected, events));
        },
      },
      keyVault: { ...keyVault, getOrCreate: (...given) => around('keys', () => keyVault.getOrCreate(...given)) },
      viewStore: {
        ...viewStore,
        applyAll: (steps, fence) => {
          const applying = () => viewStore.applyAll(steps, fence);
          return steps.some(({ view }) => isRebuilt(view)) ? beside(applying) : around('view-step', applying);
        },
        fill: (...given) => beside(() => viewStore.fill(...given)),
        swap: (...given) => around('swap', () => viewStore.swap(...given)),
      },
    },
  };
}
