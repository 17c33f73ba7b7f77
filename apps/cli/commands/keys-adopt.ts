import type { Command } from 'commander';
import { givenUpTo } from '../../composition/lost-keys.js';
import { standingOf } from '../../composition/other-vault.js';
import { describeStore } from '../../composition/store-choice.js';
import { confirm, show } from '../context.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { type Files, filesOf } from '../installation-files.js';
import type { Terminal } from '../terminal.js';
import { withStoppedStores } from './stopped-stores.js';

export function addAdoptKeysCommand(keys: Command, terminal: Terminal): void {
  keys
    .command('adopt')
    .description(
      'Say that the present key vault is the one of the present event log, where a start takes it for another’s',
    )
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      `
Only where you know it better: a start refuses a vault that holds the keys of another log. First look whether TEMOIN_KEY_VAULT
and TEMOIN_EVENT_STORE name the right places. What does not open under its keys stays unreadable, and what is written from now on
is sealed under them. No key is changed. Stop the service. Exit code 3 where nothing has to be adopted.

Example:
  temoin keys adopt`,
    )
    .action((options: { yes?: boolean }, command: Command) => adopt(filesOf(terminal, command), options.yes === true));
}

const adopt = (files: Files, yes: boolean): Promise<void> =>
  withStoppedStores(files, async ({ eventStore, keyVault }) => {
    const { terminal, json, config } = files;
    if ((await keyVault.note('retired')) !== undefined)
      throw new CliError(exitCodes.refused, 'The vault was retired: it takes no key any more. Name another one.');
    const standing = await standingOf({ eventStore, keyVault }, await givenUpTo(config.data));
    if (standing.state !== 'other')
      throw new CliError(exitCodes.refused, 'Nothing says that the vault is another log’s: there is nothing to adopt.');
    if (standing.log === undefined)
      throw new CliError(
        exitCodes.refused,
        'The log is empty, and the vault holds the keys of another one. Correct TEMOIN_EVENT_STORE, or give TEMOIN_KEY_VAULT an empty place: an empty log needs no key.',
      );
    if (!json)
      terminal.err(
        `The key vault (${describeStore(config.keyVault)}) holds the keys of another log. What does not open under them stays unreadable.\n`,
      );
    if (!yes && !(await confirm(files, 'Adopt it for this log?')))
      throw new CliError(exitCodes.refused, 'Nothing was changed.');
    await keyVault.writeNote('log', standing.log, 'any');
    show(files, { log: standing.log }, () => 'Adopted. The next start accepts it.\n');
  });
