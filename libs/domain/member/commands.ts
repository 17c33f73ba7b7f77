import type { Instant, LocalDate } from '#kernel/time.js';
import type { ContactChannel, MembershipStatus, RepresentativeCapacity, RestrictionGround } from './events.js';

export interface RegisterMember {
  readonly type: 'RegisterMember';
  readonly memberId: string;
  readonly membershipNumber: string;
  readonly name: string;
  readonly email?: string;
  readonly phone?: string;
  readonly postalAddress?: string;
  readonly status: MembershipStatus;
  readonly minor: boolean;
}

export interface CorrectMemberIdentity {
  readonly type: 'CorrectMemberIdentity';
  readonly memberId: string;
  /** Fields to change; at least one. */
  readonly membershipNumber?: string;
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly postalAddress?: string;
  readonly reason: 'typing-error' | 'change-of-situation' | 'member-request' | 'other';
}

export interface LapseMembership {
  readonly type: 'LapseMembership';
  readonly memberId: string;
  readonly on: LocalDate;
}

export interface RenewMembership {
  readonly type: 'RenewMembership';
  readonly memberId: string;
  readonly on: LocalDate;
}

export interface RecordRepresentative {
  readonly type: 'RecordRepresentative';
  readonly memberId: string;
  readonly representativeId: string;
  readonly capacity: RepresentativeCapacity;
  readonly name: string;
  /** Why this person may: judgment, mandate, presence at the member's side… */
  readonly basis: string;
}

export interface UnsubscribeFromService {
  readonly type: 'UnsubscribeFromService';
  readonly memberId: string;
  readonly at: Instant;
  readonly channel: ContactChannel;
}

export interface ResubscribeToService {
  readonly type: 'ResubscribeToService';
  readonly memberId: string;
  readonly at: Instant;
  readonly channel: ContactChannel;
}

export interface LeaveAssociation {
  readonly type: 'LeaveAssociation';
  readonly memberId: string;
  readonly on: LocalDate;
}

export interface RestrictProcessing {
  readonly type: 'RestrictProcessing';
  readonly memberId: string;
  readonly ground: RestrictionGround;
  /** The case in which the member asked for it. */
  readonly rightsId?: string;
}

/** Comes before the lifting (GDPR 18(3)). */
export interface AnnounceRestrictionLift {
  readonly type: 'AnnounceRestrictionLift';
  readonly memberId: string;
  readonly warnedAt: Instant;
  readonly channel: ContactChannel;
}

export interface LiftRestriction {
  readonly type: 'LiftRestriction';
  readonly memberId: string;
}

/** Outside any session: an answer to the notice of a new version. At a session the consent says it (10.1). */
export interface AcknowledgeCharter {
  readonly type: 'AcknowledgeCharter';
  readonly memberId: string;
  readonly charterVersionId: string;
  readonly at: Instant;
  readonly channel: ContactChannel;
}

export type MemberCommand =
  | RegisterMember
  | CorrectMemberIdentity
  | LapseMembership
  | RenewMembership
  | RecordRepresentative
  | UnsubscribeFromService
  | ResubscribeToService
  | LeaveAssociation
  | RestrictProcessing
  | AnnounceRestrictionLift
  | LiftRestriction
  | AcknowledgeCharter;
