import type { Instant, LocalDate } from '#kernel/time.js';
import type { MembershipStatus, RepresentativeCapacity } from './events.js';

export interface Representative {
  readonly representativeId: string;
  readonly capacity: RepresentativeCapacity;
}

export interface MemberState {
  readonly registered: boolean;
  readonly memberId: string | undefined;
  readonly status: MembershipStatus;
  readonly minor: boolean;
  readonly representatives: readonly Representative[];
  readonly unsubscribed: boolean;
  /** Last time the member unsubscribed, kept after resubscribing: consents given before it are void (3.1 c). */
  readonly unsubscribedAt: Instant | undefined;
  /** First day outside the association. */
  readonly leftOn: LocalDate | undefined;
  /** Versions of the charter that the member accepted outside any session. */
  readonly acknowledged: readonly string[];
  /** Kept, not used (GDPR 18). */
  readonly restriction: { readonly restrictedAt: Instant; readonly warnedAt: Instant | undefined } | undefined;
}

export const initialMember: MemberState = {
  registered: false,
  memberId: undefined,
  status: 'active',
  minor: false,
  representatives: [],
  unsubscribed: false,
  unsubscribedAt: undefined,
  leftOn: undefined,
  acknowledged: [],
  restriction: undefined,
};

/** A consent given at that moment was voided by a later unsubscription (3.1 c), by `until` where that is given. */
export const isConsentVoided = ({ unsubscribedAt }: MemberState, givenAt: Instant, until?: Instant): boolean =>
  unsubscribedAt !== undefined && givenAt <= unsubscribedAt && (until === undefined || unsubscribedAt <= until);

/** Someone who may consent for the member, by id. */
export const findRepresentative = (state: MemberState, representativeId: string): Representative | undefined =>
  state.representatives.find((one) => one.representativeId === representativeId);
