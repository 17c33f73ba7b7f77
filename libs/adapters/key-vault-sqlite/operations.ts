import type { Tombstone } from '#ports/key-vault/key-vault.js';

/** What the vault asks of its worker. Wrapped keys travel beside, in the order of the cells. */

export type CreateArgument = readonly (readonly [cell: string, epoch: number])[];
export type DestroyArgument = readonly [cell: string, destroyedAt: string, proof: string];
export type LivingArgument = readonly [epoch: number, limit: number, after: string];
export type RewrapArgument = readonly (readonly [cell: string, fromEpoch: number, epoch: number])[];
export type NoteArgument = readonly [name: string, text: string, over: 'absent' | 'any'];
export type TombstonesArgument = readonly [after: number, limit: number];

/** An epoch: living, its key is the next blob. `stale-epoch`: not there, and not made, its epoch is over. */
export type FoundCell = number | Tombstone | 'stale-epoch' | undefined;

export interface TombstonePage {
  readonly tombstones: readonly Tombstone[];
  /** Undefined on the last page. */
  readonly next: number | undefined;
}
