import { Binary } from 'mongodb';
import type { CellId } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import type { Tombstone } from '#ports/key-vault/key-vault.js';
import { onlyDuplicateKeys } from '../shared-mongodb/faults.js';
import { type Cells, isKey, tombstoneOf, withinCell } from './cells.js';

export interface Why {
  readonly destroyedAt: Instant;
  readonly proof: string;
}

/**
 * Destruction, each step in the journal of a majority before the next: the fence; the cells found living below it; their
 * tombstones; their bytes, overwritten and then removed. A key that is created meanwhile is either swept with the others or
 * finds the fence afterwards, since whoever creates looks at the fences after the key is stored.
 *
 * What the server itself keeps of older bytes (its journal, the oplog of a replica set, pages not yet written over) goes
 * with time, not at once: it is dead as soon as the root key that wrapped it is destroyed by a rotation.
 */
export async function destroyCell(at: Cells, cell: CellId, why: Why): Promise<readonly Tombstone[]> {
  const own = await bury(at, [cell], why, true);
  const living = await at.cells
    .find({ ...withinCell(cell), ...isKey }, { projection: { _id: 1 } })
    .sort({ _id: 1 })
    .toArray();
  const others = living.map((one) => one._id).filter((one) => one !== cell);
  const buried = others.length > 0 ? await bury(at, others, why, false) : [];
  await overwrite(at, cell);
  return [...own, ...buried];
}

/** Finishes what was cut off between the fence and the overwriting. */
export async function finishDestructions(at: Cells): Promise<void> {
  for (const { _id } of await at.tombstones.find({ unfinished: true }).toArray()) await overwrite(at, _id);
}

async function overwrite({ cells, tombstones }: Cells, cell: string): Promise<void> {
  const nothing = new Binary(new Uint8Array(60));
  await cells.updateMany(withinCell(cell), { $set: { wrapped: nothing } });
  await cells.deleteMany(withinCell(cell));
  await tombstones.updateOne({ _id: cell }, { $unset: { unfinished: '' } });
}

/**
 * Every key and offer, page by page: overwritten, then removed. What the server keeps of older bytes goes with time, as with a
 * destruction.
 */
export async function discardAll({ cells }: Cells): Promise<void> {
  const nothing = new Binary(new Uint8Array(60));
  for (;;) {
    const page = await cells.find({}, { projection: { _id: 1 }, limit: DISCARDED_AT_ONCE }).toArray();
    if (page.length === 0) return;
    const some = { _id: { $in: page.map((one) => one._id) } };
    await cells.updateMany(some, { $set: { wrapped: nothing } });
    await cells.deleteMany(some);
  }
}
const DISCARDED_AT_ONCE = 1000;

/** The first tombstone of a cell stays: what is there now, in the order given. */
async function bury(
  { tombstones, counters }: Cells,
  names: readonly string[],
  { destroyedAt, proof }: Why,
  unfinished: boolean,
): Promise<readonly Tombstone[]> {
  const counter = await counters.findOneAndUpdate(
    { _id: 'tombstones' },
    { $inc: { last: names.length } },
    { upsert: true, returnDocument: 'after' },
  );
  const first = (counter?.last ?? names.length) - names.length + 1;
  await tombstones
    .bulkWrite(
      names.map((name, index) => ({
        updateOne: {
          filter: { _id: name },
          update: {
            $setOnInsert: { number: first + index, destroyedAt, proof },
            ...(unfinished && { $set: { unfinished: true as const } }),
          },
          upsert: true,
        },
      })),
      { ordered: false },
    )
    .catch((error: unknown) => {
      // Another process buried the same cell in the same moment: its tombstone is the first one.
      if (!onlyDuplicateKeys(error)) throw error;
    });
  const found = new Map<string, Tombstone>();
  for (const one of await tombstones.find({ _id: { $in: [...names] } }).toArray()) found.set(one._id, tombstoneOf(one));
  return names.flatMap((name) => found.get(name) ?? []);
}
