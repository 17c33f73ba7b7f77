import type { KeyObject } from 'node:crypto';

/**
 * Root keys wrap the keys of the cells. They have epochs, numbered from 1: rotation adds one, re-wraps the surviving
 * cells under it and removes the old one; from then on every older copy of the vault is dead.
 */
export interface RootKeys {
  /** The epoch that new wrappings use: the highest. */
  readonly current: number;
  /** The 256-bit key of an epoch; undefined when it was removed or never was. */
  key(epoch: number): KeyObject | undefined;
  /**
   * A secret of the installation that rotation leaves as it is: identifiers derive from it. Undefined where there is none
   * (a KMS that holds nothing but epochs); they derive from the current epoch then.
   */
  readonly installation?: KeyObject | undefined;
  /** Looks for epochs that came or went since. Absent where they never change. @throws RootKeyError */
  refresh?(): Promise<void>;
}

/** Where root keys come from: a file by default; a KMS decrypts them once, at start, in the same place. */
export interface RootKeySource {
  /** @throws RootKeyError whose message says what to do */
  load(): Promise<RootKeys>;
  /** Calls back when what is there may have changed; does not keep the process alive. @returns the end of the watch */
  watch?(changed: () => void): () => void;
}

export type RootKeyErrorCode =
  | 'root-key-missing'
  | 'root-key-mode'
  | 'root-key-owner'
  | 'root-key-damaged'
  | 'root-key-exists'
  | 'root-key-unreadable'
  /** A step of a rotation on a file that is not what the step before left. */
  | 'root-key-changed';

/** Known by its `code`. The message is a sentence for the person who starts the service, with the next step. */
export class RootKeyError extends Error {
  override readonly name = 'RootKeyError';
  constructor(
    readonly code: RootKeyErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
