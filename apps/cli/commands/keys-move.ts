import type { Command } from 'commander';
import { isThere } from '#application/backup/durable.js';
import { checkTarget, type MoveKeysReport, moveKeys } from '#application/move-keys/move-keys.js';
import { MoveKeysError, type MoveKeysProgress } from '#application/move-keys/move-keys-error.js';
import type { KeyVault } from '#ports/key-vault/key-vault.js';
import { currentEpoch } from '#vault/root-key-content.js';
import { readRootKeyFile } from '#vault/root-key-file.js';
import { withKeysLock } from '../../composition/keys-lock.js';
import { takeServiceLock } from '../../composition/service-lock.js';
import { describeStore } from '../../composition/store-choice.js';
import { type GlobalOptions, show } from '../context.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { type Files, filesOf, recordOf } from '../installation-files.js';
import { progress, type Terminal } from '../terminal.js';
import { givenVault, type VaultChoice, withVault, withVaultAt } from './vault-given.js';

interface Options extends GlobalOptions {
  readonly to: string;
  readonly toPasswordFile?: string;
  readonly dryRun?: boolean;
}

export function addMoveKeysCommand(keys: Command, terminal: Terminal): void {
  keys
    .command('move')
    .description(
      'Bring the key vault to another place, with the service stopped: tombstones, then living keys as they are wrapped. Interrupted, the same command goes on. At the end both are read again and compared',
    )
    .requiredOption('--to <url>', 'sqlite://FILE or mongodb://USER@HOST:27017/DATABASE')
    .option('--to-password-file <file>', 'the password of the user that --to names')
    .option(
      '--dry-run',
      'say what would be moved and whether the target is fit for it; move nothing (a database of a server is marked as one for keys)',
    )
    .addHelpText(
      'after',
      `
Stop the service on every machine first, and let no other temoin command run meanwhile. The root key stays what and where
it is. The present vault is only read, and stays the truth until TEMOIN_KEY_VAULT names the new one. Then:

  1. set TEMOIN_KEY_VAULT, and take the old vault out of reach (rename the file, withdraw the user's rights)
  2. temoin doctor, and start the service
  3. temoin keys retire --from OLD (where it is by now): destroys the old vault, once the new one answers for all that it holds
  4. temoin keys rotate: whatever copy of the old vault is left is dead then; so are older backups, make a new one

Steps 3 and 4 matter: who is erased from now on is erased in the new vault, and would live on in the old one. Never start on
the old one again: what was written since does not open there. Should it happen, it is compared with the erasure ledger before
anything is opened, and what must be dead is destroyed there too.

Exit code 3 when the target holds something else, 5 when a service runs, 1 when the target reads back otherwise.

Examples:
  temoin keys move --to 'mongodb://temoin_keys@db.example:27017/temoin_keys?replicaSet=rs0' --to-password-file /run/secrets/keys
  temoin keys move --to sqlite:///srv/temoin/vault.sqlite --dry-run`,
    )
    .action((_options: object, command: Command) => move(filesOf(terminal, command), command.optsWithGlobals()));
}

async function move(files: Files, options: Options): Promise<void> {
  const { config } = files;
  const to = await givenVault(config, { option: '--to', url: options.to, passwordFile: options.toPasswordFile });
  await recordOf(files);
  const source = config.keyVault;
  if (source.engine === 'sqlite' && !(await isThere(source.file)))
    throw new CliError(exitCodes.notFound, `There is no key vault ${source.file}.`);
  const lock = takeServiceLock(config.data);
  try {
    await withKeysLock(config, () =>
      withVault(source, (from) => (options.dryRun ? tryOut(files, from, to) : bring(files, from, to))),
    );
  } catch (error) {
    if (!(error instanceof MoveKeysError)) throw error;
    const exit = error.code === 'other-keys' ? exitCodes.refused : exitCodes.failure;
    throw new CliError(exit, error.message, { code: error.code });
  } finally {
    lock.release();
  }
}

async function tryOut(files: Files, from: KeyVault, to: VaultChoice): Promise<void> {
  // opening a file that is not there would make it
  const empty = to.engine === 'sqlite' && !(await isThere(to.file));
  const there = empty
    ? { living: 0, tombstones: 0 }
    : await withVaultAt(to, '--to', (target) => checkTarget(from, target));
  const here = await checkTarget(from, from);
  show(
    files,
    { dryRun: true, ...here, there, ...placesOf(files, to) },
    () =>
      `${here.living} living keys and ${here.tombstones} tombstones would be in the new vault, ${there.living} and ${there.tombstones} are there. Nothing was moved.\n`,
  );
}

async function bring(files: Files, from: KeyVault, to: VaultChoice): Promise<void> {
  const { config, terminal } = files;
  const epoch = currentEpoch(await readRootKeyFile(config.rootKey));
  const bar = progress(terminal);
  const onProgress = ({ phase, cells }: MoveKeysProgress) => bar.tell(`${PHASES[phase]}: ${cells} cells`);
  const report = await withVaultAt(to, '--to', (target) => moveKeys({ from, to: target, epoch, onProgress })).finally(
    bar.end,
  );
  show(files, { ...report, epoch, ...placesOf(files, to) }, () => told(report, config.keyVault));
}

function told(report: MoveKeysReport, old: VaultChoice): string {
  const { living, tombstones, movedKeys, movedTombstones, digest } = report;
  const nothingNew = movedKeys + movedTombstones === 0 && living + tombstones > 0;
  return [
    `${living} living keys and ${tombstones} tombstones in both, ${movedKeys} and ${movedTombstones} moved now.`,
    `Both read again and compared: SHA-256 ${digest}`,
    ...(nothingNew
      ? ['Nothing was new there: an earlier move had brought all, or both addresses name ONE vault. Make sure which.']
      : []),
    'Next: set TEMOIN_KEY_VAULT to the new address and take the old vault out of reach; temoin doctor; start.',
    `Then destroy the old vault, or it would keep what is erased from now on: temoin keys retire --from ${addressOf(old)}`,
    'Then temoin keys rotate: copies of the old vault are dead after it, and so are older backups. Make a new one.\n',
  ].join('\n');
}

/** As it is given again: without user and password. */
const addressOf = (choice: VaultChoice): string =>
  choice.engine === 'sqlite' ? `sqlite://${choice.file}` : `mongodb://USER@${choice.at}/${choice.database}`;

const placesOf = ({ config }: Files, to: VaultChoice) => ({
  from: describeStore(config.keyVault),
  to: describeStore(to),
});

const PHASES = {
  compare: 'Comparing what is there',
  tombstones: 'Moving tombstones',
  keys: 'Moving keys',
  verify: 'Comparing both',
  answers: 'Asking the new vault',
} as const;
