import type { SealedComplaintEvent } from '#domain/complaint/events.js';
import { changesOf, collection, textOf } from './change.js';
import type { ComplaintDocument, ComplaintStage } from './complaint-document.js';
import { disclosureOf, stepOf } from './complaint-steps.js';
import type { ViewDefinition } from './view.js';

type Filed = Extract<SealedComplaintEvent, { readonly type: 'ComplaintFiled' }>;
type Later = Exclude<SealedComplaintEvent, { readonly type: 'ComplaintFiled' }>;

function filed(event: Filed): ComplaintDocument {
  const { clocks, sessions, ...told } = event.data;
  const { revision, recordedAt, actor } = event.meta;
  const late = (code: string) => {
    const windows = clocks.filter(({ clock }) => clock === code);
    return windows.length > 0 && windows.every(({ inTime }) => inTime === false);
  };
  return {
    ...told,
    revision,
    stage: 'filed',
    open: true,
    recordedAt,
    recordedBy: actor,
    sessions,
    sessionIds: sessions.map(({ sessionId }) => sessionId),
    promptLate: late('prompt-complaint'),
    formalLate: late('formal-complaint'),
    clocks: clocks.map((one) => ({ ...one, opening: 1 })),
    opening: 1,
    reports: [],
    proposals: [],
    disclosures: [],
    reopenings: [],
    steps: [stepOf(event)],
  };
}

function fold(before: ComplaintDocument | undefined, event: SealedComplaintEvent): ComplaintDocument | undefined {
  if (event.type === 'ComplaintFiled') return filed(event);
  if (before === undefined) return undefined;
  const after = { ...before, ...change(before, event) };
  return { ...after, revision: event.meta.revision, stage: stageOf(after), steps: [...before.steps, stepOf(event)] };
}

function change(before: ComplaintDocument, event: Later): Partial<ComplaintDocument> {
  const { opening } = before;
  switch (event.type) {
    case 'ComplaintAcknowledged': {
      const { acknowledgedAt, channel, late } = event.data;
      return { acknowledged: { at: acknowledgedAt, channel, late } };
    }
    case 'InvestigationOpened':
      return { inquirerId: event.data.inquirerId };
    case 'InvestigationReported': {
      const { reportId, inquirerId, at, findings } = event.data;
      return { reports: [...before.reports, { reportId, inquirerId, at, findings }] };
    }
    case 'ComplaintQualified': {
      const { complaintId: _c, memberId: _m, ...qualification } = event.data;
      return { qualification: { ...qualification, opening } };
    }
    case 'SettlementProposed': {
      const { proposalId, terms, proposedAt, answerBy, late } = event.data;
      const wish = answerBy === undefined ? {} : { answerBy };
      return { proposals: [...before.proposals, { proposalId, terms, proposedAt, ...wish, late, opening }] };
    }
    case 'SettlementAccepted':
    case 'SettlementDeclined': {
      const { proposalId, answeredAt, comment } = event.data;
      const said = comment === undefined ? {} : { comment };
      const answer = { agreed: event.type === 'SettlementAccepted', answeredAt, ...said };
      return {
        proposals: before.proposals.map((one) => (one.proposalId === proposalId ? { ...one, answer } : one)),
      };
    }
    case 'ComplaintWithdrawn':
      return { open: false };
    case 'ComplaintClosed': {
      const { outcome, finalAnswer, closedAt, decidedAs } = event.data;
      return { open: false, closed: { outcome, finalAnswer, at: closedAt, decidedAs } };
    }
    case 'ComplaintReopened': {
      const { opening: now, newFact, reopenedAt, clocks } = event.data;
      return {
        open: true,
        opening: now,
        reopenings: [...before.reopenings, { at: reopenedAt, newFact }],
        clocks: [...before.clocks, ...clocks.map((one) => ({ ...one, opening: now }))],
      };
    }
    default:
      return { disclosures: [...before.disclosures, disclosureOf(event)], ...mediated(before, event) };
  }
}

/** The mediator’s own clocks start with the referral. */
function mediated({ clocks, opening }: ComplaintDocument, event: Later): Partial<ComplaintDocument> {
  const begun = event.type === 'MediationReferred' ? (event.data.clocks ?? []) : [];
  const until = begun.find(({ clock }) => clock === 'mediator-outcome')?.lastDay;
  return until === undefined
    ? {}
    : { clocks: [...clocks, ...begun.map((one) => ({ ...one, opening }))], mediationUntil: until };
}

function stageOf(one: ComplaintDocument): ComplaintStage {
  if (!one.open) return one.closed?.at !== undefined && endedBy(one) === 'closed' ? 'closed' : 'withdrawn';
  const proposal = one.proposals.findLast(({ opening }) => opening === one.opening);
  if (proposal) {
    if (proposal.answer === undefined) return 'proposed';
    if (proposal.answer.agreed) return 'agreed';
    return one.disclosures.some(({ sentAt }) => sentAt >= proposal.proposedAt) ? 'referred' : 'declined';
  }
  if (one.qualification?.opening === one.opening) return 'qualified';
  if (one.inquirerId !== undefined) return 'investigating';
  return one.acknowledged ? 'acknowledged' : 'filed';
}

/** A case that was closed, reopened and then withdrawn still carries its earlier answer. */
const endedBy = ({ closed, reopenings }: ComplaintDocument): 'closed' | 'withdrawn' => {
  const last = reopenings.at(-1);
  return closed !== undefined && (last === undefined || closed.at >= last.at) ? 'closed' : 'withdrawn';
};

/** Complaints with their course and their clocks (charter 9), what was said sealed. */
export const complaintsView: ViewDefinition = {
  schema: {
    name: 'complaints',
    version: 2,
    collections: [
      collection(
        'complaints',
        {
          receivedAt: 'text',
          memberId: 'text',
          stage: 'text',
          open: 'boolean',
          promptLate: 'boolean',
          formalLate: 'boolean',
          inquirerId: 'text',
          sessionIds: 'texts',
          mediationUntil: 'text',
        },
        [
          ['receivedAt'],
          ['memberId', 'receivedAt'],
          ['stage', 'receivedAt'],
          ['open', 'receivedAt'],
          ['promptLate', 'receivedAt'],
          ['formalLate', 'receivedAt'],
          ['inquirerId', 'receivedAt'],
          ['sessionIds', 'receivedAt'],
          ['mediationUntil'],
        ],
      ),
    ],
  },
  streamPrefixes: ['complaint-'],
  changes: changesOf<ComplaintDocument, SealedComplaintEvent>(
    'complaints',
    (event) => textOf(event.data, 'complaintId'),
    fold,
  ),
};
