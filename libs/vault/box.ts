import type { KeyObject } from 'node:crypto';
import type { CellId, Sealed, SealedAt } from '#kernel/sealed.js';
import { AeadError, decrypt, encrypt, NONCE_BYTES, TAG_BYTES } from './aead.js';
import { associatedData, BLINDER_BYTES, commitmentOf, fromBase64url } from './canonical.js';
import { fillRandom, pooledRandom } from './random.js';

/**
 * Seals one value under a cell's key. Fresh nonce and fresh blinder every time: sealing the same value twice never gives
 * the same box.
 */
export function sealBox(key: KeyObject, at: SealedAt, cell: CellId, value: unknown): Sealed<unknown> {
  const json = JSON.stringify(value);
  if (json === undefined) throw new TypeError(`${at.type}.${at.path} is no JSON value`);
  const plaintext = scratchFor(BLINDER_BYTES + Buffer.byteLength(json));
  fillRandom(plaintext, BLINDER_BYTES);
  plaintext.write(json, BLINDER_BYTES, 'utf8');
  const associated = associatedData(at, cell);
  const nonce = pooledRandom(NONCE_BYTES);
  const text = encrypt(key, nonce, plaintext, associated);
  const commit = commitmentOf(associated, plaintext.subarray(0, BLINDER_BYTES), plaintext.subarray(BLINDER_BYTES));
  plaintext.fill(0);
  return {
    $sealed: {
      cell,
      alg: 'A256GCM',
      nonce: nonce.toString('base64url'),
      text: text.toString('base64url'),
      commit,
      at,
    },
  };
}

/** Plaintexts are written here and erased in the same turn: sealing allocates nothing for them. */
const scratch = Buffer.allocUnsafeSlow(16_384);
const scratchFor = (length: number): Buffer =>
  length <= scratch.length ? scratch.subarray(0, length) : Buffer.allocUnsafeSlow(length);

export interface OpenedBox {
  readonly json: string;
  readonly value: unknown;
  /** With it the value can be shown to a third party and checked against its commitment. */
  readonly blinder: Buffer;
}

/** @returns undefined when the box is damaged, stands elsewhere than where it was sealed, or breaks its commitment */
export function openBox(key: KeyObject, sealed: Sealed<unknown>): OpenedBox | undefined {
  const { at, cell, nonce, text, commit } = sealed.$sealed;
  const nonceBytes = fromBase64url(nonce);
  const textBytes = fromBase64url(text);
  if (!nonceBytes || !textBytes || textBytes.byteLength < BLINDER_BYTES + TAG_BYTES) return undefined;
  const associated = associatedData(at, cell);
  let plaintext: Buffer;
  try {
    plaintext = decrypt(key, nonceBytes, textBytes, associated);
  } catch (error) {
    if (error instanceof AeadError) return undefined;
    throw error;
  }
  const blinder = Buffer.from(plaintext.subarray(0, BLINDER_BYTES));
  const jsonBytes = plaintext.subarray(BLINDER_BYTES);
  const computed = commitmentOf(associated, blinder, jsonBytes);
  const json = jsonBytes.toString('utf8');
  plaintext.fill(0);
  if (commit !== computed) return undefined;
  try {
    return { json, value: JSON.parse(json), blinder };
  } catch {
    return undefined;
  }
}

/** True for something shaped like a sealed value, with where it stood. Says nothing about whether it opens. */
export function isWellFormed(value: unknown): value is Sealed<unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const box = (value as { $sealed?: unknown }).$sealed as Partial<Record<string, unknown>> | null | undefined;
  if (typeof box !== 'object' || box === null) return false;
  const at = box.at as Partial<Record<keyof SealedAt, unknown>> | null | undefined;
  return (
    typeof box.cell === 'string' &&
    box.cell !== '' &&
    typeof box.alg === 'string' &&
    typeof at === 'object' &&
    at !== null &&
    typeof at.stream === 'string' &&
    typeof at.eventId === 'string' &&
    typeof at.type === 'string' &&
    typeof at.version === 'number' &&
    typeof at.path === 'string'
  );
}
