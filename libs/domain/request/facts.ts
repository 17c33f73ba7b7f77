import type { CivilTime } from '../calendar/civil-time.js';
import type { CalendarState } from '../calendar/state.js';
import type { CharterState } from '../charter/state.js';
import type { CustodyState } from '../custody/state.js';
import type { BaseFacts } from '../shared/facts.js';
import type { MemberStanding, TechnicianStanding } from '../shared/standing.js';

export interface RequestFacts extends BaseFacts {
  readonly time: CivilTime;
  readonly charter: CharterState;
  readonly closures: CalendarState;
  /** Undefined: no such member. */
  readonly member: MemberStanding | undefined;
  /** The one that the command names, or that the appointment to move has; undefined: no such person. */
  readonly technician: TechnicianStanding | undefined;
  /** Sessions of the member that took place or are booked on the day of the slot, those of this request left out (A3). */
  readonly otherSessionsThatDay: readonly string[];
  /** The session of the appointment that the command names has started or is over. */
  readonly sessionBegun: boolean;
  /** Holds on the member's cells; given where a text is to be struck out. */
  readonly custody?: CustodyState;
}
