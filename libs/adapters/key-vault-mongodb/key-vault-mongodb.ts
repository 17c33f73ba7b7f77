import type { CellId } from '#kernel/sealed.js';
import { checkCells } from '#ports/key-vault/check-cell.js';
import { type CellRecord, type KeyVault, KeyVaultError, type WrappedKey } from '#ports/key-vault/key-vault.js';
import { connectMongo, type MongoPlace } from '../shared-mongodb/connect.js';
import { adviceFor, onlyDuplicateKeys } from '../shared-mongodb/faults.js';
import { binaryOf, type Cells, cellsOf, fences, keyOf, lost, records, tombstoneOf, withinCell } from './cells.js';
import { destroyCell, finishDestructions } from './destroy.js';

const PAGE = 500;
/**
 * A key is stored within the first of these after the epoch was asked for, or not at all; the end of an epoch waits for the
 * second, so that whatever was under way then is seen by who comes after.
 */
const STORED_WITHIN_MS = 2000;
const EPOCH_GRACE_MS = 5000;

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
        for (const collection of [at.cells, at.tombstones])
          for (const { _id } of await collection.find(withinCell(subject), { projection: { _id: 1 } }).toArray())
            names.add(_id);
        const cells = [...names].sort() as CellId[];
        const fence = await fences(at, cells);
        return cells.map((cell) => ({ cell, state: fence(cell) ? 'destroyed' : 'living' }) as const);
      });
    },

    async livingBefore(epoch, limit, after) {
      return run(async () => {
        for (let from: string | undefined = after; ; ) {
          const found = await at.cells
            .find({ epoch: { $lt: epoch }, ...(from !== undefined && { _id: { $gt: from } }) })
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
      await run(async () => {
        const before = await firstEpoch(at);
        if (before >= epoch) return;
        await at.counters.updateOne({ _id: FIRST_EPOCH }, { $max: { last: epoch } }, { upsert: true });
      });
      await new Promise((resolve) => setTimeout(resolve, EPOCH_GRACE_MS));
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
              filter: { _id: cell as string, epoch: fromEpoch },
              update: { $set: { epoch: key.epoch, wrapped: binaryOf(key.wrapped) } },
            },
          }));
        if (operations.length === 0) return 0;
        return (await at.cells.bulkWrite(operations, { ordered: false })).matchedCount;
      });
    },

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

/**
 * Stores what is not there, then reads keys and fences: the fence is looked at after the key is stored, so that of a creation
 * and a destruction that race one always sees the other.
 */
async function getOrCreate(at: Cells, candidates: readonly WrappedKey[]): Promise<readonly CellRecord[]> {
  if (candidates.length === 0) return [];
  const cells = candidates.map((one) => one.cell);
  const before = await records(at, cells);
  const missing = new Map<CellId, WrappedKey>();
  for (const [index, candidate] of candidates.entries())
    if (before[index] === undefined && !missing.has(candidate.cell)) missing.set(candidate.cell, candidate);
  if (missing.size > 0) {
    const first = await firstEpoch(at);
    if ([...missing.values()].some((one) => one.epoch < first))
      throw new KeyVaultError('stale-epoch', 'the root key was rotated');
    await store(at, [...missing.values()]);
  }
  const after = missing.size > 0 ? await records(at, cells) : before;
  const fenced = [...missing.keys()].filter((cell) => after[cells.indexOf(cell)]?.state === 'destroyed');
  // Stored under a fence that came meanwhile: never given to anybody, taken away again.
  if (fenced.length > 0) await at.cells.deleteMany({ _id: { $in: fenced as string[] } });
  return after.map((record) => {
    if (!record) throw lost();
    return record;
  });
}

async function store({ cells }: Cells, keys: readonly WrappedKey[]): Promise<void> {
  await cells
    .bulkWrite(
      keys.map(({ cell, epoch, wrapped }) => ({
        updateOne: {
          filter: { _id: cell as string },
          update: { $setOnInsert: { epoch, wrapped: binaryOf(wrapped) } },
          upsert: true,
        },
      })),
      { ordered: false, timeoutMS: STORED_WITHIN_MS },
    )
    .catch((error: unknown) => {
      // Stored by another process in the same moment: that one is the key.
      if (!onlyDuplicateKeys(error)) throw error;
    });
}

const FIRST_EPOCH = 'first-epoch';
const firstEpoch = async ({ counters }: Cells): Promise<number> =>
  (await counters.findOne({ _id: FIRST_EPOCH }))?.last ?? 0;

function asKeyVaultError(error: unknown): KeyVaultError {
  if ((error as { name?: unknown } | undefined)?.name === 'KeyVaultError') return error as KeyVaultError;
  return new KeyVaultError('unavailable', adviceFor(error, 'TEMOIN_KEY_VAULT'), { cause: error });
}
