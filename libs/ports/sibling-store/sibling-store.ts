import type { CellId } from '#kernel/sealed.js';

/**
 * A place beside the log, the views and the vault where something of a member may lie: exports, outgoing mail, webhook
 * queues, kept answers, logs of our own. The erasure empties it of the destroyed cells and asks what is left.
 */
export interface SiblingStore {
  /** As the certificate names it: `exports`, `outbox`. 1–60 characters of `a–z0-9-:`. */
  readonly name: string;
  /**
   * Removes everything that holds values of these cells or of cells below them. Again changes nothing.
   * @returns how many things were removed by this call
   * @throws anything when it cannot be done: the erasure is then partial, and done again later
   */
  forget(cells: readonly CellId[]): Promise<number>;
  /** How many things still hold such values. @throws when it cannot be told */
  count(cells: readonly CellId[]): Promise<number>;
}
