import type { EventStore, Position } from '#ports/event-store/event-store.js';

/** Views that are no further apart than so many events are read together from the first of them on. */
const NEAR = 1000;

/** Those of the views that stand further behind the first one than is worth reading again for all. */
export async function laggardsOf<T extends { readonly stored: string }>(
  eventStore: Pick<EventStore, 'readAll'>,
  those: readonly T[],
): Promise<readonly T[]> {
  const sorted = [...those].sort((a, b) => (a.stored < b.stored ? -1 : 1));
  const furthest = sorted.at(-1)?.stored ?? '';
  for (let at = 0; ; ) {
    const lowest = sorted[at]?.stored ?? furthest;
    if (lowest === furthest) return sorted.slice(0, at);
    let [last, events] = [lowest, 0];
    const after = lowest === '' ? {} : { after: lowest as Position };
    for await (const { position } of eventStore.readAll({ limit: NEAR, ...after })) {
      last = position;
      events += 1;
    }
    if (events < NEAR || last >= furthest) return sorted.slice(0, at);
    while ((sorted[at]?.stored ?? furthest) < last) at += 1;
  }
}
