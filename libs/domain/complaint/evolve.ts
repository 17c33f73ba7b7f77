import { never } from '#kernel/decider.js';
import type { LocalDate } from '#kernel/time.js';
import type { ComplaintClockCode } from './codes.js';
import type { SealedComplaintEvent } from './events.js';
import type { ComplaintCase, ComplaintState, Proposal } from './state.js';

type Later = Exclude<SealedComplaintEvent, { readonly type: 'ComplaintFiled' }>;

export function evolve(state: ComplaintState, event: SealedComplaintEvent): ComplaintState {
  if (event.type !== 'ComplaintFiled') return state && { ...state, ...change(state, event) };
  const { complaintId, memberId, sessions, concerned, concernsDirector, clocks } = event.data;
  return {
    complaintId,
    memberId,
    sessionIds: sessions.map((one) => one.sessionId),
    endings: sessions.flatMap(({ sessionId, endedAt }) => (endedAt === undefined ? [] : [{ sessionId, endedAt }])),
    requestIds: [...new Set(sessions.flatMap((one) => (one.requestId === undefined ? [] : [one.requestId])))],
    concerned,
    concernsDirector,
    ...duesOf(clocks),
    toBeWritten: event.data.toBeWritten ?? false,
    acknowledged: false,
    inquirerId: undefined,
    reports: [],
    qualified: false,
    proposals: [],
    proposed: false,
    disclosures: [],
    ended: undefined,
    outcome: undefined,
    opening: 1,
  };
}

function change(state: ComplaintCase, event: Later): Partial<ComplaintCase> {
  switch (event.type) {
    case 'ComplaintAcknowledged':
      return { acknowledged: true };
    case 'InvestigationOpened':
      return { inquirerId: event.data.inquirerId };
    case 'InvestigationReported':
      return { reports: [...state.reports, event.data.reportId] };
    case 'ComplaintQualified':
      return { qualified: true };
    case 'SettlementProposed': {
      const { proposalId } = event.data;
      return { proposed: true, proposals: [...state.proposals, { proposalId, answer: undefined }] };
    }
    case 'SettlementAccepted':
      return { proposals: answered(state, event.data.proposalId, 'agreed') };
    case 'SettlementDeclined':
      return { proposals: answered(state, event.data.proposalId, 'declined') };
    case 'MediationReferred':
    case 'InsurerNotified':
    case 'AuthorityReferred':
      return { disclosures: [...state.disclosures, event.data.disclosureId] };
    case 'ComplaintWithdrawn':
      return { ended: 'withdrawn' };
    case 'ComplaintClosed':
      return { ended: 'closed', outcome: event.data.outcome };
    case 'ComplaintReopened': {
      const { opening, clocks } = event.data;
      const anew = { ended: undefined, outcome: undefined, qualified: false, proposed: false };
      return { ...anew, ...duesOf(clocks, state), opening };
    }
    default:
      return never(event);
  }
}

const answered = (state: ComplaintCase, proposalId: string, answer: Proposal['answer']): readonly Proposal[] =>
  state.proposals.map((one) => (one.proposalId === proposalId ? { ...one, answer } : one));

type Dues = Pick<ComplaintCase, 'acknowledgeBy' | 'proposeBy' | 'mediatorFrom' | 'mediatorUntil'>;

/** A reopening starts some of the clocks again; the others stay. */
function duesOf(
  clocks: readonly { readonly clock: ComplaintClockCode; readonly lastDay: LocalDate }[],
  before?: Dues,
): Dues {
  const dayOf = (code: ComplaintClockCode) => clocks.find((one) => one.clock === code)?.lastDay;
  return {
    acknowledgeBy: dayOf('complaint-acknowledgement') ?? before?.acknowledgeBy,
    proposeBy: dayOf('complaint-proposal') ?? before?.proposeBy,
    mediatorFrom: dayOf('mediator-wait') ?? before?.mediatorFrom,
    mediatorUntil: dayOf('mediator-referral') ?? before?.mediatorUntil,
  };
}
