import type { FilledDocument, Filling } from '#ports/view-store/view-store.js';
import { codeOf } from '../fault.js';
import { type ApplyContext, FencedOff } from './apply-batch.js';
import type { Building } from './building.js';

/**
 * Documents in one write. Each write has its commit, which large ones share among many; but whoever asks the store meanwhile
 * waits for the one in hand. So many as the store takes in some tens of milliseconds, and never
 * fewer than a thousand: on a busy machine they take longer, half a second with nine processes a core, and so does the wait.
 */
const WRITTEN = { fewest: 1000, most: 4000 };
const LONG_MS = 80;
const SHORT_MS = 40;

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
const WAITING = 2;

export function bulkWriter({ viewStore, fence }: Pick<ApplyContext, 'viewStore' | 'fence'>): BulkWriter {
  /** The last of the writes, each of which follows the one before it; and those that may still be under way. */
  let last: Promise<void> = Promise.resolve();
  const waiting: Promise<void>[] = [];
  let left = 0;
  let size = WRITTEN.fewest;

  function learn(documents: number, took: number): void {
    if (took > LONG_MS) size = Math.max(WRITTEN.fewest, Math.trunc(size / 2));
    else if (took < SHORT_MS && documents >= size) size = Math.min(WRITTEN.most, Math.trunc(size * 1.5));
  }

  async function fill(written: readonly Written[]): Promise<void> {
    const fillings = written.filter(({ building }) => building.careful === 'no');
    if (fillings.length === 0) return;
    const begun = performance.now();
    if ((await viewStore.fill(fillings, fence)) === 'fenced') throw new FencedOff();
    learn(
      fillings.reduce((sum, { documents }) => sum + documents.length, 0),
      performance.now() - begun,
    );
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
          const some = all.slice(from, from + Math.max(1, size - count));
          next.push({ building, rebuilt: building.beside, documents: some });
          from += some.length;
          count += some.length;
          if (count < size) continue;
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
