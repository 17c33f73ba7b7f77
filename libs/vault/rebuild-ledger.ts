import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CellId } from '#kernel/sealed.js';
import type { KeyVault, Tombstone } from '#ports/key-vault/key-vault.js';
import { coveredBy, type LoggedDestruction } from './boot-gate.js';
import type { LedgerNote } from './ledger.js';
import { type LedgerFileOptions, ledgerFile, setLedgerAside, soundNotes } from './ledger-file.js';
import { syncFolder } from './sync-folder.js';

export interface RebuildLedgerOptions {
  readonly file: LedgerFileOptions;
  readonly keyVault: KeyVault;
  readonly logged: AsyncIterable<LoggedDestruction>;
  /** For the name under which the old one is put aside. */
  readonly stamp: string;
}

/** Where the entries of the new ledger come from. */
export interface RebuiltLedger {
  /** Name of the old file; undefined: there was none. */
  readonly aside: string | undefined;
  readonly fromLedger: number;
  readonly fromLog: number;
  readonly fromVault: number;
}

/**
 * A new ledger from what is left: the trusted beginning of the old one, the log, the tombstones of the vault. The old file is
 * put aside, never deleted. What only the lost part knew (destroyed after the backup that log and vault come from) cannot be
 * found again. Interrupted, it is done again.
 * No service may run meanwhile. @throws LedgerError, KeyVaultError, EventStoreError
 */
export async function rebuildLedger(options: RebuildLedgerOptions): Promise<RebuiltLedger> {
  const { file, keyVault, logged, stamp } = options;
  const making = { ...file, path: `${file.path}.rebuilding` };
  // a rebuilding that died between putting aside and renaming left its work there
  const trusted = [...(await soundNotes(file)), ...(await soundNotes(making))];
  const notes = new Map(trusted.map((one) => [one.destructionId, one]));
  const fromLedger = notes.size;
  for await (const { destructionId, cells, destroyedAt } of logged)
    if (destroyedAt !== undefined && !notes.has(destructionId))
      notes.set(destructionId, { destructionId, cells: cells.map((cell) => ({ cell })), destroyedAt });
  const fromLog = notes.size - fromLedger;
  for (const note of await straysOf(keyVault, [...notes.values()])) notes.set(note.destructionId, note);

  await rm(making.path, { force: true });
  const ledger = ledgerFile(making);
  for (const note of notes.values()) await ledger.append(note);
  const aside = await setLedgerAside(file.path, stamp);
  if (notes.size > 0) {
    await rename(making.path, file.path);
    await syncFolder(dirname(file.path));
  }
  return { aside, fromLedger, fromLog, fromVault: notes.size - fromLedger - fromLog };
}

/** One entry for each reason for which the vault knows cells to be dead that nothing else knows of. */
async function straysOf(keyVault: KeyVault, notes: readonly LedgerNote[]): Promise<readonly LedgerNote[]> {
  const isCovered = coveredBy(notes);
  const strays = new Map<string, Tombstone[]>();
  for await (const tombstone of keyVault.tombstones()) {
    if (isCovered(tombstone.cell)) continue;
    const key = `vault-${tombstone.proof}`;
    strays.set(key, [...(strays.get(key) ?? []), tombstone]);
  }
  const known = new Set(notes.map((one) => one.destructionId));
  return [...strays].flatMap(([key, tombstones]) => {
    const [first] = tombstones;
    if (!first) return [];
    let destructionId = key;
    for (let n = 2; known.has(destructionId); n += 1) destructionId = `${key}.${n}`;
    const cells = tombstones.map(({ cell }): { cell: CellId } => ({ cell }));
    return [{ destructionId, cells, destroyedAt: first.destroyedAt }];
  });
}
