import { resolve } from 'node:path';
import type { Command } from 'commander';
import { isThere } from '#application/backup/durable.js';
import { CustodianError } from '#vault/custodian-copy.js';
import { RootKeyError } from '#vault/root-key.js';
import type { Configuration } from '../../composition/configuration.js';
import {
  CUSTODIAN_NAME,
  exportForCustodians,
  importFromCustodian,
  sealedCopyOf,
} from '../../composition/custodians.js';
import { dataFolderForRestore } from '../../composition/data-folder.js';
import { withKeysLock } from '../../composition/keys-lock.js';
import { livingEpochs } from '../../composition/living-epochs.js';
import { openKeyVault } from '../../composition/stores.js';
import { show } from '../context.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { filesOf, recordOf, sameVolume } from '../installation-files.js';
import { passphraseOf, variableOf } from '../passphrase.js';
import type { Terminal } from '../terminal.js';

interface ExportOptions {
  readonly custodian: readonly string[];
  readonly to: string;
  readonly passphraseFile?: readonly string[];
}

interface ImportOptions {
  readonly sealed?: string;
  readonly passphraseFile?: string;
}

export function addCustodianCommands(keys: Command, terminal: Terminal): void {
  keys
    .command('export')
    .description(
      'Give two custodians a copy of the root key each, wrapped under a passphrase of their own (JWE, PBES2)',
    )
    .requiredOption('--custodian <name...>', 'what each is called here: an office rather than a person; two or more')
    .option('--to <dir>', 'where the files are put, to be carried away', '.')
    .option(
      '--passphrase-file <file...>',
      'one file for each custodian, in their order; else TEMOIN_PASSPHRASE_<NAME>, else asked for',
    )
    .addHelpText(
      'after',
      '\nOne custodian alone can bring the keys back. Copies of former custodians open nothing after the next rotation.\n\nExamples:\n  temoin keys export --custodian presidente --custodian tresorier --to /media/usb',
    )
    .action((options: ExportOptions, command: Command) => onCustodians(() => give(terminal, command, options)));
  keys
    .command('import')
    .description(
      'Put the root key and the signing key back from a custodian’s file. Never overwrites a key that is there',
    )
    .argument('<file>', 'the file of a custodian')
    .option('--sealed <file>', 'the newest sealed copy (root-key-for-NAME.jwe), when the key was rotated since')
    .option('--passphrase-file <file>', 'a file with the passphrase; else TEMOIN_PASSPHRASE, else asked for')
    .addHelpText(
      'after',
      '\nExample:\n  temoin keys import /media/usb/temoin-custodian-presidente.jwe --sealed /mnt/a-part/root-key-for-presidente.jwe',
    )
    .action((file: string, options: ImportOptions, command: Command) =>
      onCustodians(() => takeBack(terminal, command, file, options)),
    );
}

async function give(terminal: Terminal, command: Command, options: ExportOptions): Promise<void> {
  const names = options.custodian.flatMap((text) => text.split(',')).filter((text) => text !== '');
  if (!names.every((name) => CUSTODIAN_NAME.test(name)))
    throw new CliError(exitCodes.usage, 'A custodian is named in small letters, digits and hyphens: presidente.');
  if (new Set(names).size < 2)
    throw new CliError(exitCodes.usage, 'Name two custodians or more: what one loses, another still has.');
  const passphraseFiles = options.passphraseFile ?? [];
  if (passphraseFiles.length > 0 && passphraseFiles.length !== names.length)
    throw new CliError(exitCodes.usage, 'Give one --passphrase-file for each custodian, in their order.');
  const files = filesOf(terminal, command);
  const record = await recordOf(files);
  const custodians: { name: string; passphrase: string }[] = [];
  for (const [index, name] of names.entries())
    custodians.push({
      name,
      passphrase: await passphraseOf(terminal, {
        who: name,
        file: passphraseFiles[index],
        variable: variableOf(name),
        twice: true,
      }),
    });
  if (new Set(custodians.map(({ passphrase }) => passphrase)).size < custodians.length)
    throw new CliError(exitCodes.refused, 'Each custodian has a passphrase of their own.');
  const { config } = files;
  const folder = resolve(options.to);
  const made = await withKeysLock(config, () =>
    exportForCustodians(config, { folder, installation: record.id, custodians }),
  ).catch((error: NodeJS.ErrnoException) => {
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'EROFS', 'ENOSPC'].includes(error.code ?? ''))
      throw new CliError(exitCodes.unavailable, `Cannot write in ${folder} or ${config.recoveryDir} (${error.code}).`);
    if (error.code !== 'EEXIST') throw error;
    throw new CliError(exitCodes.refused, `A custodian’s file is in ${folder} already; it is never overwritten.`);
  });
  const sealed = names.map((name) => sealedCopyOf(config, name));
  show(files, { files: made, sealed }, () => made.map((file) => `${file}\n`).join(''));
  if (files.json) return;
  terminal.err(
    `Carry each file away and keep none here. After a rotation it needs its sealed copy as well: ${sealed.join(', ')}\n`,
  );
  if (await sameVolume(config.recoveryDir, config.data))
    terminal.err('The sealed copies lie on the disk of the data: see TEMOIN_RECOVERY_DIR.\n');
}

async function takeBack(terminal: Terminal, command: Command, file: string, options: ImportOptions): Promise<void> {
  const files = filesOf(terminal, command);
  const { config } = files;
  const passphrase = await passphraseOf(terminal, {
    who: 'this file',
    file: options.passphraseFile,
    variable: 'TEMOIN_PASSPHRASE',
    twice: false,
  });
  const record = await dataFolderForRestore(config.data, config.simulated);
  const sealed = options.sealed === undefined ? undefined : resolve(options.sealed);
  const needed = record === undefined ? [] : await epochsOfVault(config);
  const report = await withKeysLock(config, () =>
    importFromCustodian(config, { file: resolve(file), passphrase, sealed, expected: record?.id, needed }),
  ).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    throw new CliError(exitCodes.notFound, `There is no file ${error.path}.`);
  });
  const said = { written: 'put back', there: 'is there already, left alone', 'not-in-file': 'is not in the file' };
  show(
    files,
    report,
    () => `root key (epoch ${report.epoch}): ${said[report.rootKey]}\nsigning key: ${said[report.signingKey]}\n`,
  );
  if (files.json) return;
  terminal.err('Next: temoin restore DIR if the data are gone too; then temoin doctor, and npm start.\n');
}

async function epochsOfVault({ keyVault }: Configuration): Promise<readonly number[]> {
  if (keyVault.engine === 'sqlite' && !(await isThere(keyVault.file))) return [];
  const vault = await openKeyVault(keyVault);
  try {
    return [...(await livingEpochs(vault)).keys()];
  } finally {
    await vault.close();
  }
}

const exits = {
  'wrong-passphrase': exitCodes.refused,
  foreign: exitCodes.refused,
  stale: exitCodes.refused,
  'weak-passphrase': exitCodes.refused,
  damaged: exitCodes.failure,
};

async function onCustodians<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CustodianError) throw new CliError(exits[error.code], error.message, { code: error.code });
    if (error instanceof RootKeyError && error.code === 'root-key-exists')
      throw new CliError(exitCodes.refused, error.message, { code: error.code });
    throw error;
  }
}
