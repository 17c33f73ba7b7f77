import type { CellId, Sealed, SealedAt } from '#kernel/sealed.js';
import type { CellListing, Tombstone } from '#ports/key-vault/key-vault.js';
import type { Opener } from '#ports/opener/opener.js';

/** One value to seal: where it will stand, under which cell, and what it is (any JSON value). */
export interface SealRequest {
  readonly at: SealedAt;
  readonly cell: CellId;
  readonly value: unknown;
}

export type SealResult =
  | { readonly outcome: 'sealed'; readonly sealed: Sealed<unknown> }
  /** The cell, or one above it, was destroyed: nothing can be sealed there any more. */
  | { readonly outcome: 'erased'; readonly tombstone: Tombstone };

/** Seals, opens and destroys. The only thing in the process that holds keys in the clear. */
export interface Vault extends Opener {
  /**
   * In the order given. Keys are on disk before it answers, so that no event is ever stored without its key.
   * @throws KeyVaultError `unavailable` | `closed` | `damaged`
   */
  seal(requests: readonly SealRequest[]): Promise<readonly SealResult[]>;

  /**
   * Destroys a cell and every cell below it, for ever: fence, bytes, then caches and listeners.
   * @param why.proof opaque reference (an event id, a retention run); never personal data
   */
  destroy(
    cell: CellId,
    why: { readonly destroyedAt: Tombstone['destroyedAt']; readonly proof: string },
  ): Promise<readonly Tombstone[]>;

  /**
   * Calls back with each tombstone, once, as soon as this process knows of it: what was opened under that cell, or below
   * it, must be forgotten (search indexes, caches). Cells destroyed by another process are noticed when next asked for.
   * @returns the function that ends the listening
   */
  onDestroyed(listener: (tombstone: Tombstone) => void): () => void;

  /**
   * Looks whether these cells were destroyed, by whatever process; drops keys and tells listeners where they were.
   * @throws KeyVaultError `unavailable`: not known
   */
  notice(cells: readonly CellId[]): Promise<void>;

  /** All cells of one data subject, those destroyed included. */
  list(subject: string): Promise<readonly CellListing[]>;
}
