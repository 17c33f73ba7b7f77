import { randomUUID } from 'node:crypto';
import type { Instant } from '#kernel/time.js';
import type { CellRecord, KeyVault, WrappedKey } from '#ports/key-vault/key-vault.js';
import type { RootKeys } from '#vault/root-key.js';
import { unwrapCellKey } from '#vault/wrapping.js';
import { MoveKeysError, type MoveKeysProgress } from './move-keys-error.js';
import { beside, livingPages, tombstonePages } from './vault-pages.js';

export interface RetireKeysOptions {
  /** The vault that was left: its keys are discarded. */
  readonly old: KeyVault;
  /** The one that took its place. Only read, but for a note. */
  readonly present: KeyVault;
  readonly roots: RootKeys;
  readonly onProgress?: (progress: MoveKeysProgress) => void;
}

export interface HeldByOld {
  /** Living keys of the old vault. */
  readonly keys: number;
  readonly tombstones: number;
  /** The last epoch of the root key that wrapped one of them; 0 where there is none. */
  readonly wrappedUpToEpoch: number;
}

/**
 * Passes where nothing is lost with the old vault: each of its living cells is destroyed in the present one, or lives there under
 * a key that opens, and that is the same one as far as a root key is left to tell; whatever is dead in the old is dead in the
 * present. Changes nothing but a note.
 * @throws MoveKeysError `one-vault` | `not-moved`; KeyVaultError
 */
export async function checkRetirable(options: RetireKeysOptions): Promise<HeldByOld> {
  const { old, present, roots, onProgress = () => undefined } = options;
  if (await isOneVault(old, present)) throw oneVault();
  let [keys, tombstones, wrappedUpToEpoch] = [0, 0, 0];
  const lacking: string[] = [];
  for await (const page of livingPages(old)) {
    for (const [key, record] of await beside(present, page)) {
      if (!answersFor(roots, key, record)) lacking.push(key.cell);
      wrappedUpToEpoch = Math.max(wrappedUpToEpoch, key.epoch);
    }
    keys += page.length;
    onProgress({ phase: 'answers', cells: keys });
  }
  for await (const page of tombstonePages(old)) {
    for (const [tombstone, record] of await beside(present, page))
      if (record?.state !== 'destroyed') lacking.push(tombstone.cell);
    tombstones += page.length;
    onProgress({ phase: 'answers', cells: keys + tombstones });
  }
  if (lacking.length > 0) throw notMoved(lacking);
  return { keys, tombstones, wrappedUpToEpoch };
}

/**
 * Ends the old vault: no process can make a key in it any more, then it is checked once more, then it says that it was retired,
 * then its keys are discarded. Killed in between, the same call goes on: what is discarded already has no longer to be answered for.
 * @throws as {@link checkRetirable}: then nothing was discarded
 */
export async function retireKeys(options: RetireKeysOptions, at: Instant): Promise<void> {
  const { old } = options;
  await checkRetirable(options);
  await old.raiseEpoch(Number.MAX_SAFE_INTEGER);
  // with what was made until then
  await checkRetirable(options);
  await old.writeNote('retired', at, 'absent');
  await old.discard();
  const [left] = await old.livingBefore(Number.MAX_SAFE_INTEGER, 1);
  if (left) throw new MoveKeysError('differs', 'The old vault still holds keys. Repeat the command.');
}

function answersFor(roots: RootKeys, key: WrappedKey, record: CellRecord | undefined): boolean {
  if (record === undefined || record.state === 'destroyed') return record !== undefined;
  const is = unwrapCellKey(roots, record.key);
  if (!('key' in is)) return false;
  const was = unwrapCellKey(roots, key);
  return 'key' in was ? was.key.equals(is.key) : was.fault === 'no-root';
}

/** Two names of one server are not told apart by looking at them: what is written through one is looked for through the other. */
async function isOneVault(old: KeyVault, present: KeyVault): Promise<boolean> {
  const mark = randomUUID();
  await old.writeNote('probe', mark, 'any');
  return (await present.note('probe')) === mark;
}

const oneVault = (): MoveKeysError =>
  new MoveKeysError(
    'one-vault',
    'Both addresses name ONE vault, the present one. Nothing was destroyed. Name the vault that the keys were moved from.',
  );

const SHOWN = 20;

const notMoved = (cells: readonly string[]): MoveKeysError =>
  new MoveKeysError(
    'not-moved',
    `The present vault does not answer for ${cells.length} cells of the old one: ${cells.slice(0, SHOWN).join(', ')}${cells.length > SHOWN ? ', …' : ''}. Were they made in the old vault after the move, by a process that still used it? Nothing was destroyed. Keep the old vault until temoin doctor opens what they seal.`,
  );
