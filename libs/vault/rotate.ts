import type { CellId } from '#kernel/sealed.js';
import type { KeyVault, WrappedKey } from '#ports/key-vault/key-vault.js';
import { RootKeyError, type RootKeys } from './root-key.js';
import { currentEpoch, type RootKeyContent, rootKeysOf } from './root-key-content.js';
import { freshKey, readRootKeyFile, writeRootKeyFile } from './root-key-file.js';
import { rewrapped, unwrapCellKey } from './wrapping.js';

/** The steps of a rotation, in order. A process that dies after any of them leaves what the next rotation goes on from. */
export type RotationStep =
  /** The new epoch is in the file beside the old one. */
  | 'epoch-added'
  /** The vault takes no key of the old epoch any more, from nobody. */
  | 'old-epoch-ended'
  /** Once for each batch. */
  | 'cells-wrapped'
  /** The file holds the new epoch alone. */
  | 'old-epoch-destroyed'
  /** The vault's files hold no old wrapping any more. */
  | 'vault-swept'
  | 'done';

export interface RotationOptions {
  /** The root key file. */
  readonly path: string;
  readonly keyVault: KeyVault;
  readonly batch?: number;
  /** Destroy the old epoch although living cells cannot be wrapped again: what they seal is lost for good. */
  readonly abandonDamaged?: boolean;
  readonly onStep?: (step: RotationStep) => void | Promise<void>;
}

export interface RotationReport {
  /** `blocked`: a living cell could not be wrapped again, so the old epoch stays; nothing is lost. */
  readonly outcome: 'rotated' | 'blocked';
  /** An interrupted rotation was finished; no new one was begun. */
  readonly resumed: boolean;
  readonly epoch: number;
  readonly rewrapped: number;
  /** Living cells whose wrapping does not open under the epoch that it names. */
  readonly damaged: readonly CellId[];
  /** Living cells of an epoch that was gone before, abandoned or put back without it: nothing here could keep them. */
  readonly lost: number;
}

/**
 * Wraps every living cell under a new root key and destroys the old one; from then on every older copy of the vault is
 * dead. An interrupted rotation is finished first. Services may run meanwhile: since the vault refuses keys of the old
 * epoch before the living cells are gone through, none can appear behind the scan.
 * One at a time: the caller makes sure that no other process rotates.
 * @throws RootKeyError | KeyVaultError nothing is lost: rotate again
 */
export async function rotateRootKey(options: RotationOptions): Promise<RotationReport> {
  const { path, keyVault, batch = 500, abandonDamaged = false, onStep = () => undefined } = options;
  const before = await readRootKeyFile(path);
  const resumed = before.unswept || before.epochs.length > 1;
  if (before.unswept) {
    await sweep(options, before);
    return { outcome: 'rotated', resumed, epoch: currentEpoch(before), rewrapped: 0, damaged: [], lost: 0 };
  }
  if (!resumed) {
    const added = { epoch: currentEpoch(before) + 1, key: freshKey() };
    await writeRootKeyFile(path, { ...before, epochs: [...before.epochs, added] }, 'any');
    await onStep('epoch-added');
  }

  // what counts is what is on disk: were it lost, so would be everything wrapped under it
  const content = await readRootKeyFile(path);
  const epoch = currentEpoch(content);
  const roots = rootKeysOf(content);
  await keyVault.raiseEpoch(epoch);
  await onStep('old-epoch-ended');

  const { count, damaged, lost } = await wrapAll(keyVault, roots, batch, onStep);
  const report = { resumed, epoch, rewrapped: count, damaged, lost };
  if (damaged.length > 0 && !abandonDamaged) return { outcome: 'blocked', ...report };

  const now = await readRootKeyFile(path);
  if (currentEpoch(now) !== epoch)
    throw new RootKeyError('root-key-changed', `Something else changed the root key ${path} meanwhile. Rotate again.`);
  const last = { ...now, epochs: now.epochs.filter((one) => one.epoch === epoch), unswept: true };
  await writeRootKeyFile(path, last, 'any');
  await onStep('old-epoch-destroyed');
  await sweep(options, last);
  return { outcome: 'rotated', ...report };
}

async function sweep({ path, keyVault, onStep }: RotationOptions, content: RootKeyContent): Promise<void> {
  await keyVault.sweep();
  await onStep?.('vault-swept');
  await writeRootKeyFile(path, { ...content, unswept: false }, 'any');
  await onStep?.('done');
}

/** Goes through the living cells until a whole pass finds none that could be wrapped again. */
async function wrapAll(
  keyVault: KeyVault,
  roots: RootKeys,
  batch: number,
  onStep: (step: RotationStep) => void | Promise<void>,
): Promise<{ readonly count: number; readonly damaged: readonly CellId[]; readonly lost: number }> {
  let count = 0;
  for (;;) {
    const damaged: CellId[] = [];
    let wrapped = 0;
    let lost = 0;
    for (let after: CellId | undefined; ; ) {
      const page = await keyVault.livingBefore(roots.current, batch, after);
      if (page.length === 0) break;
      after = page.at(-1)?.cell;
      const rooted = page.filter((old) => roots.key(old.epoch) !== undefined);
      lost += page.length - rooted.length;
      const done = await wrapPage(keyVault, roots, rooted);
      wrapped += done.wrapped;
      damaged.push(...done.damaged);
      await onStep('cells-wrapped');
    }
    count += wrapped;
    if (wrapped === 0) return { count, damaged, lost };
  }
}

async function wrapPage(keyVault: KeyVault, roots: RootKeys, page: readonly WrappedKey[]) {
  const damaged: CellId[] = [];
  const replacements = page.flatMap((old) => {
    const key = rewrapped(roots, old);
    if (key) return [{ cell: old.cell, fromEpoch: old.epoch, key }];
    damaged.push(old.cell);
    return [];
  });
  const wrapped = await keyVault.rewrap(replacements);
  await readBack(keyVault, roots, page, damaged);
  return { wrapped, damaged };
}

/** Each living cell of the page as it is stored now opens, under the new epoch, to the key that it had. */
async function readBack(
  keyVault: KeyVault,
  roots: RootKeys,
  page: readonly WrappedKey[],
  damaged: readonly CellId[],
): Promise<void> {
  const left = page.filter(({ cell }) => !damaged.includes(cell));
  const records = await keyVault.lookup(left.map(({ cell }) => cell));
  for (const [index, old] of left.entries()) {
    const record = records[index];
    if (record?.state === 'destroyed') continue;
    const was = unwrapCellKey(roots, old);
    const is = record && unwrapCellKey(roots, record.key);
    if (!is || !('key' in is) || !('key' in was) || record.key.epoch !== roots.current || !is.key.equals(was.key))
      throw new RootKeyError('root-key-changed', 'A cell does not read back under the new root key. Rotate again.');
  }
}
