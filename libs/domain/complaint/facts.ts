import type { Instant } from '#kernel/time.js';
import type { CharterParameters } from '../charter/parameters.js';
import type { ClockSettings } from '../deadlines/clocks.js';
import type { DeadlineCalendar } from '../deadlines/deadline.js';
import type { RepresentativeCapacity } from '../member/events.js';
import type { BaseFacts } from '../shared/facts.js';

/** A session that a complaint names, as its own stream tells it. */
export interface SessionConcerned {
  readonly sessionId: string;
  /** Undefined: no such session. */
  readonly memberId: string | undefined;
  readonly requestId: string | undefined;
  readonly technicianId: string | undefined;
  readonly endedAt: Instant | undefined;
  /** Of the version that the session is judged by. */
  readonly parameters: CharterParameters;
}

export interface ComplaintFacts extends BaseFacts {
  readonly calendar: DeadlineCalendar;
  /** Of the charter version in force. */
  readonly parameters: CharterParameters;
  /** What the association has set itself today; what was told before keeps its end. */
  readonly settings: ClockSettings;
  /** Whose complaint it is: the member that the command names, else the one of its sessions. */
  readonly memberId: string | undefined;
  readonly memberKnown: boolean;
  /** The member's identity was erased: it must be given anew. */
  readonly memberErased: boolean;
  readonly minor: boolean;
  /** In what capacity the representative that the command names may act; undefined: recorded with the member by nobody. */
  readonly representativeCapacity: RepresentativeCapacity | undefined;
  /** Those that the command names, in its order. */
  readonly sessions: readonly SessionConcerned[];
  /** Of the staff that the command names: who is registered. */
  readonly knownStaff: readonly string[];
  /** Of the staff that the command names or who ran a session: who is Director today. */
  readonly directors: readonly string[];
  /** The association has a mediator today: final answers carry the contact. */
  readonly mediatorRecorded?: boolean;
  /** Type of an event of a session's journal; undefined when there is none by that id. */
  readonly eventType: (sessionId: string, eventId: string) => string | undefined;
}
