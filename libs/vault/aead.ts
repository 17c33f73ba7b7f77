import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';

/** AES-256-GCM, 96-bit nonce, 128-bit tag (NIST SP 800-38D), and nothing else: other lengths are refused both ways. */
export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;
export const KEY_BYTES = 32;

export class AeadError extends Error {
  override readonly name = 'AeadError';
  constructor(
    readonly code: 'unsupported-length' | 'not-authentic',
    message: string,
  ) {
    super(message);
  }
}

/** @returns nonce, ciphertext, tag, one after the other */
export function encrypt(key: KeyObject, nonce: Uint8Array, plaintext: Uint8Array, associated: Uint8Array): Buffer {
  const out = Buffer.allocUnsafe(NONCE_BYTES + plaintext.byteLength + TAG_BYTES);
  encryptInto(out, key, nonce, plaintext, associated);
  out.set(nonce);
  return out;
}

/** Writes ciphertext and tag where the nonce ends that `out` begins with, or has room for. @returns where they end */
export function encryptInto(
  out: Buffer,
  key: KeyObject,
  nonce: Uint8Array,
  plaintext: Uint8Array,
  associated: Uint8Array,
): number {
  checkLengths(key, nonce);
  // the tag has 128 bits where nothing else is said
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(associated);
  const text = cipher.update(plaintext);
  // GCM keeps nothing back: this only ends it
  cipher.final();
  out.set(text, NONCE_BYTES);
  const end = NONCE_BYTES + text.length;
  out.set(cipher.getAuthTag(), end);
  return end + TAG_BYTES;
}

/**
 * @param text ciphertext followed by the tag
 * @throws AeadError `not-authentic` when anything at all was changed
 */
export function decrypt(key: KeyObject, nonce: Uint8Array, text: Uint8Array, associated: Uint8Array): Buffer {
  checkLengths(key, nonce);
  if (text.byteLength < TAG_BYTES) throw new AeadError('unsupported-length', 'ciphertext shorter than its tag');
  const end = text.byteLength - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(associated);
  decipher.setAuthTag(text.subarray(end));
  const plaintext = decipher.update(text.subarray(0, end));
  try {
    decipher.final();
  } catch {
    plaintext.fill(0);
    throw new AeadError('not-authentic', 'the tag does not fit');
  }
  return plaintext;
}

function checkLengths(key: KeyObject, nonce: Uint8Array): void {
  if (key.symmetricKeySize !== KEY_BYTES) throw new AeadError('unsupported-length', 'the key must have 256 bits');
  if (nonce.byteLength !== NONCE_BYTES) throw new AeadError('unsupported-length', 'the nonce must have 96 bits');
}
