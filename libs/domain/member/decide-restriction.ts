import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import { hasAnyRole } from '../shared/facts.js';
import { refuseFutureInstant } from '../shared/refusals.js';
import type { AnnounceRestrictionLift, LiftRestriction, RestrictProcessing } from './commands.js';
import { type MemberEvent, ProcessingRestricted, RestrictionLiftAnnounced, RestrictionLifted } from './events.js';
import type { MemberFacts } from './facts.js';
import { memberNotRestricted, restrictionLiftNotAnnounced, restrictionNeedsDirector } from './refusals.js';
import type { MemberState } from './state.js';

type Decision = readonly MemberEvent[] | Refusal;

/** Whoever decides on rights decides on this one; a decision that leaves something for a dispute brings it along (A14). */
const mayDecide = ({ actor, isDelegate }: MemberFacts): boolean =>
  isDelegate || actor.staffId === 'system' || hasAnyRole(actor, 'Director', 'President');

export function restrict(command: RestrictProcessing, state: MemberState, facts: MemberFacts): Decision {
  if (!mayDecide(facts)) return restrictionNeedsDirector();
  if (state.restriction) return [];
  const { memberId, ground, rightsId } = command;
  const about = rightsId === undefined ? {} : { rightsId };
  return [event(ProcessingRestricted, { memberId, ground, ...about, restrictedAt: facts.now })];
}

export function announceLift(command: AnnounceRestrictionLift, state: MemberState, facts: MemberFacts): Decision {
  if (!mayDecide(facts)) return restrictionNeedsDirector();
  const { restriction } = state;
  if (!restriction) return memberNotRestricted();
  const { memberId, warnedAt, channel } = command;
  if (restriction.warnedAt === warnedAt) return [];
  const future = refuseFutureInstant(warnedAt, facts.now, '/warnedAt');
  if (future) return future;
  // A warning older than the restriction was about another one.
  if (warnedAt < restriction.restrictedAt)
    return restrictionLiftNotAnnounced(undefined, [{ pointer: '/warnedAt', detail: 'avant la limitation' }]);
  return [event(RestrictionLiftAnnounced, { memberId, warnedAt, channel })];
}

/** The person is warned before, not after (GDPR 18(3)). */
export function liftRestriction({ memberId }: LiftRestriction, state: MemberState, facts: MemberFacts): Decision {
  if (!mayDecide(facts)) return restrictionNeedsDirector();
  const { restriction } = state;
  if (!restriction) return [];
  if (restriction.warnedAt === undefined) return restrictionLiftNotAnnounced();
  return [event(RestrictionLifted, { memberId, warnedAt: restriction.warnedAt, liftedAt: facts.now })];
}
