import { hash } from 'node:crypto';
import type { CellId, SealedAt } from '#kernel/sealed.js';

/**
 * The byte forms that encryption and commitment are computed over. They are part of the storage format: never changed,
 * a new form gets a new domain tag and a new algorithm id.
 */

const SEALED = 'temoin/sealed/1';
export const COMMITMENT = Buffer.from('temoin/commitment/1', 'utf8');

/** Writes a part at a place, preceded by its length in four bytes (big-endian). @returns where it ends */
export function putPart(out: Buffer, part: Uint8Array, offset: number): number {
  out.set(part, out.writeUInt32BE(part.byteLength, offset));
  return offset + 4 + part.byteLength;
}

/** Parts one after the other, each preceded by its length: no two lists give the same bytes. */
export function lengthPrefixed(parts: readonly Uint8Array[]): Buffer {
  let total = 0;
  for (const part of parts) total += 4 + part.byteLength;
  const out = Buffer.allocUnsafe(total);
  let offset = 0;
  for (const part of parts) offset = putPart(out, part, offset);
  return out;
}

/** The length of a short part, as text of four ASCII characters. */
const LENGTHS = Array.from({ length: 128 }, (_, length) => `\0\0\0${String.fromCharCode(length)}`);
const NOT_ASCII = '\u0080';

/**
 * Associated data of a sealed value: where it stands and under which cell. Sealing is on the hot path: what is all short ASCII,
 * as it always is but for a test or a forgery, is written as one text instead of fourteen pieces.
 */
export function associatedData(at: SealedAt, cell: CellId): Buffer {
  const text = associatedText(at, cell);
  const bytes = Buffer.from(text, 'utf8');
  return bytes.byteLength === text.length ? bytes : associatedParts(at, cell);
}

/** The same, written at a place that has room for it. @returns where it ends; undefined where nothing was, or not what was meant */
export function putAssociatedData(out: Buffer, at: SealedAt, cell: CellId, offset: number): number | undefined {
  const text = associatedText(at, cell);
  return out.write(text, offset, 'utf8') === text.length ? offset + text.length : undefined;
}

function associatedText({ stream, eventId, type, version, path }: SealedAt, cell: CellId): string {
  const number = String(version);
  return `${SEALED_PART}${lengthOf(stream)}${stream}${lengthOf(eventId)}${eventId}${lengthOf(type)}${type}${lengthOf(number)}${number}${lengthOf(path)}${path}${lengthOf(cell)}${cell}`;
}
const lengthOf = (part: string): string => LENGTHS[part.length] ?? NOT_ASCII;
const SEALED_PART = `${lengthOf(SEALED)}${SEALED}`;

const associatedParts = ({ stream, eventId, type, version, path }: SealedAt, cell: CellId): Buffer =>
  lengthPrefixed([SEALED, stream, eventId, type, String(version), path, cell].map((part) => Buffer.from(part, 'utf8')));

/** SHA-256, in base64url, over domain tag, associated data, blinder and the value's JSON. */
export function commitmentOf(associated: Uint8Array, blinder: Uint8Array, json: Uint8Array): string {
  const input = lengthPrefixed([COMMITMENT, associated, blinder, json]);
  const commitment = commitmentOver(input);
  input.fill(0);
  return commitment;
}

export const commitmentOver = (input: Uint8Array): string => hash('sha256', input, 'base64url');

/**
 * Checks a field that was disclosed to a third party against the commitment in the log. Needs no key.
 * @param disclosed.blinder the 32 bytes sealed with the value
 * @param disclosed.json the value exactly as `JSON.stringify` wrote it
 */
export function verifyCommitment(
  box: { readonly at: SealedAt; readonly cell: CellId; readonly commit: string },
  disclosed: { readonly blinder: Uint8Array; readonly json: string },
): boolean {
  if (disclosed.blinder.byteLength !== BLINDER_BYTES) return false;
  const associated = associatedData(box.at, box.cell);
  return commitmentOf(associated, disclosed.blinder, Buffer.from(disclosed.json)) === box.commit;
}

export const BLINDER_BYTES = 32;

/** Strict: the one spelling of the bytes, or undefined. Node's own decoder skips foreign characters and loose bits. */
export function fromBase64url(text: unknown): Buffer | undefined {
  if (typeof text !== 'string') return undefined;
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}
