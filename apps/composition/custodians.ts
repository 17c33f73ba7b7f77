import { link, open, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { JWK } from 'jose';
import { z } from 'zod';
import { makeWithParents, syncFolder, writeDurably } from '#application/backup/durable.js';
import {
  CustodianError,
  newRecoveryKey,
  openSealedCopy,
  sealForCustodian,
  unwrapForCustodian,
  wrapForCustodian,
} from '#vault/custodian-copy.js';
import { RootKeyError } from '#vault/root-key.js';
import { currentEpoch, type RootKeyContent } from '#vault/root-key-content.js';
import { readRootKeyFile, writeRootKeyFile } from '#vault/root-key-file.js';
import type { Configuration } from './configuration.js';

/**
 * Custodians are known here by a label and a public key. Their copies of the root key are made anew without them: for each,
 * a file that only their own, passphrase-wrapped file opens.
 */
export interface Custodian {
  readonly name: string;
  readonly publicKey: JWK;
}

export const CUSTODIAN_NAME = /^[a-z0-9][a-z0-9-]{0,39}$/;
const schema = z.strictObject({
  format: z.literal('temoin-custodians/1'),
  custodians: z.array(z.strictObject({ name: z.string().regex(CUSTODIAN_NAME), publicKey: z.looseObject({}) })),
});

const registryOf = (config: Configuration): string => join(dirname(config.rootKey), 'custodians.json');
const SEALED = 'root-key-for-';
export const sealedCopyOf = (config: Configuration, name: string): string =>
  join(config.recoveryDir, `${SEALED}${name}.jwe`);

/** @throws when the register is damaged: a rotation would leave the custodians without copies */
export async function readCustodians(config: Configuration): Promise<readonly Custodian[]> {
  const text = await readOptional(registryOf(config));
  if (text === undefined) return [];
  try {
    return schema.parse(JSON.parse(text)).custodians as readonly Custodian[];
  } catch {
    throw new CustodianError('damaged', `${registryOf(config)} is damaged. Make new copies: temoin keys export`);
  }
}

/** Writes each custodian's sealed copy of the root key as it is now. Nothing where there are no custodians. */
export async function sealForCustodians(config: Configuration): Promise<readonly string[]> {
  const custodians = await readCustodians(config);
  if (custodians.length === 0) return [];
  const content = await readRootKeyFile(config.rootKey);
  await makeWithParents(config.recoveryDir);
  const written: string[] = [];
  for (const { name, publicKey } of custodians) {
    const file = sealedCopyOf(config, name);
    await writeDurably(file, await sealForCustodian(content, publicKey));
    written.push(file);
  }
  return written;
}

export interface ExportRequest {
  /** Where the custodians' files are put; absolute. */
  readonly folder: string;
  readonly installation: string;
  readonly custodians: readonly { readonly name: string; readonly passphrase: string }[];
  /** Of the passphrase's derivation; tests take fewer. */
  readonly rounds?: number;
}

/**
 * Makes each custodian's file, and names these custodians, and no others, as those that rotations seal copies for.
 * @returns the files, in the order of the custodians
 * @throws CustodianError `weak-passphrase`; EEXIST when a file is there: it is never overwritten
 */
export async function exportForCustodians(config: Configuration, request: ExportRequest): Promise<readonly string[]> {
  const { folder, installation, custodians } = request;
  const rootKey = await readRootKeyFile(config.rootKey);
  const signingKey = await readOptional(config.signingKey);
  const files = custodians.map(({ name }) => join(folder, `temoin-custodian-${name}.jwe`));
  for (const file of files) if ((await readOptional(file)) !== undefined) throw alreadyThere(file);
  const keyed = custodians.map((one) => ({ ...one, ...newRecoveryKey() }));
  const known = keyed.map(({ name, publicKey }) => ({ name, publicKey }));
  const register = `${JSON.stringify({ format: 'temoin-custodians/1', custodians: known }, null, 2)}\n`;
  const texts: string[] = [];
  for (const { passphrase, privateKey } of keyed) {
    const secrets = { installation, rootKey, recovery: privateKey, register, ...(signingKey ? { signingKey } : {}) };
    texts.push(await wrapForCustodian(secrets, passphrase, request.rounds));
  }
  await makeWithParents(folder);
  for (const [index, file] of files.entries()) await writeNew(file, texts[index] ?? '');
  await writeDurably(registryOf(config), register);
  await sealForCustodians(config);
  await removeSealedBut(config, new Set(custodians.map(({ name }) => sealedCopyOf(config, name))));
  return files;
}

export interface ImportRequest {
  readonly file: string;
  readonly passphrase: string;
  /** Id of the installation that is there; undefined: none yet. */
  readonly expected: string | undefined;
  /** Epochs of the vault that is there; empty: it holds no living key, or there is none. */
  readonly needed: readonly number[];
  /** A sealed copy that is newer than the file. */
  readonly sealed: string | undefined;
}

export interface ImportReport {
  readonly installation: string;
  readonly epoch: number;
  /** `there`: the living key is the same or newer, and was left alone. */
  readonly rootKey: 'written' | 'there';
  readonly signingKey: 'written' | 'there' | 'not-in-file';
}

/**
 * Puts root key and signing key back where there are none. What is there is never overwritten.
 * @throws CustodianError; RootKeyError `root-key-exists` when another key is there, or one that cannot be read
 */
export async function importFromCustodian(config: Configuration, request: ImportRequest): Promise<ImportReport> {
  const secrets = await unwrapForCustodian(await readFile(request.file, 'utf8'), request.passphrase);
  if (request.expected !== undefined && request.expected !== secrets.installation)
    throw new CustodianError(
      'foreign',
      `The file is of the installation ${secrets.installation}, and this data folder is ${request.expected}.`,
    );
  const copy = request.sealed === undefined ? undefined : await readFile(request.sealed, 'utf8');
  const sealed = copy === undefined ? undefined : await openSealedCopy(copy, secrets.recovery);
  if (sealed && sealed.installation !== secrets.rootKey.installation)
    throw new CustodianError('damaged', 'The sealed copy is of another installation than the file.');
  const newest = sealed && currentEpoch(sealed) >= currentEpoch(secrets.rootKey) ? sealed : secrets.rootKey;
  refuseStale(request.needed, newest);
  await makeWithParents(dirname(config.rootKey));
  const rootKey = await writeRootKey(config.rootKey, newest);
  const { signingKey } = secrets;
  const signing =
    signingKey === undefined ? ('not-in-file' as const) : await writeNewOrLeave(config.signingKey, signingKey);
  if (secrets.register !== undefined) await writeNewOrLeave(registryOf(config), secrets.register);
  return { installation: secrets.installation, epoch: currentEpoch(newest), rootKey, signingKey: signing };
}

/** A root key that opens nothing would stand in the way of the right one, for it would never be overwritten. */
function refuseStale(needed: readonly number[], { epochs }: RootKeyContent): void {
  if (needed.length === 0 || epochs.some(({ epoch }) => needed.includes(epoch))) return;
  throw new CustodianError(
    'stale',
    `The vault needs epoch ${needed.join(', ')} of the root key, and this is ${epochs.map(({ epoch }) => epoch).join(', ')}: it was rotated since. Give the newest sealed copy with --sealed.`,
  );
}

async function writeRootKey(path: string, content: RootKeyContent): Promise<'written' | 'there'> {
  const living = await readRootKeyFile(path).catch((error: { readonly code?: unknown }) => {
    if (error.code === 'root-key-missing') return undefined;
    throw error;
  });
  if (living === undefined) {
    await writeRootKeyFile(path, content, 'absent');
    return 'written';
  }
  if (living.installation === content.installation && currentEpoch(living) >= currentEpoch(content)) return 'there';
  throw new RootKeyError(
    'root-key-exists',
    `There is another root key in ${path}; it is never overwritten. If it is not the one wanted, move it away first.`,
  );
}

async function writeNewOrLeave(path: string, text: string): Promise<'written' | 'there'> {
  try {
    await writeNew(path, text);
    return 'written';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return 'there';
    throw error;
  }
}

/** Whole or not at all, mode 0600, never over another. */
async function writeNew(path: string, text: string): Promise<void> {
  const temporary = `${path}.writing`;
  await rm(temporary, { force: true });
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await link(temporary, path);
    await syncFolder(dirname(path));
  } finally {
    await rm(temporary, { force: true });
  }
}

async function removeSealedBut(config: Configuration, keep: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(config.recoveryDir)) {
    const file = join(config.recoveryDir, name);
    if (name.startsWith(SEALED) && !keep.has(file)) await rm(file, { force: true });
  }
}

const alreadyThere = (file: string) => Object.assign(new Error(`${file} is there already`), { code: 'EEXIST' });

async function readOptional(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
