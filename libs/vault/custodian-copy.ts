import { generateKeyPairSync } from 'node:crypto';
import {
  CompactEncrypt,
  compactDecrypt,
  FlattenedEncrypt,
  type FlattenedJWE,
  flattenedDecrypt,
  importJWK,
  type JWK,
} from 'jose';
import { parseRootKeys, printRootKeys, type RootKeyContent } from './root-key-content.js';

/**
 * What a custodian keeps away from the installation, as JSON Web Encryption (RFC 7516), which any JOSE tool opens: a file
 * wrapped under their passphrase, made once, and a sealed copy of the root key, made anew at each rotation for the public
 * key whose private half is in that file.
 */
export interface CustodianSecrets {
  /** Id of the installation. */
  readonly installation: string;
  readonly rootKey: RootKeyContent;
  /** The text of the signing key's file. */
  readonly signingKey?: string;
  /** Opens the sealed copies. */
  readonly recovery: JWK;
  /** For whom copies are sealed: public keys only. */
  readonly register?: string;
}

const FORMAT = 'temoin-custodian/1';
const SEALED_FORMAT = 'temoin-sealed-root-key/1';
const ENCRYPTION = 'A256GCM';
/** PBKDF2 with SHA-512: three times what OWASP asks for (2023), a good half-second of one core. */
const ROUNDS = 600_000;
/** More is not tried: a forged file could keep the machine busy for hours. */
const MOST_ROUNDS = 5_000_000;
export const MIN_PASSPHRASE = 16;

export type CustodianErrorCode = 'wrong-passphrase' | 'damaged' | 'weak-passphrase' | 'foreign' | 'stale';

/** Known by its `code`. */
export class CustodianError extends Error {
  override readonly name = 'CustodianError';
  constructor(
    readonly code: CustodianErrorCode,
    message: string,
  ) {
    super(message);
  }
}

export function newRecoveryKey(): { readonly publicKey: JWK; readonly privateKey: JWK } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    publicKey: publicKey.export({ format: 'jwk' }) as JWK,
    privateKey: privateKey.export({ format: 'jwk' }) as JWK,
  };
}

/**
 * @param rounds of PBKDF2; tests take fewer
 * @throws CustodianError `weak-passphrase`
 */
export async function wrapForCustodian(
  secrets: CustodianSecrets,
  passphrase: string,
  rounds: number = ROUNDS,
): Promise<string> {
  const secret = bytesOf(passphrase);
  const text = JSON.stringify({ format: FORMAT, ...secrets, rootKey: printRootKeys(secrets.rootKey) });
  const jwe = await new FlattenedEncrypt(Buffer.from(text, 'utf8'))
    .setProtectedHeader({ alg: 'PBES2-HS512+A256KW', enc: ENCRYPTION, typ: FORMAT })
    .setKeyManagementParameters({ p2c: rounds })
    .encrypt(secret);
  return `${JSON.stringify(jwe, null, 2)}\n`;
}

/** @throws CustodianError `wrong-passphrase` (or somebody changed the file) | `damaged` */
export async function unwrapForCustodian(text: string, passphrase: string): Promise<CustodianSecrets> {
  const options = {
    keyManagementAlgorithms: ['PBES2-HS512+A256KW'],
    contentEncryptionAlgorithms: [ENCRYPTION],
    maxPBES2Count: MOST_ROUNDS,
  };
  const jwe = parsed(text) as FlattenedJWE | undefined;
  if (!jwe) throw damaged();
  const { plaintext } = await flattenedDecrypt(jwe, normalised(passphrase), options).catch(
    (error: { code?: unknown }) => {
      if (error.code !== 'ERR_JWE_DECRYPTION_FAILED') throw damaged();
      throw new CustodianError('wrong-passphrase', 'The passphrase does not open this file, or the file was changed.');
    },
  );
  const { format, installation, rootKey, signingKey, recovery, register } =
    parsed(Buffer.from(plaintext).toString('utf8')) ?? {};
  const content = typeof rootKey === 'string' ? parseRootKeys(rootKey) : undefined;
  if (format !== FORMAT || typeof installation !== 'string' || !content || typeof recovery !== 'object')
    throw damaged();
  const signing = typeof signingKey === 'string' ? { signingKey } : {};
  const others = typeof register === 'string' ? { register } : {};
  return { installation, rootKey: content, recovery: recovery as JWK, ...signing, ...others };
}

/** The root key as it is now, for the holder of the private half. */
export async function sealForCustodian(rootKey: RootKeyContent, publicKey: JWK): Promise<string> {
  const key = await importJWK(publicKey, 'ECDH-ES+A256KW');
  const jwe = await new CompactEncrypt(Buffer.from(printRootKeys(rootKey), 'utf8'))
    .setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: ENCRYPTION, typ: SEALED_FORMAT })
    .encrypt(key);
  return `${jwe}\n`;
}

/** @throws CustodianError `damaged`: not of this custodian, or changed */
export async function openSealedCopy(text: string, privateKey: JWK): Promise<RootKeyContent> {
  const options = { keyManagementAlgorithms: ['ECDH-ES+A256KW'], contentEncryptionAlgorithms: [ENCRYPTION] };
  try {
    const key = await importJWK(privateKey, 'ECDH-ES+A256KW');
    const { plaintext } = await compactDecrypt(text.trim(), key, options);
    const content = parseRootKeys(Buffer.from(plaintext).toString('utf8'));
    if (content) return content;
  } catch {
    // answered below, whatever is wrong with it
  }
  throw new CustodianError(
    'damaged',
    'The sealed copy is damaged, or was made for another custodian or another export.',
  );
}

/** Typed on different keyboards, the same accented letters must give the same bytes. */
const normalised = (passphrase: string): Uint8Array => Buffer.from(passphrase.normalize('NFC'), 'utf8');

function bytesOf(passphrase: string): Uint8Array {
  if ([...passphrase].length < MIN_PASSPHRASE || new Set(passphrase).size < 6)
    throw new CustodianError(
      'weak-passphrase',
      `A passphrase has at least ${MIN_PASSPHRASE} characters; five or six words that have nothing to do with each other are good.`,
    );
  return normalised(passphrase);
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const damaged = () => new CustodianError('damaged', 'The file is damaged, or is no copy for a custodian.');
