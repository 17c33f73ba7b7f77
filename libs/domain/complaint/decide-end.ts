import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import { lintFields } from '../lint/lint-fields.js';
import { refuseFutureInstant } from '../shared/refusals.js';
import { capacityOf } from './capacity.js';
import { clocksOfReopening } from './clocks.js';
import type { CloseComplaint, ReopenComplaint, WithdrawComplaint } from './commands.js';
import { ComplaintClosed, type ComplaintEvent, ComplaintReopened, ComplaintWithdrawn } from './events.js';
import type { ComplaintFacts } from './facts.js';
import { complaintEnded } from './refusals.js';
import { mediatorContactMissing, nothingAgreed, nothingReferred, proposalPending } from './refusals-settlement.js';
import { type ComplaintCase, pendingProposal } from './state.js';

type Decision = readonly ComplaintEvent[] | Refusal;

export function withdraw(command: WithdrawComplaint, state: ComplaintCase, facts: ComplaintFacts): Decision {
  if (state.ended === 'withdrawn') return [];
  if (state.ended) return complaintEnded();
  const { withdrawnAt, channel } = command;
  const future = refuseFutureInstant(withdrawnAt, facts.now, '/withdrawnAt');
  if (future) return future;
  const { complaintId, memberId } = state;
  return [event(ComplaintWithdrawn, { complaintId, memberId, withdrawnAt, channel })];
}

/** The final answer, with the way to the mediator in it (6.3). It releases nothing: the release of the hold is proposed. */
export function close(command: CloseComplaint, state: ComplaintCase, facts: ComplaintFacts): Decision {
  const { outcome, finalAnswer, channel } = command;
  const mediatorContactGiven = command.mediatorContactGiven ?? facts.mediatorRecorded ?? false;
  if (state.ended === 'closed' && state.outcome === outcome) return [];
  if (state.ended) return complaintEnded();
  const as = capacityOf(state, facts);
  if (typeof as !== 'string') return as;
  if (pendingProposal(state)) return proposalPending();
  if (outcome === 'settled' && !state.proposals.some((one) => one.answer === 'agreed')) return nothingAgreed();
  if (outcome === 'referred' && state.disclosures.length === 0) return nothingReferred();
  if (!mediatorContactGiven)
    return mediatorContactMissing(undefined, [{ pointer: '/mediatorContactGiven', detail: 'à donner' }]);
  const { refusal } = lintFields({ '/finalAnswer': finalAnswer });
  if (refusal) return refusal;
  const { complaintId, memberId } = state;
  return [
    event(ComplaintClosed, {
      complaintId,
      memberId,
      outcome,
      finalAnswer,
      mediatorContactGiven,
      channel,
      closedAt: facts.now,
      decidedAs: as,
    }),
  ];
}

export function reopen(command: ReopenComplaint, state: ComplaintCase, facts: ComplaintFacts): Decision {
  if (!state.ended) return [];
  const as = capacityOf(state, facts);
  if (typeof as !== 'string') return as;
  const { newFact } = command;
  const { refusal } = lintFields({ '/newFact': newFact });
  if (refusal) return refusal;
  const { complaintId, memberId } = state;
  return [
    event(ComplaintReopened, {
      complaintId,
      memberId,
      opening: state.opening + 1,
      newFact,
      reopenedAt: facts.now,
      decidedAs: as,
      clocks: clocksOfReopening(facts.now, facts),
    }),
  ];
}
