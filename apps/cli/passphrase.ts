import { readFile } from 'node:fs/promises';
import { CliError, exitCodes } from './exit-codes.js';
import type { Terminal } from './terminal.js';

/**
 * A passphrase, never from the command line, which other users of the machine can see: from a file, from the environment,
 * else asked for without showing it.
 * @param from.variable name of the environment variable
 * @param from.twice asked for a second time, because nothing would tell a slip of the finger
 * @throws CliError when there is none and nobody to ask
 */
export async function passphraseOf(
  terminal: Terminal,
  from: { readonly who: string; readonly file: string | undefined; readonly variable: string; readonly twice: boolean },
): Promise<string> {
  const { who, file, variable, twice } = from;
  if (file !== undefined) return (await readPassphrase(file)).replace(/\r?\n$/, '');
  const given = terminal.env[variable];
  if (given) return given;
  if (!terminal.interactive)
    throw new CliError(
      exitCodes.usage,
      `No passphrase for ${who}: name a file with --passphrase-file, or set ${variable}.`,
    );
  const ask = terminal.askHidden ?? terminal.ask;
  const first = await ask(`Passphrase of ${who}: `);
  if (twice && (await ask(`Passphrase of ${who}, once more: `)) !== first)
    throw new CliError(exitCodes.refused, 'The two are not the same. Nothing was written.');
  return first;
}

async function readPassphrase(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CliError(exitCodes.notFound, `Cannot read the passphrase file ${file} (${code}).`);
  }
}

/** `TEMOIN_PASSPHRASE_TRESORIERE` for the custodian `tresoriere`. */
export const variableOf = (name: string): string => `TEMOIN_PASSPHRASE_${name.toUpperCase().replaceAll('-', '_')}`;
