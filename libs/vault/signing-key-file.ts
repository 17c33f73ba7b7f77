import { createPrivateKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { link, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from './error-code.js';
import { type KeyFileKind, openKeyFile } from './key-file.js';
import { syncFolder } from './sync-folder.js';

/**
 * The key that signs for the installation (certificates, erasure ledger), in a file of its own beside the root key. It
 * opens nothing; whoever has it can sign in the association's name.
 */

const FORMAT = 'temoin-signing-key/1';

export type SigningKeyErrorCode =
  | 'signing-key-missing'
  | 'signing-key-mode'
  | 'signing-key-owner'
  | 'signing-key-damaged'
  | 'signing-key-exists'
  | 'signing-key-unreadable';

/** Known by its `code`. The message is a sentence for the person who starts the service, with the next step. */
export class SigningKeyError extends Error {
  override readonly name = 'SigningKeyError';
  constructor(
    readonly code: SigningKeyErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const SIGNING_KEY: KeyFileKind = {
  name: 'signing key',
  whenMissing:
    'Put it back from where it is kept apart: without it neither the erasure ledger nor the certificates can be checked or continued.',
  fail: (fault, message, options) => new SigningKeyError(`signing-key-${fault}`, message, options),
};

/**
 * Makes the file with a fresh Ed25519 key, mode 0600, whole or not at all, on disk before it answers. Of two processes
 * that start together, one makes it and the other is told that it is there.
 * @throws SigningKeyError `signing-key-exists` | `signing-key-unreadable`
 */
export async function createSigningKeyFile(path: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}`;
  const { d, x } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(
        `${JSON.stringify({ format: FORMAT, key: { kty: 'OKP', crv: 'Ed25519', d, x } }, null, 2)}\n`,
      );
      await file.sync();
    } finally {
      await file.close();
    }
    await link(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    if (codeOf(error) === 'EEXIST')
      throw new SigningKeyError(
        'signing-key-exists',
        `There is a signing key in ${path} already; it is never overwritten.`,
      );
    throw new SigningKeyError('signing-key-unreadable', `Cannot write the signing key ${path} (${codeOf(error)}).`, {
      cause: error,
    });
  } finally {
    await rm(temporary, { force: true });
  }
}

/**
 * The private key from its file, which must be of mode 0600 and belong to the user who runs the process.
 * @throws SigningKeyError
 */
export async function readSigningKeyFile(path: string): Promise<KeyObject> {
  const file = await openKeyFile(path, SIGNING_KEY);
  try {
    return parse(await file.readFile('utf8'), path);
  } finally {
    await file.close();
  }
}

function parse(text: string, path: string): KeyObject {
  try {
    const { format, key } = JSON.parse(text);
    if (format === FORMAT) {
      const made = createPrivateKey({ key, format: 'jwk' });
      const derived = made.asymmetricKeyType === 'ed25519' && made.export({ format: 'jwk' });
      if (derived && derived.x === key.x) return made;
    }
  } catch {
    // answered below, whatever is wrong with it
  }
  throw new SigningKeyError(
    'signing-key-damaged',
    `The signing key ${path} is damaged. Put it back from where it is kept apart; do not make a new one, what was signed could not be continued.`,
  );
}
