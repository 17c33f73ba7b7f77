/**
 * Something outside the program stands in the way of starting: a setting, a folder, a file's mode, another process.
 * The message says what is wrong and what to do, in English, for whoever runs it. Known by its `code`.
 */
export class SetupFault extends Error {
  override readonly name = 'SetupFault';
  constructor(
    readonly code: SetupFaultCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export type SetupFaultCode =
  /** A setting or an argument that cannot be understood. */
  | 'bad-setting'
  /** The data folder cannot be made, written or trusted. */
  | 'data-folder'
  /** A server that keeps a store: not reachable, wrong password, too old, another purpose. */
  | 'store'
  /** Asked of files what only their server can do. */
  | 'not-files'
  /** The views were built from another log than the one of the configuration. */
  | 'other-log'
  /** A simulated folder asked for as a real one, or the reverse. */
  | 'simulation-mismatch'
  /** Another service holds the folder. */
  | 'already-running'
  /** The root key is missing, damaged, or readable by others. */
  | 'root-key'
  /** The log holds sealed values, and the vault no key at all: the wrong one, or a lost one. */
  | 'keys-lost'
  /** The vault holds the keys of another log, or was retired. */
  | 'other-vault'
  /** The key that signs is missing, damaged, or readable by others. */
  | 'signing-key'
  /** The erasure ledger cannot be used where it is. */
  | 'erasure-ledger'
  /** The port is taken or may not be used. */
  | 'port'
  /** Nothing there yet, and the caller may not make it. */
  | 'no-installation'
  /** A restore was interrupted and has to be finished first. */
  | 'restore-unfinished'
  /** Another process works on the keys as a whole. */
  | 'keys-busy';
