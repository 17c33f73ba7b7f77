import { realpath } from 'node:fs/promises';
import type { Command } from 'commander';
import { isDatabaseInUse } from '#adapters/backup-sqlite/in-use.js';
import { isThere } from '#application/backup/durable.js';
import { MoveKeysError } from '#application/move-keys/move-keys-error.js';
import {
  checkRetirable,
  type HeldByOld,
  type RetireKeysOptions,
  retireKeys,
} from '#application/move-keys/retire-keys.js';
import { isHalfWiped, wipeDatabaseFile } from '#application/move-keys/wipe-file.js';
import type { Instant } from '#kernel/time.js';
import { readRootKeyFile, rootKeyFile } from '#vault/root-key-file.js';
import { withKeysLock } from '../../composition/keys-lock.js';
import { type RetiredVault, rememberRetired, retiredVaults } from '../../composition/retired-vaults.js';
import { describeStore } from '../../composition/store-choice.js';
import { KEPT_BY } from '../../composition/vault-leftovers.js';
import { type Context, confirm, show, withInstallation } from '../context.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { progress, type Terminal } from '../terminal.js';
import { givenVault, type VaultChoice, withVaultAt } from './vault-given.js';

interface Options {
  readonly from: string;
  readonly fromPasswordFile?: string;
  readonly yes?: boolean;
}

export function addRetireKeysCommand(keys: Command, terminal: Terminal): void {
  keys
    .command('retire')
    .description(
      'Destroy the key vault that the keys were moved from: every wrapped key is overwritten and removed, once the present vault answers for every living cell. Interrupted, the same command goes on',
    )
    .requiredOption('--from <url>', 'the old vault: sqlite://FILE or mongodb://USER@HOST:27017/DATABASE')
    .option('--from-password-file <file>', 'the password of the user that --from names')
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      `
After temoin keys move, once TEMOIN_KEY_VAULT names the new vault. Works beside the service; no process may use the old vault any
more. Nothing is destroyed unless each living cell of the old vault lives in the new one under a key that opens, or was erased there,
and all that was erased is erased there too. Then the old vault takes no key any more, from nobody, and is asked once more.

On SQLite the keys are overwritten, the file too, which is read back and removed with its -wal and -shm. On MongoDB the documents
are overwritten and deleted; its journal, its oplog and pages not yet written over may hold wrapped bytes for a while. Those, and
every copy and backup of the old vault, are dead once temoin keys rotate has destroyed the root key that wrapped them.

Exit code 3 when the new vault does not answer for all, when both addresses are one vault, or when the answer was no; 4 when there
is no such vault; 5 when somebody has it open.

Examples:
  temoin keys retire --from sqlite:///var/lib/temoin/vault.sqlite
  temoin keys retire --from 'mongodb://temoin_keys@db.example:27017/temoin_keys?replicaSet=rs0' --from-password-file /run/secrets/keys --yes`,
    )
    .action((_options: object, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      return withInstallation(terminal, command, {}, async (context) => {
        const { config } = context.installation;
        const given = { option: '--from', url: options.from, passwordFile: options.fromPasswordFile };
        const from = await givenVault(config, given);
        await withKeysLock(config, () => retire(context, from, options.yes === true)).catch((error: unknown) => {
          if (!(error instanceof MoveKeysError)) throw error;
          const exit = error.code === 'differs' ? exitCodes.failure : exitCodes.refused;
          throw new CliError(exit, error.message, { code: error.code });
        });
      });
    });
}

interface Asked {
  readonly from: VaultChoice;
  /** The file itself, where `from` is a link to it. */
  readonly file: string | undefined;
  readonly before: RetiredVault | undefined;
  readonly yes: boolean;
}

