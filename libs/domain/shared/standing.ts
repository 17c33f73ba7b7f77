import type { Instant, LocalDate } from '#kernel/time.js';

/**
 * What requests and sessions need to know of a member, read from the member's own stream. An aggregate never sees
 * another one's state; these are the questions that it may ask.
 */
export interface MemberStanding {
  readonly memberId: string;
  readonly status: 'active' | 'lapsed';
  readonly minor: boolean;
  readonly unsubscribed: boolean;
  /** Is the member out of the association on that day? */
  hasLeft(day: LocalDate): boolean;
  /** A consent given then was made void by unsubscribing later (3.1 c), at that other moment at the latest if one is given. */
  voidsConsentOf(givenAt: Instant, until?: Instant): boolean;
  /** Undefined: nobody by that id may consent for the member (A15). */
  capacityOf(representativeId: string): 'guardian' | 'spouse' | 'helper' | undefined;
}

/** What they need to know of a technician. */
export interface TechnicianStanding {
  readonly staffId: string;
  isAuthorisedOn(day: LocalDate): boolean;
  hasUndertakingOn(day: LocalDate): boolean;
  isSkilledIn(software: string): boolean;
}
