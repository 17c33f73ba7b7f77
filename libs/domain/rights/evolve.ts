import { never } from '#kernel/decider.js';
import type { SealedRightsEvent } from './events.js';
import type { RightsCase, RightsState } from './state.js';

export function evolve(state: RightsState, event: SealedRightsEvent): RightsState {
  if (event.type === 'RightsRequestReceived') {
    const { rightsId, memberId, kind, receivedAt, concernsDirector, dueOn } = event.data;
    return {
      rightsId,
      memberId,
      kind,
      receivedAt,
      concernsDirector,
      dueOn,
      extended: false,
      identityChecked: false,
      decision: undefined,
      erase: [],
      keepsForClaims: false,
      answered: false,
      ended: undefined,
    };
  }
  return state && { ...state, ...change(event) };
}

function change(event: Exclude<SealedRightsEvent, { readonly type: 'RightsRequestReceived' }>): Partial<RightsCase> {
  switch (event.type) {
    case 'DataErasureRequested':
      return {};
    case 'IdentityChecked':
      return { identityChecked: true };
    case 'RightsRequestExtended':
      return { extended: true, dueOn: event.data.dueOn };
    case 'RightsDecisionMade': {
      const { decision, erase, keep } = event.data;
      return { decision, erase, keepsForClaims: keep.some(({ ground }) => ground === 'legal-claim') };
    }
    case 'RightsAnswerSent':
      return { answered: true };
    case 'RightsRequestWithdrawn':
      return { ended: 'withdrawn' };
    case 'RightsRequestClosed':
      return { ended: 'closed' };
    default:
      return never(event);
  }
}
