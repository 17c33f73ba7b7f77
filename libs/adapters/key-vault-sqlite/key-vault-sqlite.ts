import type { CellId } from '#kernel/sealed.js';
import { checkCells } from '#ports/key-vault/check-cell.js';
import {
  type CellListing,
  type CellRecord,
  type KeyVault,
  KeyVaultError,
  type Tombstone,
  type WrappedKey,
} from '#ports/key-vault/key-vault.js';
import { type Answered, type Connection, connect } from '#sqlite/connect.js';
import type { Place } from '#sqlite/database.js';
import { SqliteFault } from '#sqlite/fault.js';
import { destroyTogether } from './destroy-together.js';
import type {
  DestroyArgument,
  FoundCell,
  LivingArgument,
  NoteArgument,
  TombstonePage,
  TombstonesArgument,
} from './operations.js';

const TOMBSTONES_AT_ONCE = 500;

/**
 * Opens, and creates with mode 0600, a key vault in one SQLite file. Several processes may open the same file. At opening
 * it finishes destructions that a crash interrupted.
 * @throws KeyVaultError `unavailable` | `damaged`
 */
export async function openSqliteKeyVault(place: Place): Promise<KeyVault> {
  let connection: Connection;
  try {
    connection = await connect(new URL('./worker.js', import.meta.url), place);
  } catch (error) {
    throw asKeyVaultError(error);
  }
  const ask = async (op: string, argument: unknown, blobs: readonly Uint8Array[] = []): Promise<Answered> => {
    try {
      return await connection.call(op, argument, blobs);
    } catch (error) {
      throw asKeyVaultError(error);
    }
  };

  const destroy = destroyTogether(async (batch) => (await ask('destroy', batch)).value as readonly Tombstone[][]);

  return {
    async getOrCreate(candidates) {
      const cells = candidates.map((candidate) => candidate.cell);
      checkCells(cells);
      const answered = await ask(
        'getOrCreate',
        candidates.map(({ cell, epoch }) => [cell, epoch]),
        candidates.map(({ wrapped }) => wrapped),
      );
      if ((answered.value as readonly FoundCell[]).includes('stale-epoch'))
        throw new KeyVaultError('stale-epoch', 'the root key was rotated');
      return recordsOf(cells, answered).map((record) => {
        if (!record) throw new KeyVaultError('damaged', 'a cell that was made is not there');
        return record;
      });
    },

    async lookup(cells) {
      checkCells(cells);
      return recordsOf(cells, await ask('lookup', cells));
    },

    async destroy(cell, why) {
      checkCells([cell]);
      const argument: DestroyArgument = [cell, why.destroyedAt, why.proof];
      return destroy(argument);
    },

    async list(subject) {
      checkCells([subject]);
      return (await ask('list', subject)).value as readonly CellListing[];
    },

    async livingBefore(epoch, limit, after) {
      const argument: LivingArgument = [epoch, Math.max(0, limit), after ?? ''];
      const { value, blobs } = await ask('livingBefore', argument);
      return (value as readonly [CellId, number][]).map(([cell, found], index) => keyOf(cell, found, blobs[index]));
    },

    async raiseEpoch(epoch) {
      await ask('raiseEpoch', epoch);
    },

    async sweep() {
      await ask('sweep', undefined);
    },

    async rewrap(replacements) {
      const { value } = await ask(
        'rewrap',
        replacements.map(({ cell, fromEpoch, key }) => [cell, fromEpoch, key.epoch]),
        replacements.map(({ key }) => key.wrapped),
      );
      return value as number;
    },

    async note(name) {
      return (await ask('note', name)).value as string | undefined;
    },

    async writeNote(name, text, over) {
      const argument: NoteArgument = [name, text, over];
      return (await ask('writeNote', argument)).value as string;
    },

    async discard() {
      await ask('discard', undefined);
    },

    async *tombstones() {
      for (let after: number | undefined = 0; after !== undefined; ) {
        const argument: TombstonesArgument = [after, TOMBSTONES_AT_ONCE];
        const page = (await ask('tombstones', argument)).value as TombstonePage;
        yield* page.tombstones;
        after = page.next;
      }
    },

    close: () => connection.close(),
  };
}

function recordsOf(cells: readonly CellId[], { value, blobs }: Answered): readonly (CellRecord | undefined)[] {
  let next = 0;
  return (value as readonly FoundCell[]).map((found, index): CellRecord | undefined => {
    const cell = cells[index];
    if (found === undefined || found === 'stale-epoch' || cell === undefined) return undefined;
    if (typeof found !== 'number') return { state: 'destroyed', tombstone: found };
    next += 1;
    return { state: 'living', key: keyOf(cell, found, blobs[next - 1]) };
  });
}

/** A copy of its own, so that the caller may wipe it. */
const keyOf = (cell: CellId, epoch: number, wrapped: Uint8Array | undefined): WrappedKey => ({
  cell,
  epoch,
  wrapped: Uint8Array.from(wrapped ?? []),
});

function asKeyVaultError(error: unknown): KeyVaultError {
  const options = { cause: error };
  if (!(error instanceof SqliteFault)) return new KeyVaultError('unavailable', 'the key vault failed', options);
  if (error.kind === 'closed') return new KeyVaultError('closed', 'the key vault is closed', options);
  return new KeyVaultError(error.kind === 'damaged' ? 'damaged' : 'unavailable', error.message, options);
}
