import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, link, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeWithParents } from '#application/backup/durable.js';
import { fromEpochMilliseconds, type Instant, isInstant } from '#kernel/time.js';
import { SetupFault } from './setup-fault.js';

/** What marks a folder as one installation, for ever. */
export interface InstallationRecord {
  readonly id: string;
  /** By the machine's clock, in a simulation too. */
  readonly createdAt: Instant;
  readonly simulated: boolean;
}

export const RECORD_FILE = 'installation.json';
const RECORD = RECORD_FILE;
/** Left by a restore that was refused. */
const LOCK = /^[a-z]+\.lock(-journal)?$/;

/**
 * Makes the data folder (0700) with its record when there is none, or checks the one that is there.
 * @param create false: an absent folder is a fault instead
 * @throws SetupFault `data-folder` | `simulation-mismatch` | `no-installation`
 */
export async function prepareDataFolder(
  folder: string,
  simulated: boolean,
  create: boolean,
): Promise<InstallationRecord> {
  if (create) await makeFolder(folder);
  await checkFolder(folder);
  const record = (await readRecord(folder)) ?? (create ? await writeRecord(folder, simulated) : undefined);
  if (record === undefined)
    throw new SetupFault(
      'no-installation',
      `There is no installation in ${folder}. Start the service once, or name another folder with --data.`,
    );
  checkSimulation(folder, record, simulated);
  return record;
}

/**
 * The data folder that a backup comes back into, made (0700) when it is not there.
 * @returns its record; undefined where it is no installation yet
 * @throws SetupFault `data-folder` | `simulation-mismatch`
 */
export async function dataFolderForRestore(
  folder: string,
  simulated: boolean,
): Promise<InstallationRecord | undefined> {
  await makeFolder(folder);
  await checkFolder(folder);
  const record = await readRecord(folder);
  if (record) checkSimulation(folder, record, simulated);
  return record;
}

function checkSimulation(folder: string, record: InstallationRecord, simulated: boolean): void {
  if (record.simulated && !simulated)
    throw new SetupFault(
      'simulation-mismatch',
      `${folder} belongs to a simulation and can never be opened as a real one. Add --simulate, or name another folder with --data.`,
    );
  if (!record.simulated && simulated)
    throw new SetupFault(
      'simulation-mismatch',
      `${folder} is a real installation and can never be opened in a simulation. Leave --simulate out, or name another folder with --data.`,
    );
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await makeWithParents(folder);
  } catch (error) {
    throw new SetupFault(
      'data-folder',
      `Cannot make the data folder ${folder} (${codeOf(error)}). Make it yourself, or name another one with --data.`,
      { cause: error },
    );
  }
}

async function checkFolder(folder: string): Promise<void> {
  let info: Awaited<ReturnType<typeof stat>>;
  try {
    info = await stat(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT')
      throw new SetupFault(
        'no-installation',
        `There is no data folder ${folder}. Start the service once, or name another folder with --data.`,
      );
    throw new SetupFault('data-folder', `Cannot look at the data folder ${folder} (${codeOf(error)}).`, {
      cause: error,
    });
  }
  if (!info.isDirectory())
    throw new SetupFault('data-folder', `${folder} is not a folder. Name another one with --data.`);
  if ((info.mode & 0o077) !== 0)
    throw new SetupFault(
      'data-folder',
      `Others may look into the data folder ${folder}. Close it with: chmod 700 ${folder}`,
    );
  try {
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new SetupFault(
      'data-folder',
      `The data folder ${folder} cannot be written (${codeOf(error)}). Give it to the user who runs the service, or name another one with --data.`,
      {
        cause: error,
      },
    );
  }
}

async function readRecord(folder: string): Promise<InstallationRecord | undefined> {
  let text: string;
  try {
    text = await readFile(join(folder, RECORD), 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new SetupFault('data-folder', `Cannot read ${RECORD} in ${folder} (${codeOf(error)}).`, { cause: error });
  }
  const damaged = () =>
    new SetupFault(
      'data-folder',
      `${RECORD} in ${folder} is damaged. Put it back from a backup; do not make a new one.`,
    );
  let record: Partial<Record<keyof InstallationRecord, unknown>>;
  try {
    record = JSON.parse(text);
  } catch {
    throw damaged();
  }
  const { id, createdAt, simulated } = record ?? {};
  if (
    typeof id !== 'string' ||
    typeof createdAt !== 'string' ||
    !isInstant(createdAt) ||
    typeof simulated !== 'boolean'
  )
    throw damaged();
  return { id, createdAt, simulated };
}

/** Written whole or not at all, once: of two processes that start together, one writes and both read the same. */
async function writeRecord(folder: string, simulated: boolean): Promise<InstallationRecord> {
  const strangers = (await readdir(folder)).filter((name) => !name.startsWith(RECORD) && !LOCK.test(name));
  if (strangers.length > 0)
    throw new SetupFault(
      'data-folder',
      `${folder} is not empty and is no data folder of Témoin (it has no ${RECORD}). Name an empty or a new folder with --data.`,
    );
  const record = { id: randomUUID(), createdAt: fromEpochMilliseconds(Date.now()), simulated };
  const temporary = join(folder, `${RECORD}.${randomUUID()}`);
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(`${JSON.stringify(record, null, 2)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await link(temporary, join(folder, RECORD));
  } catch (error) {
    if (codeOf(error) !== 'EEXIST')
      throw new SetupFault('data-folder', `Cannot write in the data folder ${folder} (${codeOf(error)}).`, {
        cause: error,
      });
  } finally {
    await rm(temporary, { force: true });
  }
  return (await readRecord(folder)) ?? record;
}

const codeOf = (error: unknown): string =>
  String((error as NodeJS.ErrnoException | undefined)?.code ?? 'unknown error');
