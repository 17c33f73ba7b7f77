import { compareText } from './order.js';
import type { Compared, Document } from './view-store.js';

/** A document of a scan, with the text it is kept as. */
export interface Laid {
  readonly id: string;
  readonly json: string;
}

const STRETCH = 500;

/** Walks two scans in id order side by side, for engines that cannot compare by themselves; memory does not grow with them. */
export async function* compareScans(live: AsyncIterable<Laid>, rebuilt: AsyncIterable<Laid>): AsyncGenerator<Compared> {
  const [left, right] = [live[Symbol.asyncIterator](), rebuilt[Symbol.asyncIterator]()];
  const parse = (one: Laid | undefined) => one && (JSON.parse(one.json) as Document);
  let stretch: { documents: number; unlike: Compared['unlike'][number][] } = { documents: 0, unlike: [] };
  try {
    let [a, b] = [await left.next(), await right.next()];
    while (!a.done || !b.done) {
      const order = a.done ? 1 : b.done ? -1 : compareText(a.value.id, b.value.id);
      const one: Laid | undefined = order <= 0 && !a.done ? a.value : undefined;
      const other: Laid | undefined = order >= 0 && !b.done ? b.value : undefined;
      if (one?.json !== other?.json)
        stretch.unlike.push({ id: (one ?? other)?.id ?? '', live: parse(one), rebuilt: parse(other) });
      if (other) stretch.documents += 1;
      if (one) a = await left.next();
      if (other) b = await right.next();
      if (stretch.documents + stretch.unlike.length < STRETCH) continue;
      yield stretch;
      stretch = { documents: 0, unlike: [] };
    }
    yield stretch;
  } finally {
    await left.return?.();
    await right.return?.();
  }
}
