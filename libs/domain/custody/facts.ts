import type { CivilTime } from '../calendar/civil-time.js';
import type { BaseFacts } from '../shared/facts.js';

export interface CustodyFacts extends BaseFacts {
  readonly time: CivilTime;
  /** Cells of sessions of this member that are running now. */
  readonly runningCells: readonly string[];
  /** Living cells of the member, those of single texts included; asked for a hold only. */
  readonly livingCells: readonly string[];
}
