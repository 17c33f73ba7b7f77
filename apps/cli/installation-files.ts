import { stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { BackupError } from '#application/backup/manifest.js';
import type { Instant } from '#kernel/time.js';
import { followSimulatedClock, machineClock } from '../composition/clocks.js';
import type { Configuration } from '../composition/configuration.js';
import { type InstallationRecord, prepareDataFolder } from '../composition/data-folder.js';
import { configurationOf, type GlobalOptions } from './context.js';
import { CliError, type ExitCode, exitCodes } from './exit-codes.js';
import type { Terminal } from './terminal.js';

/** What a command that works on the files of an installation is given; no store is opened. */
export interface Files {
  readonly terminal: Terminal;
  readonly json: boolean;
  readonly config: Configuration;
}

export function filesOf(terminal: Terminal, command: Command): Files {
  const options = command.optsWithGlobals<GlobalOptions>();
  return { terminal, json: options.json === true, config: configurationOf(terminal, options) };
}

/** @throws SetupFault `no-installation` and others */
export const recordOf = ({ config }: Files): Promise<InstallationRecord> =>
  prepareDataFolder(config.data, config.simulated, false);

/** The time of the installation; the machine's where a simulation has none yet. */
export function nowOf({ config }: Files): Instant {
  if (!config.simulated) return machineClock.now();
  try {
    return followSimulatedClock(config.data).now();
  } catch {
    return machineClock.now();
  }
}

const codes: Readonly<Record<BackupError['code'], ExitCode>> = {
  'no-backup': exitCodes.notFound,
  damaged: exitCodes.failure,
  foreign: exitCodes.refused,
  dead: exitCodes.refused,
  'in-use': exitCodes.refused,
  folder: exitCodes.unavailable,
};

/** Does the work; a fault of a backup ends the command with its sentence and exit code. */
export async function onBackups<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BackupError) throw new CliError(codes[error.code], error.message, { code: error.code });
    const { name, message } = error as Error;
    if (name === 'SqliteFault') throw new CliError(exitCodes.unavailable, message);
    throw error;
  }
}

export const sizeOf = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

/** Whether two places lie on one file system; undefined where that cannot be said. */
export const sameVolume = async (one: string, other: string): Promise<boolean | undefined> => {
  const [first, second] = await Promise.all([one, other].map((path) => stat(path).catch(() => undefined)));
  return first && second ? first.dev === second.dev : undefined;
};
