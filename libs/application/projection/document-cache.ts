import type { FilledDocument } from '#ports/view-store/view-store.js';
import type { Entry } from './fold-batch.js';
import type { StoredIds } from './stored-ids.js';

/** A document of a rebuild, kept in memory for as long as it is likely to be changed again. */
export interface CachedEntry extends Entry {
  /** The store holds some state of it. */
  stored: boolean;
}

/** Documents of one view that is being rebuilt. Those that were touched longest ago leave first. */
export interface DocumentCache {
  readonly size: number;
  /** By collection and id. */
  readonly entries: ReadonlyMap<string, ReadonlyMap<string, CachedEntry>>;
  /** Takes a document in use. @returns true when the store may hold it: it must be read before it is changed */
  use(collection: string, id: string): boolean;
  /**
   * What must be written, all of which counts as written from now on. By id within a collection: neighbours in an index are
   * written together.
   * @param share only of so much of each collection, what was touched longest ago. Default: all.
   */
  flush(share?: number): readonly FilledDocument[];
  /** Gives up the share that was touched longest ago. @returns what of it must be written before it is read again */
  evict(share: number): readonly FilledDocument[];
  clear(): void;
}

/**
 * @param left what was written and has left the memory: of this view and of others
 * @param view tells its documents from those of others
 */
export function documentCache(left: StoredIds, view: string): DocumentCache {
  const entries = new Map<string, Map<string, CachedEntry>>();
  let size = 0;
  const placeOf = (collection: string) => `${view}/${collection}/`;

  function write(those: readonly CachedEntry[]): readonly FilledDocument[] {
    const written: FilledDocument[] = [];
    for (const entry of those) {
      const { collection, id, document, position, dirty, stored } = entry;
      if (!dirty || position === undefined) continue;
      entry.dirty = false;
      const there = document !== null && document !== undefined;
      if (there || stored) written.push({ collection, id, document: document ?? null, position, fresh: !stored });
      entry.stored = there;
    }
    return written.sort((one, other) => (one.id < other.id ? -1 : 1));
  }
  function oldest(those: ReadonlyMap<string, CachedEntry>, share: number): readonly CachedEntry[] {
    const some: CachedEntry[] = [];
    const wanted = Math.ceil(those.size * share);
    for (const entry of those.values()) {
      if (some.length === wanted) break;
      some.push(entry);
    }
    return some;
  }

  return {
    get size() {
      return size;
    },
    entries,
    use(collection, id) {
      let those = entries.get(collection);
      if (!those) {
        those = new Map();
        entries.set(collection, those);
      }
      const known = those.get(id);
      if (known) {
        // to the end: the order of the map is the order of use
        those.delete(id);
        those.set(id, known);
        return false;
      }
      const stored = left.mayHave(placeOf(collection), id);
      those.set(id, { collection, id, document: undefined, position: undefined, dirty: false, stored });
      size += 1;
      return stored;
    },
    flush: (share = 1) => [...entries.values()].flatMap((those) => write(oldest(those, share))),
    evict(share) {
      const written: FilledDocument[] = [];
      for (const [collection, those] of entries) {
        const leaving = oldest(those, share);
        written.push(...write(leaving));
        const place = placeOf(collection);
        for (const { id, stored } of leaving) {
          if (stored) left.add(place, id);
          those.delete(id);
        }
        size -= leaving.length;
      }
      return written;
    },
    clear() {
      entries.clear();
      size = 0;
    },
  };
}
