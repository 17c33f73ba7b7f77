import type { FilledDocument, Filling } from '#ports/view-store/view-store.js';
import { codeOf } from '../fault.js';
import { type ApplyContext, FencedOff } from './apply-batch.js';
import type { Building } from './building.js';

/** Documents in one write: some tens of milliseconds of the store's time. */
const WRITTEN = 1000;

type Written = Filling & { readonly building: Building };

/** Writes documents of rebuilt views in the background, one write after the other. */
export interface BulkWriter {
  /** Returns when few of them are left to write. Throws what an earlier one failed with. */
  write(documents: readonly (readonly [Building, readonly FilledDocument[]])[]): Promise<void>;
  /** Waits for all of them. @throws FencedOff, and what the store throws */
  written(): Promise<void>;
  /** Nothing is left to write. */
  readonly idle: boolean;
}

/** So many writes may wait while their maker goes on. */
const WAITING = 4;

export function bulkWriter({ viewStore, fence }: Pick<ApplyContext, 'viewStore' | 'fence'>): BulkWriter {
  /** The last of the writes, each of which follows the one before it; and those that may still be under way. */
  let last: Promise<void> = Promise.resolve();
  const waiting: Promise<void>[] = [];
  let left = 0;

  async function fill(written: readonly Written[]): Promise<void> {
    const fillings = written.filter(({ building }) => building.careful === 'no');
    if (fillings.length > 0 && (await viewStore.fill(fillings, fence)) === 'fenced') throw new FencedOff();
  }

  /** Which of several views asks for what the store does not take. */
  async function findRefused(written: readonly Written[], error: unknown): Promise<void> {
    if (codeOf(error) !== 'invalid-write') throw error;
    for (const one of written)
      try {
        await fill([one]);
      } catch (fault) {
        if (codeOf(fault) !== 'invalid-write') throw fault;
        one.building.careful = 'needed';
      }
  }

  async function send(written: readonly Written[]): Promise<void> {
    left += 1;
    last = last
      .then(() => fill(written).catch((error: unknown) => findRefused(written, error)))
      .finally(() => {
        left -= 1;
      });
    // its failure is thrown where it is waited for, and meanwhile is nobody's to handle
    last.catch(() => undefined);
    waiting.push(last);
    while (waiting.length > WAITING) await waiting.shift();
  }

  return {
    async write(documents) {
      let next: Written[] = [];
      let count = 0;
      for (const [building, all] of documents)
        for (let from = 0; from < all.length; ) {
          const some = all.slice(from, from + WRITTEN - count);
          next.push({ building, rebuilt: building.beside, documents: some });
          from += some.length;
          count += some.length;
          if (count < WRITTEN) continue;
          await send(next);
          [next, count] = [[], 0];
        }
      if (count > 0) await send(next);
    },
    written: () => last,
    get idle() {
      return left === 0;
    },
  };
}
