import type { KeyObject } from 'node:crypto';
import type { CellId, Sealed, SealedAt } from '#kernel/sealed.js';
import { AeadError, decrypt, encryptInto, NONCE_BYTES, TAG_BYTES } from './aead.js';
import {
  associatedData,
  BLINDER_BYTES,
  COMMITMENT,
  commitmentOf,
  commitmentOver,
  fromBase64url,
  putAssociatedData,
  putPart,
} from './canonical.js';
import { fillRandom } from './random.js';

/**
 * Seals one value under a cell's key. Fresh nonce and fresh blinder every time: sealing the same value twice never gives
 * the same box.
 */
export function sealBox(key: KeyObject, at: SealedAt, cell: CellId, value: unknown): Sealed<unknown> {
  const json = JSON.stringify(value);
  if (json === undefined) throw new TypeError(`${at.type}.${at.path} is no JSON value`);
  const { desk, associatedEnd } = placeOnDesk(at, cell, BLINDER_BYTES + 8 + 3 * json.length);
  // what is committed to, written where it is hashed: `commitmentOf` without its copies
  const blinderAt = desk.writeUInt32BE(BLINDER_BYTES, associatedEnd);
  const jsonAt = blinderAt + BLINDER_BYTES + 4;
  fillRandom(desk, blinderAt, BLINDER_BYTES);
  const end = jsonAt + desk.write(json, jsonAt, 'utf8');
  desk.writeUInt32BE(end - jsonAt, jsonAt - 4);
  const commit = commitmentOver(desk.subarray(0, end));
  // what is encrypted is the blinder and, right behind it, the JSON
  desk.copyWithin(jsonAt - 4, jsonAt, end);
  const tray = end <= DESK_BYTES ? usualTray : Buffer.allocUnsafeSlow(NONCE_BYTES + end + TAG_BYTES);
  fillRandom(tray, 0, NONCE_BYTES);
  const plaintext = desk.subarray(blinderAt, end - 4);
  const associated = desk.subarray(ASSOCIATED_AT, associatedEnd);
  const textEnd = encryptInto(tray, key, tray.subarray(0, NONCE_BYTES), plaintext, associated);
  desk.fill(0, blinderAt, end);
  return {
    $sealed: {
      cell,
      alg: 'A256GCM',
      nonce: tray.toString('base64url', 0, NONCE_BYTES),
      text: tray.toString('base64url', NONCE_BYTES, textEnd),
      commit,
      at,
    },
  };
}

/**
 * Plaintexts are written here and erased in the same turn, ciphertexts there: sealing allocates nothing for them. Every
 * desk begins with what every commitment begins with.
 */
const DESK_BYTES = 16_384;
const ASSOCIATED_AT = 4 + COMMITMENT.byteLength + 4;
const madeDesk = (bytes: number): Buffer => {
  const desk = Buffer.allocUnsafeSlow(bytes);
  putPart(desk, COMMITMENT, 0);
  return desk;
};
const usualDesk = madeDesk(DESK_BYTES);
const usualTray = Buffer.allocUnsafeSlow(NONCE_BYTES + DESK_BYTES + TAG_BYTES);
/** Longest usual place, in bytes. */
const PLACE_BYTES = 1024;

/** A desk with the place written on it, and room for so many bytes behind. */
function placeOnDesk(
  at: SealedAt,
  cell: CellId,
  behind: number,
): { readonly desk: Buffer; readonly associatedEnd: number } {
  let desk =
    ASSOCIATED_AT + PLACE_BYTES + behind <= DESK_BYTES ? usualDesk : madeDesk(ASSOCIATED_AT + PLACE_BYTES + behind);
  let associatedEnd = putAssociatedData(desk, at, cell, ASSOCIATED_AT);
  if (associatedEnd === undefined || associatedEnd > ASSOCIATED_AT + PLACE_BYTES) {
    const associated = associatedData(at, cell);
    desk = madeDesk(ASSOCIATED_AT + associated.byteLength + behind);
    desk.set(associated, ASSOCIATED_AT);
    associatedEnd = ASSOCIATED_AT + associated.byteLength;
  }
  desk.writeUInt32BE(associatedEnd - ASSOCIATED_AT, ASSOCIATED_AT - 4);
  return { desk, associatedEnd };
}

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
