import type { CellId } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';

/**
 * Wrapped keys and tombstones. The vault never sees a readable key: wrapping happens in `libs/vault` under a root key
 * that lives outside the vault's own files.
 */

/** A cell's key, encrypted under the root key of an epoch. */
export interface WrappedKey {
  readonly cell: CellId;
  readonly epoch: number;
  readonly wrapped: Uint8Array;
}

/** What is left of a destroyed cell: nothing can create it, or a cell below it, again. */
export interface Tombstone {
  readonly cell: CellId;
  readonly destroyedAt: Instant;
  /** Opaque reference to why: an event id, a retention run. Never personal data. */
  readonly proof: string;
}

export type CellRecord =
  | { readonly state: 'living'; readonly key: WrappedKey }
  | { readonly state: 'destroyed'; readonly tombstone: Tombstone };

export interface CellListing {
  readonly cell: CellId;
  readonly state: 'living' | 'destroyed';
}

/**
 * What a vault says of itself, beside its keys: `log`: whose keys these are, by the id of the log's first event; `retired`: when
 * its keys were moved elsewhere and discarded here; `probe`: written to see whether two addresses name one vault.
 */
export type VaultNote = 'log' | 'retired' | 'probe';

export interface KeyVault {
  /**
   * Stores each candidate unless its cell has a key or a tombstone already, itself or in a cell above it; answers what is
   * there now, in the order given. Atomic for each cell, across processes: all callers get one and the same key. On disk
   * before it answers.
   * @throws KeyVaultError `stale-epoch` a key would have to be made, and its epoch is one that {@link raiseEpoch} ended:
   *   it was not stored; wrap again under the present epoch
   */
  getOrCreate(candidates: readonly WrappedKey[]): Promise<readonly CellRecord[]>;

  /** What is there now; undefined where there is neither key nor tombstone (a fault, unless the cell was never made). */
  lookup(cells: readonly CellId[]): Promise<readonly (CellRecord | undefined)[]>;

  /**
   * Destroys a cell and every cell below it: fence first (tombstone), wrapped bytes overwritten next, both on disk before
   * it answers. A cell that never existed is fenced all the same. The first tombstone of a cell stays.
   * @returns one tombstone for the cell and one for every living cell below it that was destroyed by this call
   * @throws KeyVaultError `unavailable` fenced or not, and perhaps not overwritten yet: destroy again
   */
  destroy(cell: CellId, why: { readonly destroyedAt: Instant; readonly proof: string }): Promise<readonly Tombstone[]>;

  /** All cells of one data subject, those destroyed included, by cell id. */
  list(subject: string): Promise<readonly CellListing[]>;

  /**
   * Living cells not yet wrapped under `epoch`, for rotation; at most `limit`, by cell id after `after`. Fewer may come
   * although there are more; none come only when there are no more.
   */
  livingBefore(epoch: number, limit: number, after?: CellId): Promise<readonly WrappedKey[]>;

  /**
   * The first step of a rotation: from its answer on no process can store a key under an epoch before this one, so that a
   * scan that follows finds all there ever will be. Never goes back; repeating it changes nothing.
   */
  raiseEpoch(epoch: number): Promise<void>;

  /** Puts a new wrapping in the place of an old one; a cell destroyed or re-wrapped meanwhile is left alone. */
  rewrap(
    replacements: readonly { readonly cell: CellId; readonly fromEpoch: number; readonly key: WrappedKey }[],
  ): Promise<number>;

  /**
   * The last step of a rotation: writes the vault's files anew, so that none of them holds the bytes of a key that was
   * replaced or destroyed.
   * @throws KeyVaultError `unavailable` others keep old pages in use, or the disk is full: sweep again
   */
  sweep(): Promise<void>;

  /** A note as it is now; undefined where there is none. */
  note(name: VaultNote): Promise<string | undefined>;

  /**
   * Writes a short opaque text, never personal data. On disk before it answers; of several processes one is the first.
   * @param over `absent`: what was written before stays; `any`: it is written over
   * @returns what is written there now
   */
  writeNote(name: VaultNote, text: string, over: 'absent' | 'any'): Promise<string>;

  /**
   * Overwrites every wrapped key where it stands, of whatever epoch, then takes it away; on disk before it answers. Tombstones
   * and notes stay. Nothing keeps others from making new keys meanwhile: raise the epoch above all there are first.
   * @throws KeyVaultError `unavailable` perhaps only some were: discard again
   */
  discard(): Promise<void>;

  /** Every tombstone, oldest first. */
  tombstones(): AsyncIterable<Tombstone>;

  close(): Promise<void>;
}

/**
 * Known by its `code`. `invalid-cell`: a fault of the caller; `damaged`: restore a backup; `unavailable`: retry later;
 * `stale-epoch`: the root key was rotated, load it again.
 */
export class KeyVaultError extends Error {
  override readonly name = 'KeyVaultError';
  constructor(
    readonly code: 'unavailable' | 'closed' | 'damaged' | 'invalid-cell' | 'stale-epoch',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
