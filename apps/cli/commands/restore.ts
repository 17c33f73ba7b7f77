import { resolve } from 'node:path';
import type { Command } from 'commander';
import { readManifest } from '#application/backup/manifest.js';
import { readRestoreJournal } from '#application/backup/restore-journal.js';
import { restore } from '../../composition/backups.js';
import { confirm, show } from '../context.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { type Files, filesOf, nowOf, onBackups, sizeOf } from '../installation-files.js';
import { progress, type Terminal } from '../terminal.js';

interface Options {
  readonly keepVault?: boolean;
  readonly yes?: boolean;
}

export function addRestoreCommand(program: Command, terminal: Terminal): void {
  program
    .command('restore')
    .description('Bring a backup back, with the service stopped. Everything is checked before anything is touched')
    .argument('[backup]', 'the folder of one backup; left out: finish a restore that was interrupted')
    .option('--keep-vault', 'bring back events and views only, under the present keys')
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      '\nWhat was there is moved aside, not deleted. Never touched: root key, signing key, erasure ledger. Who was erased stays\nerased: the next start compares keys, ledger and log before it opens anything.\n\nExamples:\n  temoin restore /mnt/sauvegardes/temoin-2026-06-02t023000-1a2b3c4d\n  temoin restore --yes --data /srv/temoin /mnt/sauvegardes/temoin-…',
    )
    .action((backup: string | undefined, options: Options, command: Command) =>
      onBackups(() => bringBack(filesOf(terminal, command), backup, options)),
    );
}

async function bringBack(files: Files, backup: string | undefined, options: Options): Promise<void> {
  const { config, terminal } = files;
  const unfinished = await readRestoreJournal(config.data);
  const from = backup === undefined ? undefined : resolve(backup);
  if (unfinished === undefined) {
    if (from === undefined) throw new CliError(exitCodes.usage, 'Say which backup: temoin restore DIR');
    await ask(files, from, options);
  } else terminal.err(`An interrupted restore of ${unfinished.backupId} is finished first.\n`);
  const bar = progress(terminal);
  const report = await restore(config, {
    from: from ?? config.data,
    keepVault: options.keepVault === true,
    now: nowOf(files),
    onFile: (part, bytes) => bar.tell(`Checking the ${part}: ${sizeOf(bytes)}`),
    onStep: (step) => bar.tell(step),
  }).finally(() => bar.end());
  show(files, report, () => `${report.backupId} is back.\n`);
  if (files.json) return;
  if (report.replaced.length > 0)
    terminal.err(
      `What was there lies in ${report.replaced.join(', ')}. It holds keys: delete it once all is well; rotation deletes it after ${config.backupDays} days.\n`,
    );
  terminal.err('Next: npm start. It checks what was erased before it opens anything, and says what it did.\n');
}

async function ask(files: Files, from: string, { keepVault, yes }: Options): Promise<void> {
  const { createdAt, installation, head } = await readManifest(from);
  if (yes) return;
  const what = keepVault ? 'Events and views' : 'Events, keys and views';
  const question = `${what} of ${files.config.data} are replaced by those of ${createdAt} (installation ${installation.id}, position ${head ?? 'nothing'}). What came later is lost here. Go on?`;
  if (!(await confirm(files, question)))
    throw new CliError(exitCodes.refused, 'Nothing was touched. Without a person to ask, add --yes.');
}
