import { never } from '#kernel/decider.js';
import type { KeepGround } from '../custody/events.js';
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
      destructions: 0,
      keepsForClaims: false,
      answered: false,
      ended: undefined,
    };
  }
  return state && { ...state, ...change(state, event) };
}

function change(
  state: RightsCase,
  event: Exclude<SealedRightsEvent, { readonly type: 'RightsRequestReceived' }>,
): Partial<RightsCase> {
  switch (event.type) {
    case 'DataErasureRequested':
      return {};
    case 'IdentityChecked':
      return { identityChecked: true };
    case 'RightsRequestExtended':
      return { extended: true, dueOn: event.data.dueOn };
    case 'RightsDecisionPartMade':
      return withLines(state, event.data);
    case 'RightsDecisionMade':
      return { decision: event.data.decision, ...withLines(state, event.data) };
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

interface Lines {
  readonly erase: readonly string[];
  readonly keep: readonly { readonly ground: KeepGround }[];
}

const withLines = (state: RightsCase, { erase, keep }: Lines): Partial<RightsCase> => ({
  erase: [...state.erase, ...erase],
  destructions: state.destructions + (erase.length > 0 ? 1 : 0),
  keepsForClaims: state.keepsForClaims || keep.some(({ ground }) => ground === 'legal-claim'),
});
