import { isWithinCell } from '#kernel/sealed.js';
import type { LocalDate } from '#kernel/time.js';
import type { StoreReadBack } from './commands.js';
import type { HoldGround } from './events.js';

export interface Hold {
  readonly holdId: string;
  readonly cells: readonly string[];
  readonly ground: HoldGround;
  readonly reviewOn: LocalDate;
  readonly outerBound: LocalDate;
  readonly released: boolean;
}

/** A destruction goes forward only: condemned, destroyed, read back, certified. */
export interface Destruction {
  readonly destructionId: string;
  /** Opaque id of the rights case, the retention run or the struck event. */
  readonly reference: string;
  readonly cells: readonly string[];
  readonly destroyed: boolean;
  readonly readBack: readonly StoreReadBack[] | undefined;
  readonly certificateId: string | undefined;
}

/** All that decides whether a cell of one member may be destroyed. */
export interface CustodyState {
  readonly holds: readonly Hold[];
  readonly destructions: readonly Destruction[];
}

export const initialCustody: CustodyState = { holds: [], destructions: [] };

/**
 * The hold that keeps a cell. A hold on a cell keeps what lies below it; and it keeps what lies above, because destroying
 * that would destroy the held cell with it.
 */
export const holdOn = (state: CustodyState, cell: string): Hold | undefined =>
  state.holds.find(
    (hold) => !hold.released && hold.cells.some((held) => isWithinCell(cell, held) || isWithinCell(held, cell)),
  );

/** True when the cell, or one above it, was condemned: nothing can keep it any more. */
export const isCondemned = (state: CustodyState, cell: string): boolean =>
  state.destructions.some((one) => one.cells.some((condemned) => isWithinCell(cell, condemned)));

export const destructionOf = (state: CustodyState, destructionId: string): Destruction | undefined =>
  state.destructions.find((one) => one.destructionId === destructionId);

/** Certified, and everything that was read back answered « erased »: a partial certificate ends nothing. */
export const isCertifiedWhole = ({ certificateId, readBack }: Destruction): boolean =>
  certificateId !== undefined && readBack !== undefined && isComplete(readBack);

/** Complete only when everything that was asked for answered « erased ». */
export const isComplete = (stores: readonly StoreReadBack[]): boolean =>
  stores.every((store) => store.present === 0 && store.unreadable === 0 && store.erased === store.values);
