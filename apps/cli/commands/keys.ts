import { stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { currentEpoch } from '#vault/root-key-content.js';
import { readRootKeyFile } from '#vault/root-key-file.js';
import { readCustodians, sealedCopyOf } from '../../composition/custodians.js';
import { rotateKeys } from '../../composition/rotate-keys.js';
import { show, withInstallation } from '../context.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { filesOf } from '../installation-files.js';
import { columns, progress, type Terminal } from '../terminal.js';
import { addAdoptKeysCommand } from './keys-adopt.js';
import { addCustodianCommands } from './keys-custodians.js';
import { addGiveUpKeysCommand } from './keys-give-up.js';
import { addMoveKeysCommand } from './keys-move.js';
import { addPublicKeyCommand } from './keys-public.js';
import { addRetireKeysCommand } from './keys-retire.js';

const SHOWN = 20;

export function addKeysCommands(program: Command, terminal: Terminal): void {
  const keys = program.command('keys').description('The root key: rotate it, and give its custodians their copies');
  keys
    .command('show')
    .description('Epoch of the root key, and whose copies there are. Shows no key')
    .addHelpText('after', '\nExample:\n  temoin keys show')
    .action((_options: object, command: Command) => showKeys(terminal, command));
  keys
    .command('rotate')
    .description('Wrap every living key anew and destroy the old root key: every older copy of the vault is dead then')
    .option(
      '--abandon-damaged',
      'destroy the old root key although some living keys cannot be unwrapped: what they seal is lost for good',
    )
    .addHelpText(
      'after',
      '\nWorks beside a running service, one at a time; interrupted, the next one goes on. Make a backup afterwards: the older\nones no longer open. A key that cannot be unwrapped stops the rotation and is named: bring it back from a backup, or\ngive up what it seals with --abandon-damaged.\n\nExamples:\n  temoin keys rotate && temoin backup /mnt/sauvegardes',
    )
    .action((options: { abandonDamaged?: boolean }, command: Command) =>
      withInstallation(terminal, command, {}, async (context) => {
        const { installation } = context;
        const bar = progress(terminal);
        let batches = 0;
        const report = await rotateKeys(installation.config, installation.stores.keyVault, {
          abandonDamaged: options.abandonDamaged === true,
          onStep(step) {
            if (step === 'cells-wrapped') batches += 1;
            bar.tell(`Rotation: ${step}${batches > 0 ? ` (${batches} batches)` : ''}`);
          },
        }).finally(() => bar.end());
        const { outcome, epoch, rewrapped, damaged, lost, resumed } = report;
        show(context, report, () => `${resumed ? 'finished, ' : ''}epoch ${epoch}, ${rewrapped} keys wrapped anew\n`);
        if (outcome === 'blocked')
          throw new CliError(
            exitCodes.failure,
            `${damaged.length} living keys cannot be unwrapped, so the old root key stays: ${damaged.slice(0, SHOWN).join(', ')}${damaged.length > SHOWN ? ', …' : ''}. Bring the vault back from a backup, or give up what they seal with --abandon-damaged.`,
            { damaged },
          );
        if (lost > 0 && !context.json)
          terminal.err(`${lost} keys are of a root key that was gone before: what they seal stays unreadable.\n`);
        if (damaged.length > 0 && !context.json)
          terminal.err(`${damaged.length} keys were abandoned: what they seal is unreadable from now on.\n`);
      }),
    );
  addMoveKeysCommand(keys, terminal);
  addRetireKeysCommand(keys, terminal);
  addAdoptKeysCommand(keys, terminal);
  addGiveUpKeysCommand(keys, terminal);
  addPublicKeyCommand(keys, terminal);
  addCustodianCommands(keys, terminal);
}

async function showKeys(terminal: Terminal, command: Command): Promise<void> {
  const files = filesOf(terminal, command);
  const { config } = files;
  const content = await readRootKeyFile(config.rootKey);
  const unfinished = content.epochs.length > 1 || content.unswept;
  const custodians = await Promise.all(
    (await readCustodians(config)).map(async ({ name }) => {
      const file = sealedCopyOf(config, name);
      const sealedAt = await stat(file).then(
        ({ mtime }) => mtime.toISOString(),
        () => undefined,
      );
      return { name, file, ...(sealedAt === undefined ? {} : { sealedAt }) };
    }),
  );
  show(files, { file: config.rootKey, epoch: currentEpoch(content), unfinished, custodians }, () =>
    columns([
      ['root key', config.rootKey],
      ['epoch', String(currentEpoch(content))],
      ...(unfinished ? [['rotation', 'unfinished → temoin keys rotate']] : []),
      ...custodians.map(({ name, file, sealedAt }) => ['custodian', `${name}: ${sealedAt ?? 'NO COPY'} ${file}`]),
      ...(custodians.length === 0 ? [['custodians', 'none → temoin keys export']] : []),
    ]),
  );
}
