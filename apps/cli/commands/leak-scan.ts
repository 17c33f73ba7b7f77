import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Configuration } from '../../composition/configuration.js';
import { describeStore } from '../../composition/store-choice.js';
import { configurationOf, type GlobalOptions, show } from '../context.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { type Planted, type ScanResult, scanner } from '../leak-scan/scan.js';
import { scanPlaces } from '../leak-scan/scan-places.js';
import { columns, progress, type Terminal } from '../terminal.js';

interface Options {
  readonly tokens: string;
}

export function addLeakScanCommand(program: Command, terminal: Terminal): void {
  program
    .command('leak-scan')
    .argument('[paths...]', 'more files and folders to look into: logs, backups, exports, mail spools')
    .description(
      'Looks for texts that must not be readable anywhere, in every file of the installation and in those named',
    )
    .requiredOption('--tokens <file>', 'the texts, one a line; after a tab, a name to call it by')
    .addHelpText(
      'after',
      `
Looks into the data folder, stores, keys, ledger and backups that lie elsewhere (write-ahead files included), and temporary
files of Témoin; in UTF-8, UTF-16, Latin-1, JSON escapes, base64 at any offset, percent-encoding, hexadecimal, quoted-printable, over line breaks, and
inside gzip, zip and zlib streams. Says file, place and encoding, never the text.

Exit code 0: found nowhere. 1: found. 5: something could not be looked into.

Examples:
  temoin leak-scan --tokens words.txt
  temoin leak-scan --tokens words.txt /var/log/temoin /srv/backups --json`,
    )
    .action(async (paths: readonly string[], { tokens }: Options, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const planted = await readTokens(tokens);
      const config = configurationOf(terminal, options);
      const named = new Set([config.data, ...paths.map(absolute)]);
      const places = [...placesOf(config), ...(await temporary(terminal)), ...paths.map(absolute)];
      const bar = progress(terminal);
      const found = await scanPlaces({
        places,
        named,
        except: resolve(tokens),
        look: scanner(planted),
        onFile: (files, bytes) => bar.tell(`${files} files, ${bytes} bytes`),
      });
      bar.end();
      const { leaks, files, bytes } = found;
      const unseen = [...found.unseen, ...onServers(config)];
      const context = { terminal, json: options.json === true };
      show(context, { tokens: planted.length, files, bytes, leaks, unseen }, () =>
        columns([
          ...leaks.map(({ where, encoding, found, offset }) => ['FOUND', where, encoding, `${found} at ${offset}`]),
          ...unseen.map(({ name, reason }) => ['NOT SEEN', '', reason, name]),
          ['', `${planted.length} texts, ${files} files, ${bytes} bytes: found in ${leaks.length} places`],
        ]),
      );
      if (leaks.length > 0) throw new CliError(exitCodes.failure, `Found in ${leaks.length} places.`);
      if (unseen.length > 0)
        throw new CliError(exitCodes.unavailable, `${unseen.length} places could not be looked into.`);
    });
}

const absolute = (path: string): string => resolve(path);
/** Shorter texts occur by chance. */
const SHORTEST = 6;

async function readTokens(file: string): Promise<readonly Planted[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new CliError(exitCodes.usage, `The file of tokens cannot be read: ${(error as NodeJS.ErrnoException).code}.`);
  });
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (lines.length === 0)
    throw new CliError(exitCodes.usage, 'The file of tokens is empty: there is nothing to look for.');
  return lines.map((line, index) => {
    const [token = '', where = ''] = line.split('\t', 2);
    if ([...token].length < SHORTEST)
      throw new CliError(
        exitCodes.usage,
        `Line ${index + 1} is shorter than ${SHORTEST} characters: it would be found by chance.`,
      );
    return { token, where: where || `line ${index + 1}, ${[...token].length} characters` };
  });
}

/** The data folder, and whatever the configuration puts elsewhere. */
function placesOf(config: Configuration): readonly string[] {
  const { eventStore, viewStore, keyVault, rootKey, signingKey, erasureLedger, recoveryDir, backupDir } = config;
  const files = [eventStore, viewStore, keyVault].flatMap((choice) =>
    'file' in choice ? [choice.file, `${choice.file}-wal`, `${choice.file}-shm`] : [],
  );
  return [
    config.data,
    ...files,
    rootKey,
    signingKey,
    dirname(erasureLedger),
    recoveryDir,
    ...(backupDir ? [backupDir] : []),
  ];
}

/** What a server keeps is not in files of ours. */
const onServers = ({ eventStore, viewStore, keyVault }: Configuration): ScanResult['unseen'] =>
  [eventStore, viewStore, keyVault]
    .filter((choice) => !('file' in choice))
    .map((choice) => ({ name: describeStore(choice), reason: 'is on a server: dump it and name the dump' }));

/** Temporary files of Témoin and of SQLite, by their names. */
async function temporary({ env }: Terminal): Promise<readonly string[]> {
  const folder = env.TMPDIR ?? tmpdir();
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => /^(temoin-|etilqs_)/.test(name)).map((name) => join(folder, name));
}
