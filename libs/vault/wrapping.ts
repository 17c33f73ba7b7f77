import { createSecretKey, type KeyObject } from 'node:crypto';
import type { CellId } from '#kernel/sealed.js';
import type { WrappedKey } from '#ports/key-vault/key-vault.js';
import { AeadError, decrypt, encrypt, KEY_BYTES, NONCE_BYTES } from './aead.js';
import { lengthPrefixed } from './canonical.js';
import { pooledRandom } from './random.js';
import type { RootKeys } from './root-key.js';

/** A cell's key as the vault stores it: nonce, then the key encrypted under the root key of an epoch, then the tag. */

const WRAPPED = Buffer.from('temoin/wrapped-key/1', 'utf8');
const associated = (cell: CellId, epoch: number): Buffer =>
  lengthPrefixed([WRAPPED, Buffer.from(cell, 'utf8'), Buffer.from(String(epoch), 'utf8')]);

/** Makes a new random key for a cell. The readable bytes are erased before it answers. */
export function makeCellKey(roots: RootKeys, cell: CellId): { readonly key: KeyObject; readonly wrapped: WrappedKey } {
  const raw = pooledRandom(KEY_BYTES);
  try {
    return { key: createSecretKey(raw), wrapped: wrap(roots, roots.current, cell, raw) };
  } finally {
    raw.fill(0);
  }
}

/** `no-root`: the root key of its epoch is gone or was never here; `damaged`: it is here and the bytes do not fit it. */
export type Unwrapped = { readonly key: KeyObject } | { readonly fault: 'no-root' | 'damaged' };

export function unwrapCellKey(roots: RootKeys, stored: WrappedKey): Unwrapped {
  const raw = unwrap(roots, stored);
  if (!Buffer.isBuffer(raw)) return raw;
  try {
    return raw.byteLength === KEY_BYTES ? { key: createSecretKey(raw) } : { fault: 'damaged' };
  } finally {
    raw.fill(0);
  }
}

/**
 * The same cell key under the current epoch, for rotation.
 * @returns undefined when the old wrapping does not open: it is left as it is, for a person to look at
 */
export function rewrapped(roots: RootKeys, stored: WrappedKey): WrappedKey | undefined {
  const raw = unwrap(roots, stored);
  if (!Buffer.isBuffer(raw)) return undefined;
  try {
    return wrap(roots, roots.current, stored.cell, raw);
  } finally {
    raw.fill(0);
  }
}

function wrap(roots: RootKeys, epoch: number, cell: CellId, raw: Uint8Array): WrappedKey {
  const root = roots.key(epoch);
  if (!root) throw new TypeError(`no root key of epoch ${epoch}`);
  const nonce = pooledRandom(NONCE_BYTES);
  return { cell, epoch, wrapped: encrypt(root, nonce, raw, associated(cell, epoch)) };
}

function unwrap(roots: RootKeys, { cell, epoch, wrapped }: WrappedKey): Buffer | { fault: 'no-root' | 'damaged' } {
  const root = roots.key(epoch);
  if (!root) return { fault: 'no-root' };
  try {
    return decrypt(root, wrapped.subarray(0, NONCE_BYTES), wrapped.subarray(NONCE_BYTES), associated(cell, epoch));
  } catch (error) {
    if (error instanceof AeadError) return { fault: 'damaged' };
    throw error;
  }
}
