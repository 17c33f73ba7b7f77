export interface CopyProgress {
  /** `compare`: what an earlier copy brought; `copy`: new there; `verify`: both read again from the start. */
  readonly phase: 'compare' | 'copy' | 'verify';
  /** Events of this phase so far. */
  readonly events: number;
}

/** `other-events`: the target's log is not the beginning of the source's. `differs`: what was written reads back otherwise. */
export class CopyError extends Error {
  override readonly name = 'CopyError';
  constructor(
    readonly code: 'other-events' | 'differs',
    message: string,
  ) {
    super(message);
  }
}
