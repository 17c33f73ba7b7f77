import { codeOf } from '#application/fault.js';
import type { Stores } from './stores.js';

/** The same stores; says of each append how it ended (`stored`, or the error's code) and how long it took. */
export function timed(
  stores: Stores,
  onAppended: ((outcome: string, milliseconds: number) => void) | undefined,
): Stores {
  if (!onAppended) return stores;
  const { eventStore } = stores;
  return {
    ...stores,
    eventStore: {
      ...eventStore,
      async append(...given) {
        const started = performance.now();
        let outcome = 'stored';
        try {
          return await eventStore.append(...given);
        } catch (error) {
          outcome = codeOf(error) ?? 'fault';
          throw error;
        } finally {
          onAppended(outcome, performance.now() - started);
        }
      },
    },
  };
}
