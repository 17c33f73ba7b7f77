import { never } from '#kernel/decider.js';
import type { SealedMemberEvent } from './events.js';
import type { MemberState } from './state.js';

export function evolve(state: MemberState, event: SealedMemberEvent): MemberState {
  switch (event.type) {
    case 'MemberRegistered': {
      const { memberId, status, minor } = event.data;
      return { ...state, registered: true, memberId, status, minor };
    }
    case 'MemberIdentityCorrected':
      return state;
    case 'MembershipLapsed':
      return { ...state, status: 'lapsed' };
    case 'MembershipRenewed':
      return { ...state, status: 'active', leftOn: undefined };
    case 'RepresentativeRecorded': {
      const { representativeId, capacity } = event.data;
      return { ...state, representatives: [...state.representatives, { representativeId, capacity }] };
    }
    case 'ServiceUnsubscribed':
      return { ...state, unsubscribed: true, unsubscribedAt: event.data.at };
    case 'ServiceResubscribed':
      return { ...state, unsubscribed: false };
    case 'MemberLeft':
      return { ...state, status: 'lapsed', leftOn: event.data.on };
    case 'ProcessingRestricted':
      return { ...state, restriction: { restrictedAt: event.data.restrictedAt, warnedAt: undefined } };
    case 'RestrictionLiftAnnounced': {
      const { warnedAt } = event.data;
      return { ...state, restriction: state.restriction && { ...state.restriction, warnedAt } };
    }
    case 'RestrictionLifted':
      return { ...state, restriction: undefined };
    case 'CharterReacknowledged':
      return { ...state, acknowledged: [...state.acknowledged, event.data.charterVersionId] };
    default:
      return never(event);
  }
}
