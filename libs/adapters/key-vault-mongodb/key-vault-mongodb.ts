import type { CellId } from '#kernel/sealed.js';
import { checkCells } from '#ports/key-vault/check-cell.js';
import { type KeyVault, KeyVaultError, type WrappedKey } from '#ports/key-vault/key-vault.js';
import { connectMongo, type MongoPlace } from '../shared-mongodb/connect.js';
import { adviceFor } from '../shared-mongodb/faults.js';
import { binaryOf, cellsOf, fences, isKey, keyOf, records, tombstoneOf, withinCell } from './cells.js';
import { getOrCreate } from './create.js';
import { destroyCell, discardAll, finishDestructions } from './destroy.js';
import { raiseFirstEpoch } from './epochs.js';
import { readNote, writeNote } from './notes.js';

const PAGE = 500;

/**
 * Opens a key vault in a MongoDB database of its own, on a server by itself or a replica set (4.2 or later). Needs no
 * transaction: every guarantee rests on single documents and on the order in which they are written and read.
 * @throws KeyVaultError `unavailable` not reachable, wrong credentials, too old, or a database that holds views; the message
 *   says what to check
 */
export async function openMongoKeyVault(place: MongoPlace): Promise<KeyVault> {
  const closed = () => new KeyVaultError('closed', 'the key vault is closed');
  const connection = await connectMongo(place, 'keys', closed).catch((error: unknown) => {
    throw asKeyVaultError(error);
  });
  const at = cellsOf(connection.db);
  const run = <T>(work: () => Promise<T>): Promise<T> =>
    connection.run(work).catch((error: unknown) => {
      throw asKeyVaultError(error);
    });

  const vault: KeyVault = {
    async getOrCreate(candidates) {
      checkCells(candidates.map((one) => one.cell));
      return run(() => getOrCreate(at, candidates.map(copyOf)));
    },

    async lookup(cells) {
      checkCells(cells);
      return run(() => records(at, cells));
    },

    async destroy(cell, why) {
      checkCells([cell]);
      return run(() => destroyCell(at, cell, why));
    },

    async list(subject) {
      return run(async () => {
        const names = new Set<string>();
        const within = withinCell(subject);
        const projection = { _id: 1 };
        for (const { _id } of await at.cells.find({ ...within, ...isKey }, { projection }).toArray()) names.add(_id);
        for (const { _id } of await at.tombstones.find(within, { projection }).toArray()) names.add(_id);
        const cells = [...names].sort() as CellId[];
        const fence = await fences(at, cells);
        return cells.map((cell) => ({ cell, state: fence(cell) ? 'destroyed' : 'living' }) as const);
      });
    },

    async livingBefore(epoch, limit, after) {
      return run(async () => {
        for (let from: string | undefined = after; ; ) {
          const found = await at.cells
            .find({ epoch: { $lt: epoch }, ...isKey, ...(from !== undefined && { _id: { $gt: from } }) })
            .sort({ _id: 1 })
            .limit(limit)
            .toArray();
          const cells = found.map((one) => one._id as CellId);
          const fence = await fences(at, cells);
          const living = found.map(keyOf).filter((key) => !fence(key.cell));
          // a page is empty only at the end
          if (living.length > 0 || found.length < limit || limit === 0) return living;
          from = cells.at(-1);
        }
      });
    },

    async raiseEpoch(epoch) {
      await run(() => raiseFirstEpoch(at, epoch));
    },

    /** The engine's own files are its operator's: old wrappings are useless without their root key. */
    sweep: () => run(async () => undefined),

    async rewrap(replacements) {
      if (replacements.length === 0) return 0;
      return run(async () => {
        const fence = await fences(
          at,
          replacements.map((one) => one.cell),
        );
        const operations = replacements
          .filter(({ cell }) => !fence(cell))
          .map(({ cell, fromEpoch, key }) => ({
            updateOne: {
              filter: { _id: cell as string, epoch: fromEpoch, ...isKey },
              update: { $set: { epoch: key.epoch, wrapped: binaryOf(key.wrapped) } },
            },
          }));
        if (operations.length === 0) return 0;
        return (await at.cells.bulkWrite(operations, { ordered: false })).matchedCount;
      });
    },

    note: (name) => run(() => readNote(at, name)),

    writeNote: (name, text, over) => run(() => writeNote(at, name, text, over)),

    discard: () => run(() => discardAll(at)),

    async *tombstones() {
      for (let after = 0; ; ) {
        const from = after;
        const page = await run(() =>
          at.tombstones
            .find({ number: { $gt: from } })
            .sort({ number: 1 })
            .limit(PAGE)
            .toArray(),
        );
        for (const one of page) yield tombstoneOf(one);
        const last = page.at(-1);
        if (!last || page.length < PAGE) return;
        after = last.number;
      }
    },

    close: () => connection.close(),
  };

  try {
    await run(async () => {
      await at.tombstones.createIndexes([
        { key: { number: 1 }, name: 'number' },
        { key: { unfinished: 1 }, name: 'unfinished', sparse: true },
      ]);
      await finishDestructions(at);
    });
  } catch (error) {
    await connection.close();
    throw error;
  }
  return vault;
}

/** Taken at once: a caller may use its array again. */
const copyOf = (key: WrappedKey): WrappedKey => ({ ...key, wrapped: Uint8Array.from(key.wrapped) });

function asKeyVaultError(error: unknown): KeyVaultError {
  if ((error as { name?: unknown } | undefined)?.name === 'KeyVaultError') return error as KeyVaultError;
  return new KeyVaultError('unavailable', adviceFor(error, 'TEMOIN_KEY_VAULT'), { cause: error });
}
