/** STORAGE FORMAT: see events.ts. */
import { defineEvent } from '#kernel/define-event.js';
import { flag, id, instant, list, localDate, oneOf, optional, shape } from '#kernel/field.js';
import { complaintChannels, damageTypes, evidenceKinds, faultQualifications } from './codes.js';
import { decidedAs, free, who } from './event-fields.js';

export const ComplaintAcknowledged = defineEvent({
  type: 'ComplaintAcknowledged',
  version: 1,
  doc: 'The member was told that the complaint arrived, and by when an answer will come; late is told, never hidden.',
  rules: ['charter:9.1'],
  data: {
    ...who,
    acknowledgedAt: instant(),
    channel: oneOf(...complaintChannels),
    evidenceRef: optional(id()),
    late: flag(),
  },
});

export const InvestigationOpened = defineEvent({
  type: 'InvestigationOpened',
  version: 1,
  doc: 'A person who is not complained of inquires; a later one takes the place of the one before.',
  rules: ['charter:9.2'],
  data: { ...who, inquirerId: id(), openedAt: instant(), decidedAs },
});

export const InvestigationReported = defineEvent({
  type: 'InvestigationReported',
  version: 1,
  subject: 'memberId',
  doc: 'What the inquirer found, in neutral words.',
  rules: ['charter:9.2'],
  data: {
    ...who,
    reportId: id(),
    inquirerId: id(),
    findings: free(8000, 'constatations d’une enquête'),
    at: instant(),
  },
});

export const ComplaintQualified = defineEvent({
  type: 'ComplaintQualified',
  version: 1,
  subject: 'memberId',
  doc: 'The Director, or the President in their place, qualified fault and damage, with reasons and the evidence they rest on.',
  rules: ['charter:2.3c', 'charter:6.1a', 'charter:6.1b-d'],
  data: {
    ...who,
    faultQualification: oneOf(...faultQualifications),
    damageType: oneOf(...damageTypes),
    reasons: free(8000, 'motifs d’une décision sur une réclamation'),
    /** Events of the journals of the sessions concerned. */
    evidence: list(shape({ kind: oneOf(...evidenceKinds), sessionId: id(), eventId: id() }), 100),
    decidedAs,
    at: instant(),
  },
});

export const SettlementProposed = defineEvent({
  type: 'SettlementProposed',
  version: 1,
  subject: 'memberId',
  doc: 'An amicable solution was proposed to the member; late is told, never hidden.',
  rules: ['charter:9.2'],
  data: {
    ...who,
    proposalId: id(),
    terms: free(8000, 'proposition amiable'),
    proposedAt: instant(),
    channel: oneOf(...complaintChannels),
    /** Day until which the member is asked to answer: a wish, never a bar. */
    answerBy: optional(localDate()),
    decidedAs,
    late: flag(),
  },
});

const answer = {
  ...who,
  proposalId: id(),
  answeredAt: instant(),
  channel: oneOf(...complaintChannels),
  comment: optional(free(4000, 'réponse à une proposition amiable')),
};

export const SettlementAccepted = defineEvent({
  type: 'SettlementAccepted',
  version: 1,
  subject: 'memberId',
  doc: 'The member agrees to the proposal.',
  rules: ['charter:9.2'],
  data: answer,
});

export const SettlementDeclined = defineEvent({
  type: 'SettlementDeclined',
  version: 1,
  subject: 'memberId',
  doc: 'The member does not agree to the proposal.',
  rules: ['charter:9.2'],
  data: answer,
});

export const courseEvents = [
  ComplaintAcknowledged,
  InvestigationOpened,
  InvestigationReported,
  ComplaintQualified,
  SettlementProposed,
  SettlementAccepted,
  SettlementDeclined,
] as const;
