import { Binary, type Collection, type Db, type Filter } from 'mongodb';
import { type CellId, cellAndAncestors } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import type { CellRecord, Tombstone, WrappedKey } from '#ports/key-vault/key-vault.js';

export interface StoredCell {
  readonly _id: string;
  readonly epoch: number;
  readonly wrapped: Binary;
  /** There while it is offered and no key yet: whose offer it is. */
  readonly offer?: string;
}

/** Never removed, and changed in nothing but `unfinished`. */
export interface StoredTombstone {
  readonly _id: string;
  readonly number: number;
  readonly destroyedAt: Instant;
  readonly proof: string;
  /** There until the keys of this cell and of those below it are overwritten. */
  readonly unfinished?: true;
}

export interface Cells {
  readonly cells: Collection<StoredCell>;
  readonly tombstones: Collection<StoredTombstone>;
  readonly counters: Collection<{ readonly _id: string; readonly last: number }>;
  readonly notes: Collection<{ readonly _id: string; readonly text: string }>;
}

export const cellsOf = (db: Db): Cells => ({
  cells: db.collection('cells'),
  tombstones: db.collection('tombstones'),
  counters: db.collection('counters'),
  notes: db.collection('notes'),
});

export const isKey = { offer: { $exists: false } };
export const isOffer = { offer: { $exists: true } };

/** Cells below a cell are a range of text: `0` is the character after `/`. */
export const below = (cell: string): Filter<{ _id: string }> => ({ _id: { $gt: `${cell}/`, $lt: `${cell}0` } });
export const withinCell = (cell: string): Filter<{ _id: string }> => ({ $or: [{ _id: cell }, below(cell)] });

export const keyOf = (stored: StoredCell): WrappedKey => ({
  cell: stored._id as CellId,
  epoch: stored.epoch,
  wrapped: Uint8Array.from(stored.wrapped.value()),
});
export const binaryOf = (wrapped: Uint8Array): Binary => new Binary(Uint8Array.from(wrapped));

export const tombstoneOf = ({ _id, destroyedAt, proof }: StoredTombstone): Tombstone => ({
  cell: _id as CellId,
  destroyedAt,
  proof,
});

/** Most names in one question. */
const ASKED = 1000;

/** The tombstone that kills a cell, its own or one above it; the nearest first. */
export async function fences(
  { tombstones }: Cells,
  cells: readonly CellId[],
): Promise<(cell: CellId) => Tombstone | undefined> {
  const names = [...new Set(cells.flatMap(cellAndAncestors))];
  const found = new Map<string, Tombstone>();
  for (let at = 0; at < names.length; at += ASKED) {
    const some = names.slice(at, at + ASKED);
    for (const one of await tombstones.find({ _id: { $in: some } }).toArray()) found.set(one._id, tombstoneOf(one));
  }
  return (cell) => {
    for (const one of cellAndAncestors(cell)) {
      const tombstone = found.get(one);
      if (tombstone) return tombstone;
    }
    return undefined;
  };
}

/**
 * Keys first, fences second: a key that is gone between the two has its fence by then. The other way round a cell that is
 * being destroyed would look like one that was lost.
 */
export async function records(at: Cells, cells: readonly CellId[]): Promise<readonly (CellRecord | undefined)[]> {
  const names = [...new Set(cells)];
  const keys = new Map<string, WrappedKey>();
  for (let from = 0; from < names.length; from += ASKED) {
    const some = names.slice(from, from + ASKED);
    for (const one of await at.cells.find({ _id: { $in: some }, ...isKey }).toArray()) keys.set(one._id, keyOf(one));
  }
  const fence = await fences(at, names);
  return cells.map((cell): CellRecord | undefined => {
    const tombstone = fence(cell);
    if (tombstone) return { state: 'destroyed', tombstone };
    const key = keys.get(cell);
    // A copy for each answer, since the same cell may be asked twice.
    return key && { state: 'living', key: { ...key, wrapped: Uint8Array.from(key.wrapped) } };
  });
}
