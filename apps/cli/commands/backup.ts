import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { backupsIn, brokenBackupsIn, type FoundBackup } from '#application/backup/rotate-backups.js';
import { verifyBackup } from '#application/backup/verify-backup.js';
import { localDayOf, plusDays } from '#views/local-day.js';
import { backUp, deleteOldBackups, presentEpochs } from '../../composition/backups.js';
import { rehearse } from '../../composition/rehearse.js';
import { show } from '../context.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { type Files, filesOf, nowOf, onBackups, recordOf, sameVolume, sizeOf } from '../installation-files.js';
import { columns, progress, type Terminal } from '../terminal.js';

export function addBackupCommands(program: Command, terminal: Terminal): void {
  const backup = program
    .command('backup')
    .description('Copy the installation, running or not: events, views, wrapped keys. Never the root key')
    .argument('<dir>', 'the folder that backups are kept in; another disk than that of the data')
    .option('--no-views', 'leave the views out: they are built again from the events, which takes its time')
    .addHelpText(
      'after',
      '\nExamples:\n  temoin backup /mnt/sauvegardes\n  temoin backup list /mnt/sauvegardes\n  temoin backup verify /mnt/sauvegardes/temoin-2026-06-02t023000-1a2b3c4d',
    )
    .action((dir: string, options: { views: boolean }, command: Command) =>
      onBackups(() => makeOne(filesOf(terminal, command), resolve(dir), options.views)),
    );
  backup
    .command('list')
    .description('Backups of this installation in a folder, oldest first, and whether each could come back today')
    .argument('<dir>', 'the folder that backups are kept in')
    .addHelpText('after', '\nExample:\n  temoin backup list /mnt/sauvegardes --json')
    .action((dir: string, _options: object, command: Command) =>
      onBackups(() => listAll(filesOf(terminal, command), resolve(dir))),
    );
  backup
    .command('verify')
    .description('Read one backup whole and compare it with its manifest. Changes nothing, needs no installation')
    .argument('<backup>', 'the folder of one backup')
    .addHelpText(
      'after',
      '\nExit code 1 when it is damaged.\n\nExample:\n  temoin backup verify /mnt/sauvegardes/temoin-…',
    )
    .action((dir: string, _options: object, command: Command) =>
      onBackups(() => verifyOne(filesOf(terminal, command), resolve(dir))),
    );
  backup
    .command('rehearse')
    .description('Bring a backup back into a folder that is thrown away, open every value, compare every view')
    .argument('<backup>', 'the folder of one backup')
    .addHelpText(
      'after',
      '\nBeside a running service, which is not touched. Exit code 1 when something does not open or agree.\n\nExample:\n  temoin backup rehearse /mnt/sauvegardes/temoin-…',
    )
    .action((dir: string, _options: object, command: Command) =>
      onBackups(() => rehearseOne(filesOf(terminal, command), resolve(dir))),
    );
  backup
    .command('rotate')
    .description('Delete backups past their age (TEMOIN_BACKUP_DAYS), and what restores moved aside')
    .argument('<dir>', 'the folder that backups are kept in')
    .addHelpText('after', '\nExample:\n  temoin backup rotate /mnt/sauvegardes')
    .action((dir: string, _options: object, command: Command) =>
      onBackups(async () => {
        const files = filesOf(terminal, command);
        const request = { folder: resolve(dir), now: nowOf(files) };
        const deleted = await deleteOldBackups(files.config, await recordOf(files), request);
        show(files, { deleted }, () =>
          deleted.length === 0 ? 'Nothing is past its age.\n' : `${deleted.map((id) => `deleted ${id}`).join('\n')}\n`,
        );
      }),
    );
}

