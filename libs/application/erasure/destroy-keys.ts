import { createHash } from 'node:crypto';
import { type CellId, isWithinCell } from '#kernel/sealed.js';
import type { KeyVault } from '#ports/key-vault/key-vault.js';
import type { Temoin } from '../temoin.js';
import { type DestructionRecord, destructionRecord, type Target } from './destruction-record.js';
import { ErasureError, type ErasureParts } from './erasure-parts.js';
import { giveSurely } from './give-step.js';

interface KeyDigest {
  readonly cell: CellId;
  /** SHA-256 of the wrapped bytes; absent where there was no key to destroy. */
  readonly keyDigest?: string;
}

/**
 * What one event may list; the ledger lists all. The condemned cells, 2 000 at most, come first and are always in it: any
 * other lies below one of them, so that whoever forgets by the event alone (another process's indexes) forgets everything.
 */
const MOST_IN_EVENT = 4000;
const LOOKED_UP_AT_ONCE = 500;
const DESTROYED_AT_ONCE = 100;

/**
 * Carries a condemnation out as far as the keys are gone, for all processes: ledger first, then fence and bytes, then the
 * log. Again changes nothing.
 * @returns false when that was done before
 * @throws ErasureError, LedgerError, KeyVaultError: nothing is lost, it is taken up again
 */
export async function destroyKeys(parts: ErasureParts, target: Target): Promise<boolean> {
  const { temoin, ledger, onStep = () => undefined } = parts;
  const { memberId, destructionId } = target;
  const record = await destructionRecord(temoin, memberId, destructionId);
  if (!record) throw new ErasureError('destruction-unknown', `Nothing is condemned under ${destructionId}.`);
  if (record.destroyed) return false;
  if (!temoin.verified)
    throw new ErasureError('erasures-unverified', 'The erasure ledger must be put back before anything is destroyed.');

  const digests = await digestsOf(temoin.keyVault, memberId, record);
  const noted = await ledger.append({ destructionId, cells: digests, destroyedAt: temoin.clock.now() });
  await onStep('noted', destructionId);

  const dead = new Map(noted.cells.map((one): [string, KeyDigest] => [one.cell, one]));
  const why = { destroyedAt: noted.destroyedAt, proof: destructionId };
  const condemned = record.condemned.cells as readonly CellId[];
  for (let at = 0; at < condemned.length; at += DESTROYED_AT_ONCE) {
    const some = condemned.slice(at, at + DESTROYED_AT_ONCE);
    // a key made between the note and the fence dies too; nobody noted which it was
    for (const below of (await Promise.all(some.map((cell) => temoin.vault.destroy(cell, why)))).flat())
      if (!dead.has(below.cell)) dead.set(below.cell, { cell: below.cell });
  }
  await onStep('destroyed', destructionId);

  const cells = condemnedFirst(condemned, dead).slice(0, MOST_IN_EVENT);
  const { destroyedAt } = noted;
  const command = { type: 'RecordDestruction', memberId, destructionId, cells, destroyedAt } as const;
  await giveSurely(temoin, command, `destroyed ${destructionId}`);
  await onStep('destruction-recorded', destructionId);
  return true;
}

/** Whatever order the ledger has them in: its note may be older than this attempt, and written from another's list. */
function condemnedFirst(condemned: readonly CellId[], dead: ReadonlyMap<string, KeyDigest>): readonly KeyDigest[] {
  const first = new Set<string>(condemned);
  const below = [...dead.values()].filter(({ cell }) => !first.has(cell));
  return [...condemned.map((cell) => dead.get(cell) ?? { cell }), ...below];
}

/** The condemned cells and the living ones below them, condemned ones first. */
async function digestsOf(
  keyVault: Temoin['keyVault'],
  memberId: string,
  { condemned }: DestructionRecord,
): Promise<readonly KeyDigest[]> {
  const roots = condemned.cells as readonly CellId[];
  const below = (await keyVault.list(memberId))
    .filter(({ state }) => state === 'living')
    .map(({ cell }) => cell)
    .filter((cell) => !roots.includes(cell) && roots.some((root) => isWithinCell(cell, root)));
  const digests: KeyDigest[] = [];
  const all = [...roots, ...below];
  for (let at = 0; at < all.length; at += LOOKED_UP_AT_ONCE)
    digests.push(...(await digestsAmong(keyVault, all.slice(at, at + LOOKED_UP_AT_ONCE))));
  return digests;
}

async function digestsAmong(keyVault: KeyVault, cells: readonly CellId[]): Promise<readonly KeyDigest[]> {
  const records = await keyVault.lookup(cells);
  return cells.map((cell, index) => {
    const record = records[index];
    if (record?.state !== 'living') return { cell };
    return { cell, keyDigest: createHash('sha256').update(record.key.wrapped).digest('hex') };
  });
}
