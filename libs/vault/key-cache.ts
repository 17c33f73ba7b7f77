import type { KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { type CellId, cellAndAncestors, isWithinCell } from '#kernel/sealed.js';
import type { Tombstone } from '#ports/key-vault/key-vault.js';

/**
 * Keys in the clear, for a while, and the tombstones this process knows of. A key is never kept for a cell that is
 * destroyed or being destroyed, even when an older answer of the store arrives late and says that it lives.
 */
export interface KeyCache {
  get(cell: CellId): KeyObject | undefined;
  put(cell: CellId, key: KeyObject): void;
  /** From now on no key of this cell, or below it, is kept; those kept are dropped. */
  fence(cell: CellId): void;
  /** The destruction failed: the cell lives as before. */
  unfence(cell: CellId): void;
  /** Remembers a tombstone and drops the keys it covers. @returns false when it was known already */
  bury(tombstone: Tombstone): boolean;
}

/** @param keepMs for how long a key is used without asking the store again: the longest that a destruction by another process goes unnoticed */
export function keyCache(max: number, keepMs: number): KeyCache {
  const keys = new LRUCache<CellId, KeyObject>({ max, ttl: keepMs, ttlResolution: 100 });
  const tombstones = new LRUCache<CellId, Tombstone>({ max: 50_000 });
  const fenced = new Map<CellId, number>();
  const drop = (root: CellId) => {
    for (const cell of [...keys.keys()]) if (isWithinCell(cell, root)) keys.delete(cell);
  };
  return {
    get: (cell) => keys.get(cell),
    put(cell, key) {
      if (cellAndAncestors(cell).some((one) => fenced.has(one) || tombstones.has(one))) return;
      keys.set(cell, key);
    },
    fence(cell) {
      fenced.set(cell, (fenced.get(cell) ?? 0) + 1);
      drop(cell);
    },
    unfence(cell) {
      const left = (fenced.get(cell) ?? 0) - 1;
      if (left > 0) fenced.set(cell, left);
      else fenced.delete(cell);
    },
    bury(tombstone) {
      const { cell } = tombstone;
      const known = tombstones.has(cell);
      // below a cell that is fenced or dead no key is kept: one look at each key for a whole subtree, not for each cell of it
      const covered = cellAndAncestors(cell).some((one) => fenced.has(one) || tombstones.has(one));
      tombstones.set(cell, tombstone);
      if (!covered) drop(cell);
      return !known;
    },
  };
}
