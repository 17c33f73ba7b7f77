export interface MoveKeysProgress {
  /** `compare`: what an earlier move brought; `tombstones` and `keys`: brought now; `verify`: both read again. */
  readonly phase: 'compare' | 'tombstones' | 'keys' | 'verify';
  /** Cells of this phase so far. */
  readonly cells: number;
}

/**
 * `other-keys`: the target holds what the source does not, or other wrappings of its keys. `differs`: what was written reads
 * back otherwise, or the source was changed meanwhile.
 */
export class MoveKeysError extends Error {
  override readonly name = 'MoveKeysError';
  constructor(
    readonly code: 'other-keys' | 'differs',
    message: string,
  ) {
    super(message);
  }
}
