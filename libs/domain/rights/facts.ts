import type { CharterParameters } from '../charter/parameters.js';
import type { CustodyState } from '../custody/state.js';
import type { DeadlineCalendar } from '../deadlines/deadline.js';
import type { RepresentativeCapacity } from '../member/events.js';
import type { BaseFacts } from '../shared/facts.js';

export interface RightsFacts extends BaseFacts {
  readonly calendar: DeadlineCalendar;
  /** Of the charter version in force; clocks of the law do not read it, those of the charter do. */
  readonly parameters: CharterParameters;
  readonly memberKnown: boolean;
  readonly minor?: boolean;
  /** In what capacity the representative that the command names may act; undefined: recorded with the member by nobody. */
  readonly representativeCapacity?: RepresentativeCapacity | undefined;
  /** Holds and destructions of the member's cells. */
  readonly custody: CustodyState;
  /** Living cells of the member, those that stand for themselves in the grid: identity, sessions, cases. */
  readonly cells: readonly string[];
  /** Cells of the member's sessions that are running now. */
  readonly runningCells: readonly string[];
  /** Lines of a grid that one event may list. */
  readonly mostLines: number;
  /** The actor is the Director's delegate today. */
  readonly isDelegate: boolean;
}
