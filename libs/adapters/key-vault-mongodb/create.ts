import { randomUUID } from 'node:crypto';
import type { AnyBulkWriteOperation } from 'mongodb';
import type { CellId } from '#kernel/sealed.js';
import { type CellRecord, KeyVaultError, type WrappedKey } from '#ports/key-vault/key-vault.js';
import { onlyDuplicateKeys } from '../shared-mongodb/faults.js';
import { binaryOf, type Cells, isOffer, records, type StoredCell } from './cells.js';
import { firstEpoch } from './epochs.js';

/** Each round is passed only while others create or destroy the same cells, or end an epoch, in the same moment. */
const ROUNDS = 10;

interface Offer {
  readonly _id: string;
  readonly epoch: number;
  readonly offer: string;
}

/**
 * A key is offered first, which nobody sees as a key; then the first epoch is asked for; then the offer, and only that one,
 * becomes the key. Who ends an epoch removes what is offered under it before the living are gone through: so an offer that
 * was made in time is found there as a key or never becomes one, and one that comes late, however long it was on its way,
 * is seen to be late by everybody. No clock is asked.
 *
 * The fences are looked at after the key is there, so that of a creation and a destruction that race one always sees the
 * other.
 */
export async function getOrCreate(at: Cells, candidates: readonly WrappedKey[]): Promise<readonly CellRecord[]> {
  const cells = candidates.map((one) => one.cell);
  const offered = new Set<CellId>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const there = cells.length > 0 ? await records(at, cells) : [];
    const missing = new Map<CellId, WrappedKey>();
    for (const [index, candidate] of candidates.entries())
      if (there[index] === undefined && !missing.has(candidate.cell)) missing.set(candidate.cell, candidate);
    if (missing.size > 0) {
      await make(at, [...missing.values()]);
      for (const cell of missing.keys()) offered.add(cell);
      continue;
    }
    const found = there.flatMap((one) => one ?? []);
    const fenced = [...offered].filter((cell) => found[cells.indexOf(cell)]?.state === 'destroyed');
    // Stored under a fence that came meanwhile: never given to anybody, taken away again.
    if (fenced.length > 0) await at.cells.deleteMany({ _id: { $in: fenced as string[] } });
    return found;
  }
  throw new KeyVaultError('unavailable', 'others change the same keys all the time: try again');
}

async function make(at: Cells, keys: readonly WrappedKey[]): Promise<void> {
  const offers = await offer(at, keys);
  const first = await firstEpoch(at);
  const inTime = offers.filter(({ epoch }) => epoch >= first);
  if (offers.length > 0)
    await at.cells.bulkWrite(
      offers.map(
        ({ _id, epoch, offer }): AnyBulkWriteOperation<StoredCell> =>
          epoch >= first
            ? { updateOne: { filter: { _id, offer }, update: { $unset: { offer: '' } } } }
            : { deleteOne: { filter: { _id, offer } } },
      ),
      { ordered: false },
    );
  const made = new Set(inTime.map(({ _id }) => _id));
  if (keys.some(({ cell, epoch }) => epoch < first && !made.has(cell)))
    throw new KeyVaultError('stale-epoch', 'the root key was rotated');
}

/** @returns what is offered for these cells now: these keys, or those of others who were here before and may have died since */
async function offer({ cells }: Cells, keys: readonly WrappedKey[]): Promise<readonly Offer[]> {
  // of this one call: an offer that was removed never looks like one that comes later
  const mine = randomUUID();
  const stored = await cells
    .bulkWrite(
      keys.map(({ cell, epoch, wrapped }) => ({
        updateOne: {
          filter: { _id: cell as string },
          update: { $setOnInsert: { epoch, wrapped: binaryOf(wrapped), offer: mine } },
          upsert: true,
        },
      })),
      { ordered: false },
    )
    .catch((error: unknown) => {
      // Offered by another process in the same moment: that one may become the key.
      if (!onlyDuplicateKeys(error)) throw error;
    });
  if (stored?.upsertedCount === keys.length) return keys.map(({ cell, epoch }) => ({ _id: cell, epoch, offer: mine }));
  const names = keys.map(({ cell }) => cell as string);
  const found = await cells.find({ _id: { $in: names }, ...isOffer }, { projection: { epoch: 1, offer: 1 } }).toArray();
  return found.flatMap(({ _id, epoch, offer }) => (offer === undefined ? [] : [{ _id, epoch, offer }]));
}
