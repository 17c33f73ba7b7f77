/**
 * STORAGE FORMAT. Types, versions and field names below are written to disk for ever: a new shape is a new version with
 * an upcaster, never an edit.
 */
import { defineEvent, type EventOf, type SealedEventOf } from '#kernel/define-event.js';
import { flag, id, instant, list, oneOf, optional, personal, text } from '#kernel/field.js';
import {
  acceptanceModes,
  cancelReasons,
  channels,
  closeOutcomes,
  declineLetters,
  declineReasons,
  exceptionReasons,
  lintWarnings,
  serviceCategories,
} from './codes.js';
import { who } from './event-fields.js';
import { requestStrikeOutEvents } from './events-strike-out.js';

const free = (max: number, category: string) => personal(text(max), { cell: 'request', category, strikeable: true });
/** Kinds of content that the lint warned about in the free text of this event; never the content. */
const warned = { lintWarnings: optional(list(oneOf(...lintWarnings))) };

export const SupportRequested = defineEvent({
  type: 'SupportRequested',
  version: 1,
  subject: 'memberId',
  doc: 'A known member asked for support; the charter version in force is pinned.',
  rules: ['charter:P.1', 'charter:P.3', 'charter:1.2e', 'charter:3.2d', 'charter:8.1b'],
  data: {
    ...who,
    problem: free(4000, 'reported problem'),
    channel: oneOf(...channels),
    receivedAt: instant(),
    charterVersionId: id(),
    commercialUse: flag(),
    /** As it was when the request was received; `lapsed` is a warning, not a bar. */
    membershipStatus: oneOf('active', 'lapsed'),
    /** Yes or no, never the data. */
    confidentialDataPresent: flag(),
    ...warned,
  },
});

export const RequestQualified = defineEvent({
  type: 'RequestQualified',
  version: 1,
  subject: 'memberId',
  doc: 'The request was found within the service: its categories and its scope are fixed.',
  rules: ['charter:1.1a-f', 'charter:1.2a', 'charter:1.2c', 'charter:3.2a'],
  data: {
    ...who,
    /** One at least. */
    serviceCategories: list(oneOf(...serviceCategories), 6),
    scope: free(4000, 'scope of the support'),
    specialisedSoftware: optional(text(120)),
    /** The technician whose recorded skill opens the specialised software. */
    skilledTechnicianId: optional(id()),
    dataRecovery: flag(),
    /** True when the member was told that recovery is attempted without any guarantee. */
    noGuaranteeAck: optional(flag()),
    /** True when the lead re-qualified a content request as advice. */
    asAdvice: flag(),
    ...warned,
  },
});

export const NoGoZonesDeclared = defineEvent({
  type: 'NoGoZonesDeclared',
  version: 1,
  subject: 'memberId',
  doc: 'The member named the folders not to touch; the list replaces the one before.',
  rules: ['charter:3.2c'],
  data: {
    ...who,
    zones: personal(list(text(300), 50), { cell: 'request', category: 'folders not to touch', strikeable: true }),
    ...warned,
  },
});

export const RequestDeclined = defineEvent({
  type: 'RequestDeclined',
  version: 1,
  subject: 'memberId',
  doc: 'The request is outside the service; a template letter says why.',
  rules: ['charter:P.1', 'charter:1.2b', 'charter:1.2c', 'charter:1.2d', 'charter:1.2e'],
  data: { ...who, reason: oneOf(...declineReasons), letterTemplate: oneOf(...declineLetters) },
});

export const ExceptionalSlotAgreed = defineEvent({
  type: 'ExceptionalSlotAgreed',
  version: 1,
  subject: 'memberId',
  doc: 'A slot outside the rules was granted beforehand by the lead or the Director and accepted by the member.',
  rules: ['charter:7.2c'],
  data: {
    ...who,
    slotStart: instant(),
    slotEnd: instant(),
    /** Staff id. */
    grantedBy: id(),
    grantedAs: oneOf('SupportLead', 'Director'),
    grantedAt: instant(),
    memberAcceptedAt: instant(),
    acceptanceMode: oneOf(...acceptanceModes),
    reason: oneOf(...exceptionReasons),
    note: optional(free(2000, 'reason of an exceptional slot')),
    ...warned,
  },
});

export const AppointmentBooked = defineEvent({
  type: 'AppointmentBooked',
  version: 1,
  subject: 'memberId',
  doc: 'A slot with an authorised technician was booked for one session.',
  rules: ['charter:7.2a', 'charter:7.2b', 'charter:7.2c', 'charter:4.4b', 'charter:5.2', 'charter:1.2c'],
  data: {
    ...who,
    /** `<requestId>.<n>`, n from 1. */
    sessionId: id(),
    technicianId: id(),
    startsAt: instant(),
    endsAt: instant(),
    /** True when it stands on an exceptional agreement. */
    exceptional: flag(),
    charterVersionId: id(),
    /** Other sessions of the member on that day: flagged, not refused (A3). */
    sameDaySessionIds: optional(list(id())),
    /** The appointment that was moved here. */
    replaces: optional(id()),
  },
});

export const AppointmentCancelled = defineEvent({
  type: 'AppointmentCancelled',
  version: 1,
  subject: 'memberId',
  doc: 'An appointment was cancelled, or moved (then a new booking follows in the same append).',
  rules: ['charter:3.1c'],
  data: { ...who, sessionId: id(), reason: oneOf(...cancelReasons), cancelledAt: instant() },
});

export const PreparationAdvised = defineEvent({
  type: 'PreparationAdvised',
  version: 1,
  subject: 'memberId',
  doc: 'The member was told how to prepare: close, tell of visible secrets, back up.',
  rules: ['charter:X.1-3', 'charter:2.3b', 'charter:3.2b'],
  data: { ...who, sessionId: id(), channel: oneOf(...channels), at: instant() },
});

export const RequestClosed = defineEvent({
  type: 'RequestClosed',
  version: 1,
  subject: 'memberId',
  doc: 'Nothing more is planned for the request.',
  rules: ['charter:2.1'],
  data: { ...who, outcome: oneOf(...closeOutcomes), closedAt: instant() },
});

export const requestEvents = [
  SupportRequested,
  RequestQualified,
  NoGoZonesDeclared,
  RequestDeclined,
  ExceptionalSlotAgreed,
  AppointmentBooked,
  AppointmentCancelled,
  PreparationAdvised,
  RequestClosed,
  ...requestStrikeOutEvents,
] as const;

export type RequestEvent = EventOf<(typeof requestEvents)[number]>;
export type SealedRequestEvent = SealedEventOf<(typeof requestEvents)[number]>;
