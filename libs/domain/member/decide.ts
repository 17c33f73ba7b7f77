import { never } from '#kernel/decider.js';
import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import type { LocalDate } from '#kernel/time.js';
import { refuseFutureInstant } from '../shared/refusals.js';
import type { AcknowledgeCharter, MemberCommand, ResubscribeToService, UnsubscribeFromService } from './commands.js';
import { correct, recordRepresentative, register } from './decide-identity.js';
import { announceLift, liftRestriction, restrict } from './decide-restriction.js';
import {
  CharterReacknowledged,
  type MemberEvent,
  MemberLeft,
  MembershipLapsed,
  MembershipRenewed,
  ServiceResubscribed,
  ServiceUnsubscribed,
} from './events.js';
import type { MemberFacts } from './facts.js';
import { charterNotPublished, memberHasLeft, memberUnknown } from './refusals.js';
import type { MemberState } from './state.js';

/** Unsubscribing, leaving and erasure are three different commands (A17); the last is decided elsewhere. */
export function decide(
  command: MemberCommand,
  state: MemberState,
  facts: MemberFacts,
): readonly MemberEvent[] | Refusal {
  if (command.type === 'RegisterMember') return register(command, state);
  if (!state.registered) return memberUnknown();
  switch (command.type) {
    case 'CorrectMemberIdentity':
      return correct(command);
    case 'LapseMembership':
      return state.status === 'lapsed' ? [] : [event(MembershipLapsed, on(command))];
    case 'RenewMembership':
      return state.status === 'active' ? [] : [event(MembershipRenewed, on(command))];
    case 'RecordRepresentative':
      return state.leftOn === undefined ? recordRepresentative(command, state) : memberHasLeft();
    case 'UnsubscribeFromService':
      return unsubscribe(command, state, facts);
    case 'ResubscribeToService':
      return resubscribe(command, state, facts);
    case 'LeaveAssociation':
      return state.leftOn === undefined ? [event(MemberLeft, on(command))] : [];
    case 'RestrictProcessing':
      return restrict(command, state, facts);
    case 'AnnounceRestrictionLift':
      return announceLift(command, state, facts);
    case 'LiftRestriction':
      return liftRestriction(command, state, facts);
    case 'AcknowledgeCharter':
      return acknowledge(command, state, facts);
    default:
      return never(command);
  }
}

const on = ({ memberId, on }: { readonly memberId: string; readonly on: LocalDate }) => ({ memberId, on });

/** Needs no reason and no state: whoever is on record may stop at any moment (3.1 c). */
function unsubscribe({ memberId, at, channel }: UnsubscribeFromService, state: MemberState, facts: MemberFacts) {
  if (state.unsubscribed) return [];
  return refuseFutureInstant(at, facts.now, '/at') ?? [event(ServiceUnsubscribed, { memberId, at, channel })];
}

function resubscribe({ memberId, at, channel }: ResubscribeToService, state: MemberState, facts: MemberFacts) {
  if (!state.unsubscribed) return [];
  if (state.leftOn !== undefined) return memberHasLeft();
  return refuseFutureInstant(at, facts.now, '/at') ?? [event(ServiceResubscribed, { memberId, at, channel })];
}

/** Any version that was published, also one to come or one replaced since: it is what the member said (10.2). */
function acknowledge(command: AcknowledgeCharter, state: MemberState, facts: MemberFacts) {
  const { type: _, ...said } = command;
  if (state.acknowledged.includes(said.charterVersionId)) return [];
  if (!facts.charterPublished)
    return charterNotPublished(undefined, [{ pointer: '/charterVersionId', detail: 'inconnue' }]);
  return refuseFutureInstant(said.at, facts.now, '/at') ?? [event(CharterReacknowledged, said)];
}
