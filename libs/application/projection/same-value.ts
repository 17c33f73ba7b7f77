import type { Document } from '#ports/view-store/view-store.js';
import type { Difference } from './reports.js';

interface Scanned {
  readonly id: string;
  readonly document: Document;
}

/** Walks two scans in id order side by side; memory does not grow with the collection. */
export async function* compareDocuments(
  live: AsyncIterable<Scanned>,
  rebuilt: AsyncIterable<Scanned>,
): AsyncGenerator<{ readonly id: string; readonly kind: Difference | undefined; readonly rebuilt: boolean }> {
  const left = live[Symbol.asyncIterator]();
  const right = rebuilt[Symbol.asyncIterator]();
  try {
    let [a, b] = [await left.next(), await right.next()];
    while (!a.done || !b.done) {
      if (!a.done && (b.done || a.value.id < b.value.id)) {
        yield { id: a.value.id, kind: 'missing', rebuilt: false };
        a = await left.next();
      } else if (!b.done && (a.done || b.value.id < a.value.id)) {
        yield { id: b.value.id, kind: 'added', rebuilt: true };
        b = await right.next();
      } else if (!a.done && !b.done) {
        const same = sameValue(a.value.document, b.value.document);
        yield { id: b.value.id, kind: same ? undefined : 'changed', rebuilt: true };
        [a, b] = [await left.next(), await right.next()];
      }
    }
  } finally {
    await left.return?.();
    await right.return?.();
  }
}

/** Equality of JSON values; the order of an object's properties does not matter. */
export function sameValue(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const left = Object.entries(one);
  const right = other as Record<string, unknown>;
  return (
    left.length === Object.keys(right).length &&
    left.every(([name, value]) => Object.hasOwn(right, name) && sameValue(value, right[name]))
  );
}