async function retire(context: Context, from: VaultChoice, yes: boolean): Promise<void> {
  const { config, clock } = context.installation;
  const before = (await retiredVaults(config.data)).find((one) => one.vault === describeStore(from));
  const file = from.engine === 'sqlite' ? await realpath(from.file).catch(() => from.file) : undefined;
  const asked: Asked = { from, file, before, yes };
  const held = (await isVaultLeft(asked)) ? await emptied(context, asked) : NOTHING;
  if (file !== undefined) await wipeDatabaseFile(file);
  const record = { ...recordOf(asked, held, clock.now()), endedAt: clock.now() };
  await rememberRetired(config.data, record);
  const oldest = Math.min(...(await readRootKeyFile(config.rootKey)).epochs.map(({ epoch }) => epoch));
  const root = record.wrappedUpToEpoch < oldest ? 'dead' : 'until-rotation';
  show(context, { ...record, leftovers: KEPT_BY[from.engine], root }, () => said(record, root === 'dead'));
}
const NOTHING: HeldByOld = { keys: 0, tombstones: 0, wrappedUpToEpoch: 0 };

/** False: only the rest of a wiping that was killed is to be done, or nothing any more. */
async function isVaultLeft({ file, before }: Asked): Promise<boolean> {
  if (file === undefined) return true;
  if (!(await isThere(file))) {
    if (before !== undefined || (await isHalfWiped(file))) return false;
    throw new CliError(exitCodes.notFound, `There is no key vault ${file}.`);
  }
  if (isDatabaseInUse(file))
    throw new CliError(
      exitCodes.unavailable,
      `Another process has ${file} open. Stop it, or point it at the present vault, and repeat.`,
    );
  return true;
}

/** Checks, asks, and discards the keys. What was destroyed before it was killed is told by the record. */
const emptied = ({ terminal, json, installation }: Context, asked: Asked): Promise<HeldByOld> =>
  withVaultAt(asked.from, '--from', async (old) => {
    const { config, clock, stores } = installation;
    const bar = progress(terminal);
    const options: RetireKeysOptions = {
      old,
      present: stores.keyVault,
      roots: await rootKeyFile(config.rootKey).load(),
      onProgress: ({ cells }) => bar.tell(`Asking the present vault: ${cells} cells`),
    };
    try {
      const held = await checkRetirable(options);
      bar.end();
      const place = describeStore(asked.from);
      if (held.keys + held.tombstones === 0 && asked.before === undefined && (await old.note('log')) === undefined)
        throw new CliError(exitCodes.notFound, `There is no key vault in ${place}: it holds nothing.`);
      if (!json)
        terminal.err(
          `The old vault (${place}) holds ${held.keys} wrapped keys and ${held.tombstones} tombstones; the present one answers for all.\n`,
        );
      if (!asked.yes && !(await confirm({ terminal }, 'Destroy the old vault?')))
        throw new CliError(exitCodes.refused, 'Nothing was changed.');
      await rememberRetired(config.data, recordOf(asked, held, clock.now()));
      await retireKeys(options, clock.now());
      return held;
    } finally {
      bar.end();
    }
  });

const recordOf = ({ from, before }: Asked, held: HeldByOld, now: Instant): RetiredVault => ({
  vault: describeStore(from),
  kind: from.engine,
  begunAt: before?.begunAt ?? now,
  keys: Math.max(held.keys, before?.keys ?? 0),
  wrappedUpToEpoch: Math.max(held.wrappedUpToEpoch, before?.wrappedUpToEpoch ?? 0),
});

const said = ({ vault, kind, keys, wrappedUpToEpoch }: RetiredVault, dead: boolean): string =>
  [
    `Retired: ${vault}. ${keys} wrapped keys were overwritten and removed.`,
    kind === 'sqlite'
      ? 'Its file was overwritten with zeros, read back and removed. A solid-state disk, a snapshot or a backup may keep a copy.'
      : 'The documents are deleted. Journal, oplog, pages not yet written over and backups of the server may keep wrapped bytes. What is left there takes no key any more: remove it with db.dropDatabase() when you like.',
    dead
      ? `Whatever is left opens with root keys up to epoch ${wrappedUpToEpoch} only, and those are destroyed: it is dead.\n`
      : `Whatever is left opens with the root key of epoch ${wrappedUpToEpoch} until that is destroyed: temoin keys rotate, then a new backup.\n`,
  ].join('\n');
