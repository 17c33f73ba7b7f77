import type { Opened, Sealed } from '#kernel/sealed.js';

/** Opens sealed values. Each has one of three answers; an outage never looks like an erasure. */
export interface Opener {
  /** In the order given. Never throws for the state of a value: `unreadable` says what is wrong with it. */
  open(values: readonly Sealed<unknown>[]): Promise<readonly Opened<unknown>[]>;
}
