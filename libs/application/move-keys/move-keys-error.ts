export interface MoveKeysProgress {
  /**
   * `compare`: what an earlier move brought; `tombstones` and `keys`: brought now; `verify`: both read again; `answers`: asked of
   * the new vault before the old one is retired.
   */
  readonly phase: 'compare' | 'tombstones' | 'keys' | 'verify' | 'answers';
  /** Cells of this phase so far. */
  readonly cells: number;
}

/**
 * `other-keys`: the target holds what the source does not, or other wrappings of its keys. `differs`: what was written reads
 * back otherwise, or the source was changed meanwhile. `one-vault`: two addresses, one vault. `not-moved`: the new vault does not
 * answer for all that the old one holds.
 */
export class MoveKeysError extends Error {
  override readonly name = 'MoveKeysError';
  constructor(
    readonly code: 'other-keys' | 'differs' | 'one-vault' | 'not-moved',
    message: string,
  ) {
    super(message);
  }
}
