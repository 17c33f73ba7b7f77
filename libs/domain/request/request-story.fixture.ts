import { event } from '#kernel/define-event.js';
import type { Instant } from '#kernel/time.js';
import { type DeclineReason, letterFor } from './codes.js';
import type { RequestCommand } from './commands.js';
import { AppointmentBooked, RequestClosed, RequestDeclined, RequestQualified, SupportRequested } from './events.js';

/** One ordinary request, for specifications. */
type Of<T extends RequestCommand['type']> = Extract<RequestCommand, { readonly type: T }>;

export const who = { requestId: 'r1', memberId: 'm1' };

export const command: Of<'RequestSupport'> = {
  type: 'RequestSupport',
  ...who,
  problem: 'L’imprimante ne répond plus',
  channel: 'phone',
  commercialUse: false,
  confidentialDataPresent: false,
};

export const qualify: Of<'QualifyRequest'> = {
  type: 'QualifyRequest',
  requestId: 'r1',
  serviceCategories: ['diagnosis', 'updates'],
  scope: 'Le pilote de l’imprimante',
};

const monday = '2026-06-01T07:30:00.000Z' as Instant;

export const requested = event(SupportRequested, {
  ...who,
  problem: 'L’imprimante ne répond plus',
  channel: 'phone',
  receivedAt: monday,
  charterVersionId: 'v1',
  commercialUse: false,
  membershipStatus: 'active',
  confidentialDataPresent: false,
});

export const qualified = event(RequestQualified, {
  ...who,
  serviceCategories: ['diagnosis', 'updates'],
  scope: 'Le pilote de l’imprimante',
  dataRecovery: false,
  asAdvice: false,
});

export const declinedAs = (reason: DeclineReason) =>
  event(RequestDeclined, { ...who, reason, letterTemplate: letterFor(reason) });

export const closed = event(RequestClosed, { ...who, outcome: 'resolved', closedAt: monday });

export const booked = (n: number, startsAt: Instant, endsAt: Instant) =>
  event(AppointmentBooked, {
    ...who,
    sessionId: `r1.${n}`,
    technicianId: 't1',
    startsAt,
    endsAt,
    exceptional: false,
    charterVersionId: 'v1',
  });
