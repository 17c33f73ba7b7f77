import type { SealedComplaintEvent } from '#domain/complaint/events.js';
import type { Instant } from '#kernel/time.js';
import type { ComplaintDisclosure, ComplaintStep } from './complaint-document.js';

/** Where each kind of event keeps when it happened, and what it is about. */
const times = [
  'receivedAt',
  'acknowledgedAt',
  'openedAt',
  'proposedAt',
  'answeredAt',
  'sentAt',
  'withdrawnAt',
  'closedAt',
  'reopenedAt',
  'at',
] as const;
const subjects = ['reportId', 'proposalId', 'disclosureId', 'inquirerId'] as const;

/** An event of a complaint as a line of its timeline: nothing of what was said. */
export function stepOf({ type, data, meta }: SealedComplaintEvent): ComplaintStep {
  const fields: Readonly<Record<string, unknown>> = data;
  const time = times.map((name) => fields[name]).find((value) => typeof value === 'string');
  const subject = subjects.map((name) => fields[name]).find((value) => typeof value === 'string');
  const late = fields.late ?? fields.recordedLate;
  return {
    type,
    at: (time ?? meta.recordedAt) as Instant,
    recordedAt: meta.recordedAt,
    by: meta.actor,
    ...(typeof subject === 'string' ? { aboutId: subject } : {}),
    ...(typeof late === 'boolean' ? { late } : {}),
  };
}

type Referral = Extract<
  SealedComplaintEvent,
  { readonly type: 'MediationReferred' | 'InsurerNotified' | 'AuthorityReferred' }
>;

export function disclosureOf({ type, data }: Referral): ComplaintDisclosure {
  const { disclosureId, recipientName, ground, variant, contentSha256, sentAt, note } = data;
  const common = { disclosureId, recipientName, ground, variant, contentSha256, sentAt };
  const noted = note === undefined ? {} : { note };
  if (type === 'InsurerNotified') return { ...common, ...noted, recipient: 'insurer' };
  if (type === 'AuthorityReferred') return { ...common, ...noted, recipient: data.authority };
  const { initiatedBy, early, late } = data;
  return { ...common, ...noted, recipient: 'mediator', initiatedBy, early, late };
}
