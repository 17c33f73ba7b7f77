import type { StoreReadBack } from '#domain/custody/commands.js';
import { isWithinCell, type Opened, type Sealed } from '#kernel/sealed.js';
import type { Opener } from '#ports/opener/opener.js';
import type { DestroyedTarget } from './destruction-record.js';

type Count = { -readonly [K in Exclude<keyof StoreReadBack, 'store'>]: number };

const OPENED_AT_ONCE = 500;

/** Counts, for each destruction, the values of its cells that one store holds and what they answer when they are opened. */
export interface StoreCounts {
  /** Asks for values; those of other cells are left alone. */
  take(values: readonly Sealed<unknown>[]): Promise<void>;
  /** Something could not be asked: for all, or for the destructions of one member. */
  unknown(memberId?: string): void;
  /** What the store answered, by destruction. */
  finish(): Promise<ReadonlyMap<string, StoreReadBack>>;
}

export function storeCounts(store: string, targets: readonly DestroyedTarget[], opener: Opener): StoreCounts {
  const counts = new Map(targets.map(({ destructionId }): [string, Count] => [destructionId, nothing()]));
  const bySubject = new Map<string, DestroyedTarget[]>();
  for (const one of targets) bySubject.set(one.memberId, [...(bySubject.get(one.memberId) ?? []), one]);
  let waiting: { readonly value: Sealed<unknown>; readonly of: readonly string[] }[] = [];

  async function ask(): Promise<void> {
    const asked = waiting;
    waiting = [];
    const answers = asked.length === 0 ? [] : await opener.open(asked.map(({ value }) => value));
    for (const [index, { of }] of asked.entries())
      for (const destructionId of of) add(counts.get(destructionId), answers[index]);
  }

  return {
    async take(values) {
      for (const value of values) {
        const cell = String(value.$sealed?.cell);
        const mine = bySubject.get(cell.split('/', 1)[0] ?? '') ?? [];
        const of = mine.filter(({ cells }) => cells.some((root) => isWithinCell(cell, root)));
        if (of.length > 0) waiting.push({ value, of: of.map(({ destructionId }) => destructionId) });
      }
      if (waiting.length >= OPENED_AT_ONCE) await ask();
    },
    unknown(memberId) {
      for (const target of targets)
        if (memberId === undefined || target.memberId === memberId) add(counts.get(target.destructionId), undefined);
    },
    async finish() {
      await ask();
      return new Map([...counts].map(([destructionId, count]) => [destructionId, { store, ...count }]));
    },
  };
}

const nothing = (): Count => ({ values: 0, erased: 0, present: 0, unreadable: 0 });

/** What was not answered is not erased. */
function add(count: Count | undefined, answer: Opened<unknown> | undefined): void {
  if (!count) return;
  count.values += 1;
  count[answer?.state ?? 'unreadable'] += 1;
}
