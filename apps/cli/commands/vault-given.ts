import { stat } from 'node:fs/promises';
import type { KeyVault } from '#ports/key-vault/key-vault.js';
import type { Configuration } from '../../composition/configuration.js';
import { SetupFault } from '../../composition/setup-fault.js';
import { chooseStore, isSamePlace, type StoreChoice } from '../../composition/store-choice.js';
import { openKeyVault } from '../../composition/stores.js';
import { CliError, exitCodes } from '../exit-codes.js';

export type VaultChoice = Configuration['keyVault'];

export interface GivenVault {
  /** `--to`, `--from`: so it is named in what is said of it. */
  readonly option: string;
  readonly url: string;
  readonly passwordFile: string | undefined;
}

/**
 * Another key vault than the present one, named on the command line.
 * @throws CliError `usage`
 */
export async function givenVault(
  { eventStore, viewStore, keyVault }: Configuration,
  { option, url, passwordFile }: GivenVault,
): Promise<VaultChoice> {
  if (!/^(sqlite:\/\/.|mongodb(\+srv)?:\/\/.)/.test(url))
    throw usage(`${option} must start with sqlite://, mongodb:// or mongodb+srv://, and name a place.`);
  const names = { name: option, passwordName: `${option}-password-file`, file: '', database: 'temoin_keys' };
  const given = chooseStore({ ...names, url, passwordFile }) as VaultChoice;
  if ((await isOne(given, eventStore)) || (await isOne(given, viewStore)))
    throw usage(
      `${option} names the place of events or views: keys need one of their own, with credentials of their own.`,
    );
  if (await isOne(given, keyVault)) throw usage(`${option} names the present key vault.`);
  return given;
}

/** Two names of one file are one place too. */
async function isOne(one: StoreChoice, other: StoreChoice): Promise<boolean> {
  if (isSamePlace(one, other)) return true;
  if (one.engine !== 'sqlite' || other.engine !== 'sqlite') return false;
  const [first, second] = await Promise.all([one, other].map(({ file }) => stat(file).catch(() => undefined)));
  return first !== undefined && second !== undefined && first.dev === second.dev && first.ino === second.ino;
}

export async function withVault<T>(choice: VaultChoice, work: (vault: KeyVault) => Promise<T>): Promise<T> {
  const vault = await openKeyVault(choice);
  try {
    return await work(vault);
  } finally {
    await vault.close();
  }
}

/** What goes wrong at a vault that an option names is not to be looked for in the settings. */
export async function withVaultAt<T>(
  choice: VaultChoice,
  option: string,
  work: (vault: KeyVault) => Promise<T>,
): Promise<T> {
  try {
    return await withVault(choice, work);
  } catch (error) {
    if (!(error instanceof SetupFault)) throw error;
    throw new CliError(exitCodes.unavailable, error.message.replaceAll('TEMOIN_KEY_VAULT', option));
  }
}

const usage = (message: string): CliError => new CliError(exitCodes.usage, message);
