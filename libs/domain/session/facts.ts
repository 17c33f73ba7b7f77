import type { Instant } from '#kernel/time.js';
import type { CivilTime } from '../calendar/civil-time.js';
import type { CalendarState } from '../calendar/state.js';
import type { CharterState } from '../charter/state.js';
import type { CustodyState } from '../custody/state.js';
import type { BaseFacts } from '../shared/facts.js';
import type { AgreedSlot } from '../shared/service-rules.js';
import type { MemberStanding, TechnicianStanding } from '../shared/standing.js';

export interface PlannedAppointment {
  readonly technicianId: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly cancelled: boolean;
}

/** What a session needs to know of the request that it belongs to. */
export interface RequestStanding {
  readonly requestId: string;
  readonly memberId: string;
  /** Qualified, and neither declined nor closed. */
  readonly open: boolean;
  /** The scope's categories; empty before qualification. */
  readonly serviceCategories: readonly string[];
  readonly specialisedSoftware: string | undefined;
  readonly agreements: readonly AgreedSlot[];
  /** The appointment of this very session. */
  readonly appointment: PlannedAppointment | undefined;
}

export interface SessionFacts extends BaseFacts {
  readonly time: CivilTime;
  readonly charter: CharterState;
  readonly closures: CalendarState;
  /** Undefined: the session has no request, or there is none by that id. */
  readonly request: RequestStanding | undefined;
  /** The request's member, else the one that the command names; undefined: no such member. */
  readonly member: MemberStanding | undefined;
  /** The technician that the command names, else the session's; undefined: no such person. */
  readonly technician: TechnicianStanding | undefined;
  /** Other sessions of the member that took place on the day of this one (A3). */
  readonly otherSessionsThatDay: readonly string[];
  /** Working days that the association gives the lead for a comment on a deviation; left out: five. */
  readonly reviewDays?: number;
  /** Holds on the member's cells; given where a text is to be struck out. */
  readonly custody?: CustodyState;
}