async function makeOne(files: Files, folder: string, views: boolean): Promise<void> {
  const { config, terminal } = files;
  const record = await recordOf(files);
  const bar = progress(terminal);
  const made = await backUp(config, record, {
    folder,
    views,
    now: nowOf(files),
    onBytes: (file, bytes, of) => bar.tell(`Copying ${basename(file)}: ${sizeOf(bytes)} of about ${sizeOf(of)}`),
    onStep: (step) => bar.tell(step),
  }).finally(() => bar.end());
  const bytes = made.files.reduce((sum, one) => sum + one.bytes, 0);
  show(files, made, () => `${made.folder}\n`);
  if (files.json) return;
  terminal.err(`${sizeOf(bytes)}, ${made.livingCells} keys, as of position ${made.head ?? 'nothing'}.\n`);
  if (made.epochs.length > 1)
    terminal.err(
      'A rotation of the root key is unfinished: when it ends, this backup is dead. See: temoin keys rotate\n',
    );
  if (await sameVolume(folder, config.data))
    terminal.err('The backup lies on the disk of the data: it does not survive that disk.\n');
  terminal.err('The root key is not in it. See: temoin keys export\n');
}

async function rehearseOne(files: Files, from: string): Promise<void> {
  const { terminal, config } = files;
  await recordOf(files);
  const bar = progress(terminal);
  const report = await rehearse(config, {
    from,
    now: nowOf(files),
    onFile: (part, bytes) => bar.tell(`Checking the ${part}: ${sizeOf(bytes)}`),
    onProgress: (what) => bar.tell(what),
  }).finally(() => bar.end());
  const { backupId, events, present, erased, unreadable, wrongViews } = report;
  show(
    files,
    report,
    () =>
      `${backupId}: ${events} events; ${present} values open, ${erased} erased, ${unreadable} unreadable; views: ${wrongViews.length === 0 ? 'all agree' : `${wrongViews.join(', ')} differ`}\n`,
  );
  if (!report.sound)
    throw new CliError(
      exitCodes.failure,
      'Something in it does not open or agree. Where the installation itself does no better, the backup is not to blame; else make another one now.',
    );
}

async function listAll(files: Files, folder: string): Promise<void> {
  const { config } = files;
  const record = await recordOf(files);
  const epochs = (await presentEpochs(config)) ?? [];
  const items = (await backupsIn(folder, record.id)).map(({ folder: place, manifest }: FoundBackup) => {
    const { backupId, createdAt, head, livingCells } = manifest;
    const bytes = manifest.files.reduce((sum, one) => sum + one.bytes, 0);
    return {
      backupId,
      createdAt,
      folder: place,
      head,
      livingCells,
      bytes,
      views: manifest.files.some(({ part }) => part === 'views'),
      epochs: manifest.epochs,
      // `dead`: the root key was rotated since
      state: manifest.epochs.every((epoch) => epochs.includes(epoch)) ? 'restorable' : 'dead',
      deletedFrom: plusDays(localDayOf(createdAt), config.backupDays + 1),
    };
  });
  const broken = await brokenBackupsIn(folder);
  show(files, { items, broken }, () =>
    columns([
      ['BACKUP', 'MADE', 'STATE', 'SIZE', 'VIEWS', 'DELETED FROM'],
      ...items.map((one) => [
        basename(one.folder),
        one.createdAt,
        one.state,
        sizeOf(one.bytes),
        one.views ? 'yes' : 'no',
        one.deletedFrom,
      ]),
      ...broken.map((one) => [basename(one), '', 'damaged']),
    ]),
  );
}

async function verifyOne(files: Files, folder: string): Promise<void> {
  const { terminal, config } = files;
  const bar = progress(terminal);
  const manifest = await verifyBackup(folder, (part, bytes) =>
    bar.tell(`Reading the ${part}: ${sizeOf(bytes)}`),
  ).finally(() => bar.end());
  const there = await presentEpochs(config).catch(() => undefined);
  const restorable = there === undefined ? undefined : manifest.epochs.every((epoch) => there.includes(epoch));
  show(files, { ...manifest, sound: true, ...(restorable === undefined ? {} : { restorable }) }, () =>
    [
      `${manifest.backupId}: every file is as it was made, on ${manifest.createdAt}`,
      `  installation ${manifest.installation.id}${manifest.installation.simulated ? ' (simulation)' : ''}, up to position ${manifest.head ?? 'nothing'}, ${manifest.livingCells} keys\n`,
    ].join('\n'),
  );
  if (restorable === false)
    throw new CliError(
      exitCodes.refused,
      'It is sound and dead: the root key was rotated since, so its keys open nothing. Only its events can come back: temoin restore --keep-vault',
    );
}
