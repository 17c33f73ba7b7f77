import type { Instant } from './time.js';

declare const cellBrand: unique symbol;
/**
 * A key cell: one data subject × one purpose, hierarchical with `/`.
 * `<subject>/identity`, `<subject>/session:<id>`, and below it `<subject>/session:<id>/<event id>.<field>`.
 * Destroying a cell destroys every cell below it; destroying `<subject>` destroys them all.
 */
export type CellId = string & { readonly [cellBrand]: true };

/** A cell, then each cell above it, up to the subject itself: the cells whose destruction kills this one. */
export function cellAndAncestors(cell: CellId): readonly CellId[] {
  const parts = cell.split('/');
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('/') as CellId);
}

/** True when `cell` is `root` or lies below it. */
export const isWithinCell = (cell: string, root: string): boolean => cell === root || cell.startsWith(`${root}/`);

/** Where a value was sealed. It is the associated data of the encryption: moved elsewhere, the value does not open. */
export interface SealedAt {
  readonly stream: string;
  readonly eventId: string;
  readonly type: string;
  readonly version: number;
  /** Name of the field in the event's data. */
  readonly path: string;
}

/** The stored form of a personal value. Binary parts are base64url without padding. */
export interface SealedBox {
  readonly cell: CellId;
  /** Algorithm id. `A256GCM`: AES-256-GCM, 96-bit nonce, 128-bit tag (NIST SP 800-38D). */
  readonly alg: 'A256GCM';
  readonly nonce: string;
  /** Ciphertext followed by the 16-byte tag; the plaintext is a 32-byte blinder followed by the value's JSON. */
  readonly text: string;
  /** SHA-256 over domain tag, associated data, blinder and JSON: shows one field to a third party without a key. */
  readonly commit: string;
}

declare const sealedBrand: unique symbol;
/** A personal value of type T that code may carry, compare by identity and store, but not read. */
export interface Sealed<T> {
  readonly [sealedBrand]?: T;
  readonly $sealed: SealedBox & { readonly at: SealedAt };
}

/** What opening a sealed value answers: three ways, never two. An outage is never shown as a lawful erasure. */
export type Opened<T> =
  | { readonly state: 'present'; readonly value: T }
  | { readonly state: 'erased'; readonly erasedAt: Instant; readonly proof: string }
  | { readonly state: 'unreadable'; readonly fault: UnreadableFault };

/**
 * `key-missing`: neither key nor tombstone; `vault-unavailable`: could not ask; `damaged`: key there, value does not open;
 * `erasures-unverified`: nothing is opened because the erasure ledger does not say what must be dead.
 */
export type UnreadableFault =
  | 'key-missing'
  | 'vault-unavailable'
  | 'damaged'
  | 'unknown-algorithm'
  | 'erasures-unverified';

export function isSealed(value: unknown): value is Sealed<unknown> {
  return typeof value === 'object' && value !== null && '$sealed' in value;
}
