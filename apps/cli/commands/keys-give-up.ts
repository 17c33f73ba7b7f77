import type { Command } from 'commander';
import { firstWithoutKey, givenUpTo, giveUpKeys } from '../../composition/lost-keys.js';
import { describeStore } from '../../composition/store-choice.js';
import { confirm, show } from '../context.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { type Files, filesOf, nowOf } from '../installation-files.js';
import type { Terminal } from '../terminal.js';
import { withStoppedStores } from './stopped-stores.js';

export function addGiveUpKeysCommand(keys: Command, terminal: Terminal): void {
  keys
    .command('give-up')
    .description(
      'Go on without keys that are lost for good: what was sealed until now stays unreadable for ever, new keys are made for what follows',
    )
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      `
Only where the key vault is lost and no copy of it is left: a start says so when the log holds sealed values and the vault
no key at all. First look whether TEMOIN_KEY_VAULT names the right place, then for a backup (temoin backup list). Stop the service.
Members are told: what was kept of them can be read by nobody any more. Exit code 3 where nothing is lost.

Example:
  temoin keys give-up`,
    )
    .action((options: { yes?: boolean }, command: Command) => giveUp(filesOf(terminal, command), options.yes === true));
}

const giveUp = (files: Files, yes: boolean): Promise<void> =>
  withStoppedStores(files, async ({ eventStore, keyVault }) => {
    const { terminal, json, config } = files;
    const first = await firstWithoutKey({ eventStore, keyVault }, await givenUpTo(config.data));
    const upTo = await eventStore.head();
    if (first === undefined || upTo === undefined)
      throw new CliError(
        exitCodes.refused,
        'The vault holds keys, or the log needs none: there is nothing to give up.',
      );
    if (!json)
      terminal.err(
        `The key vault (${describeStore(config.keyVault)}) holds no key. What was sealed from position ${first} to ${upTo} stays unreadable; once new keys are made beside it, for ever.\n`,
      );
    if (!yes && !(await confirm(files, 'Give it up?'))) throw new CliError(exitCodes.refused, 'Nothing was changed.');
    await giveUpKeys(config, nowOf(files), upTo);
    show(files, { first, upTo }, () => 'Given up. The next start makes new keys.\n');
  });
