import { type CellId, cellAndAncestors, isWithinCell } from '#kernel/sealed.js';
import { checkCells } from '#ports/key-vault/check-cell.js';
import {
  type CellRecord,
  type KeyVault,
  KeyVaultError,
  type Tombstone,
  type VaultNote,
  type WrappedKey,
} from '#ports/key-vault/key-vault.js';

/** What a file is to the embedded engine: several vaults may be opened on it, as several processes would. */
export interface MemoryCells {
  readonly keys: Map<CellId, WrappedKey>;
  /** In order of destruction. */
  readonly tombstones: Map<CellId, Tombstone>;
  /** No key is stored under an epoch before this one. */
  firstEpoch: number;
  readonly notes: Map<VaultNote, string>;
}
export const memoryCells = (): MemoryCells => ({
  keys: new Map(),
  tombstones: new Map(),
  firstEpoch: 0,
  notes: new Map(),
});

/** For tests: forgets everything with the process. */
export function memoryKeyVault(cells: MemoryCells = memoryCells()): KeyVault {
  let closed = false;
  const refuseIfClosed = () => {
    if (closed) throw new KeyVaultError('closed', 'the key vault is closed');
  };
  const tombstoneOf = (cell: CellId): Tombstone | undefined =>
    cellAndAncestors(cell)
      .map((one) => cells.tombstones.get(one))
      .find((one) => one !== undefined);
  const recordOf = (cell: CellId): CellRecord | undefined => {
    const tombstone = tombstoneOf(cell);
    if (tombstone) return { state: 'destroyed', tombstone };
    const key = cells.keys.get(cell);
    return key && { state: 'living', key: copyOf(key) };
  };

  return {
    async getOrCreate(candidates) {
      refuseIfClosed();
      checkCells(candidates.map((candidate) => candidate.cell));
      if (candidates.some((one) => one.epoch < cells.firstEpoch && recordOf(one.cell) === undefined))
        throw new KeyVaultError('stale-epoch', 'the root key was rotated');
      return candidates.map((candidate) => {
        const there = recordOf(candidate.cell);
        if (there) return there;
        cells.keys.set(candidate.cell, copyOf(candidate));
        return { state: 'living', key: copyOf(candidate) };
      });
    },

    async lookup(asked) {
      refuseIfClosed();
      checkCells(asked);
      return asked.map(recordOf);
    },

    async destroy(cell, why) {
      refuseIfClosed();
      checkCells([cell]);
      const living = [...cells.keys.keys()].filter((one) => one !== cell && isWithinCell(one, cell)).sort();
      return [cell, ...living].map((one) => {
        const tombstone = cells.tombstones.get(one) ?? { cell: one, destroyedAt: why.destroyedAt, proof: why.proof };
        cells.tombstones.set(one, tombstone);
        cells.keys.get(one)?.wrapped.fill(0);
        cells.keys.delete(one);
        return tombstone;
      });
    },

    async list(subject) {
      refuseIfClosed();
      checkCells([subject]);
      return [...new Set([...cells.keys.keys(), ...cells.tombstones.keys()])]
        .filter((cell) => isWithinCell(cell, subject))
        .sort()
        .map((cell) => ({ cell, state: tombstoneOf(cell) ? 'destroyed' : 'living' }));
    },

    async livingBefore(epoch, limit, after) {
      refuseIfClosed();
      return [...cells.keys.values()]
        .filter((key) => key.epoch < epoch && (after === undefined || key.cell > after))
        .sort((a, b) => (a.cell < b.cell ? -1 : 1))
        .slice(0, Math.max(0, limit))
        .map(copyOf);
    },

    async raiseEpoch(epoch) {
      refuseIfClosed();
      cells.firstEpoch = Math.max(cells.firstEpoch, epoch);
    },

    async sweep() {
      refuseIfClosed();
    },

    async rewrap(replacements) {
      refuseIfClosed();
      let replaced = 0;
      for (const { cell, fromEpoch, key } of replacements) {
        if (cells.keys.get(cell)?.epoch !== fromEpoch || tombstoneOf(cell) || key.epoch < cells.firstEpoch) continue;
        cells.keys.set(cell, copyOf({ ...key, cell }));
        replaced += 1;
      }
      return replaced;
    },

    async note(name) {
      refuseIfClosed();
      return cells.notes.get(name);
    },

    async writeNote(name, text, over) {
      refuseIfClosed();
      if (over === 'any' || !cells.notes.has(name)) cells.notes.set(name, text);
      return cells.notes.get(name) ?? text;
    },

    async discard() {
      refuseIfClosed();
      for (const key of cells.keys.values()) key.wrapped.fill(0);
      cells.keys.clear();
    },

    async *tombstones() {
      refuseIfClosed();
      yield* [...cells.tombstones.values()];
    },

    async close() {
      closed = true;
    },
  };
}

const copyOf = (key: WrappedKey): WrappedKey => ({ ...key, wrapped: Uint8Array.from(key.wrapped) });
