import type { KeyObject } from 'node:crypto';
import type { CellId, Sealed, SealedAt } from '#kernel/sealed.js';
import { AeadError, decrypt, encrypt, NONCE_BYTES, TAG_BYTES } from './aead.js';
import {
  associatedData,
  BLINDER_BYTES,
  COMMITMENT,
  commitmentOf,
  commitmentOver,
  fromBase64url,
  putPart,
} from './canonical.js';
import { fillRandom, pooledRandom } from './random.js';

/**
 * Seals one value under a cell's key. Fresh nonce and fresh blinder every time: sealing the same value twice never gives
 * the same box.
 */
export function sealBox(key: KeyObject, at: SealedAt, cell: CellId, value: unknown): Sealed<unknown> {
  const json = JSON.stringify(value);
  if (json === undefined) throw new TypeError(`${at.type}.${at.path} is no JSON value`);
  const associated = associatedData(at, cell);
  const blinderAt = 4 + COMMITMENT.byteLength + 4 + associated.byteLength + 4;
  const jsonAt = blinderAt + BLINDER_BYTES + 4;
  const desk = deskFor(jsonAt + 3 * json.length);
  // what is committed to, written where it is hashed: `commitmentOf` without its copies
  desk.writeUInt32BE(BLINDER_BYTES, putPart(desk, associated, putPart(desk, COMMITMENT, 0)));
  fillRandom(desk.subarray(blinderAt), BLINDER_BYTES);
  const end = jsonAt + desk.write(json, jsonAt, 'utf8');
  desk.writeUInt32BE(end - jsonAt, jsonAt - 4);
  const commit = commitmentOver(desk.subarray(0, end));
  // what is encrypted is the blinder and, right behind it, the JSON
  desk.copyWithin(jsonAt - 4, jsonAt, end);
  const plaintext = desk.subarray(blinderAt, end - 4);
  const text = encrypt(key, pooledRandom(NONCE_BYTES), plaintext, associated).toString('base64url');
  desk.fill(0, blinderAt, end);
  return {
    $sealed: {
      cell,
      alg: 'A256GCM',
      nonce: text.slice(0, NONCE_LETTERS),
      text: text.slice(NONCE_LETTERS),
      commit,
      at,
    },
  };
}

/** Twelve bytes fill their sixteen letters: what follows is spelled as if it stood alone. */
const NONCE_LETTERS = 16;

/** Plaintexts are written here and erased in the same turn: sealing allocates nothing for them. */
const usualDesk = Buffer.allocUnsafeSlow(16_384);
const deskFor = (length: number): Buffer => (length <= usualDesk.length ? usualDesk : Buffer.allocUnsafeSlow(length));

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
