import { never } from '#kernel/decider.js';
import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import { isCertifiedWhole } from '../custody/state.js';
import { clockRule } from '../deadlines/clocks.js';
import { deadline } from '../deadlines/deadline.js';
import { lintFields } from '../lint/lint-fields.js';
import { refuseFutureInstant } from '../shared/refusals.js';
import type { ReceiveRightsRequest, RightsCommand, SendRightsAnswer } from './commands.js';
import { decideCase, extend } from './decide-case.js';
import {
  DataErasureRequested,
  IdentityChecked,
  RightsAnswerSent,
  type RightsEvent,
  RightsRequestClosed,
  RightsRequestReceived,
  RightsRequestWithdrawn,
} from './events.js';
import type { RightsFacts } from './facts.js';
import {
  answerMissing,
  decidedAlready,
  decisionMissing,
  erasureUnfinished,
  rightsEnded,
  rightsExists,
  rightsOfUnknownMember,
  rightsRepresentativeUnknown,
  rightsUnknown,
} from './refusals.js';
import type { RightsCase, RightsState } from './state.js';

type Decision = readonly RightsEvent[] | Refusal;

export function decide(command: RightsCommand, state: RightsState, facts: RightsFacts): Decision {
  if (command.type === 'ReceiveRightsRequest') return receive(command, state, facts);
  if (!state) return rightsUnknown();
  if (command.type === 'CloseRightsRequest') return close(state, facts);
  if (command.type === 'WithdrawRightsRequest') return withdraw(state, facts);
  if (state.ended) return rightsEnded();
  const { rightsId, memberId } = state;
  switch (command.type) {
    case 'CheckIdentity':
      if (state.identityChecked) return [];
      return [event(IdentityChecked, { rightsId, memberId, method: command.method, checkedAt: facts.now })];
    case 'ExtendRightsRequest':
      return extend(command, state, facts);
    case 'DecideRightsRequest':
      return decideCase(command, state, facts);
    case 'SendRightsAnswer':
      return answer(command, state, facts);
    default:
      return never(command);
  }
}

function receive(command: ReceiveRightsRequest, state: RightsState, facts: RightsFacts): Decision {
  const { rightsId, memberId, kind, channel, receivedAt, concernsDirector, details, representativeId } = command;
  if (state) return state.memberId === memberId && state.kind === kind ? [] : rightsExists();
  if (!facts.memberKnown) return rightsOfUnknownMember();
  const future = refuseFutureInstant(receivedAt, facts.now, '/receivedAt');
  if (future) return future;
  const { refusal } = lintFields({ '/details': details });
  if (refusal) return refusal;
  const { representativeCapacity: capacity, minor = false } = facts;
  if (representativeId !== undefined && capacity === undefined)
    return rightsRepresentativeUnknown(undefined, [{ pointer: '/representativeId', detail: 'inconnu' }]);
  const { lastDay } = deadline(clockRule('rights-answer', facts.parameters), receivedAt, facts.calendar);
  if (lastDay === undefined) throw new TypeError('a clock in months has a last day');
  const received = event(RightsRequestReceived, {
    rightsId,
    memberId,
    kind,
    channel,
    receivedAt,
    concernsDirector,
    ...(details === undefined ? {} : { details }),
    ...(representativeId === undefined || capacity === undefined ? {} : { representativeId, capacity }),
    ...(minor && capacity !== 'guardian' ? { minorAlone: true } : {}),
    dueOn: lastDay,
  });
  return kind === 'erasure'
    ? [received, event(DataErasureRequested, { rightsId, memberId, channel, requestedAt: receivedAt })]
    : [received];
}

function answer(command: SendRightsAnswer, state: RightsCase, facts: RightsFacts): Decision {
  if (state.decision === undefined) return decisionMissing();
  if (state.answered) return [];
  const { rightsId, memberId } = state;
  const { channel, sentAt, evidenceRef } = command;
  const future = refuseFutureInstant(sentAt, facts.now, '/sentAt');
  if (future) return future;
  const late = facts.calendar.civilTime.toLocal(sentAt).date > state.dueOn;
  const evidence = evidenceRef === undefined ? {} : { evidenceRef };
  return [event(RightsAnswerSent, { rightsId, memberId, channel, sentAt, ...evidence, late })];
}

function withdraw(state: RightsCase, facts: RightsFacts): Decision {
  if (state.ended === 'withdrawn') return [];
  if (state.ended) return rightsEnded();
  if (state.decision !== undefined) return decidedAlready();
  return [
    event(RightsRequestWithdrawn, { rightsId: state.rightsId, memberId: state.memberId, withdrawnAt: facts.now }),
  ];
}

/** An erasure is closed only when its destruction was certified: never said done before it was read back. */
function close(state: RightsCase, facts: RightsFacts): Decision {
  if (state.ended === 'closed') return [];
  if (state.ended) return rightsEnded();
  if (state.decision === undefined) return decisionMissing();
  if (!state.answered) return answerMissing();
  const { rightsId, memberId } = state;
  const through = facts.custody.destructions.filter((one) => one.reference === rightsId && isCertifiedWhole(one));
  if (through.length < state.destructions) return erasureUnfinished();
  return [event(RightsRequestClosed, { rightsId, memberId, closedAt: facts.now })];
}
