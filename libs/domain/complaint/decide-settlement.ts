import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import { lintFields } from '../lint/lint-fields.js';
import { refuseFutureInstant } from '../shared/refusals.js';
import { capacityOf } from './capacity.js';
import { clocksOfReferral } from './clocks.js';
import type { DisclosureGround, ReferralRecipient } from './codes.js';
import type { AnswerSettlement, ProposeSettlement, ReferComplaint } from './commands.js';
import type { ComplaintEvent } from './events.js';
import { SettlementAccepted, SettlementDeclined, SettlementProposed } from './events-course.js';
import { AuthorityReferred, InsurerNotified, MediationReferred } from './events-referral.js';
import type { ComplaintFacts } from './facts.js';
import { groundDoesNotFit, proposalAnswered, proposalPending, proposalUnknown } from './refusals-settlement.js';
import { type ComplaintCase, pendingProposal } from './state.js';

type Decision = readonly ComplaintEvent[] | Refusal;

export function propose(command: ProposeSettlement, state: ComplaintCase, facts: ComplaintFacts): Decision {
  const as = capacityOf(state, facts);
  if (typeof as !== 'string') return as;
  const { proposalId, terms, proposedAt, channel, answerBy } = command;
  if (state.proposals.some((one) => one.proposalId === proposalId)) return [];
  if (pendingProposal(state)) return proposalPending();
  const refusal = refuseFutureInstant(proposedAt, facts.now, '/proposedAt') ?? lintFields({ '/terms': terms }).refusal;
  if (refusal) return refusal;
  const { complaintId, memberId, proposeBy } = state;
  const day = facts.calendar.civilTime.toLocal(proposedAt).date;
  return [
    event(SettlementProposed, {
      complaintId,
      memberId,
      proposalId,
      terms,
      proposedAt,
      channel,
      ...(answerBy === undefined ? {} : { answerBy }),
      decidedAs: as,
      late: !state.proposed && proposeBy !== undefined && day > proposeBy,
    }),
  ];
}

export function answer(command: AnswerSettlement, state: ComplaintCase, facts: ComplaintFacts): Decision {
  const { proposalId, agreed, answeredAt, channel, comment } = command;
  const proposal = state.proposals.find((one) => one.proposalId === proposalId);
  if (!proposal) return proposalUnknown();
  if (proposal.answer !== undefined) return (proposal.answer === 'agreed') === agreed ? [] : proposalAnswered();
  const refusal =
    refuseFutureInstant(answeredAt, facts.now, '/answeredAt') ?? lintFields({ '/comment': comment }).refusal;
  if (refusal) return refusal;
  const { complaintId, memberId } = state;
  const said = comment === undefined ? {} : { comment };
  const answered = { complaintId, memberId, proposalId, answeredAt, channel, ...said };
  return [agreed ? event(SettlementAccepted, answered) : event(SettlementDeclined, answered)];
}

/** Which ground opens the file to whom; none other does (4.1). */
const grounds: Readonly<Record<ReferralRecipient, readonly DisclosureGround[]>> = {
  mediator: ['member-request', 'mediation'],
  insurer: ['insurance-claim', 'legal-claim'],
  authority: ['member-request', 'legal-obligation', 'legal-claim'],
  court: ['legal-obligation', 'legal-claim'],
};

/** A disclosure that is documented: recipient, ground, digest of the content. Also after the case was closed. */
export function refer(command: ReferComplaint, state: ComplaintCase, facts: ComplaintFacts): Decision {
  const as = capacityOf(state, facts);
  if (typeof as !== 'string') return as;
  const { type: _, complaintId: __, recipient, initiatedBy, ...disclosed } = command;
  if (state.disclosures.includes(command.disclosureId)) return [];
  if (!grounds[recipient].includes(command.ground))
    return groundDoesNotFit(undefined, [{ pointer: '/ground', detail: 'ne convient pas' }]);
  const refusal =
    refuseFutureInstant(command.sentAt, facts.now, '/sentAt') ??
    lintFields({ '/recipientName': command.recipientName, '/note': command.note }).refusal;
  if (refusal) return refusal;
  const { complaintId, memberId, mediatorFrom, mediatorUntil, toBeWritten } = state;
  const disclosure = { complaintId, memberId, ...disclosed };
  const day = facts.calendar.civilTime.toLocal(command.sentAt).date;
  switch (recipient) {
    case 'mediator': {
      const clocks = clocksOfReferral(command.sentAt, facts);
      return [
        event(MediationReferred, {
          ...disclosure,
          initiatedBy,
          early: toBeWritten || (mediatorFrom !== undefined && day <= mediatorFrom),
          late: mediatorUntil !== undefined && day > mediatorUntil,
          ...(clocks.length === 0 ? {} : { clocks }),
        }),
      ];
    }
    case 'insurer':
      return [event(InsurerNotified, disclosure)];
    default:
      return [event(AuthorityReferred, { ...disclosure, authority: recipient })];
  }
}
