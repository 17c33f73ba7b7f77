import { calendarEvents } from '#domain/calendar/events.js';
import { CharterPublished, charterEvents } from '#domain/charter/events.js';
import { fallbackParameters } from '#domain/charter/parameters.js';
import { custodyEvents } from '#domain/custody/events.js';
import { MemberIdentityCorrected, MemberRegistered, memberEvents, ServiceUnsubscribed } from '#domain/member/events.js';
import { AppointmentBooked, RequestQualified, requestEvents, SupportRequested } from '#domain/request/events.js';
import { sessionEvents } from '#domain/session/events.js';
import * as consent from '#domain/session/events-consent.js';
import * as course from '#domain/session/events-course.js';
import * as deviations from '#domain/session/events-deviation.js';
import * as journal from '#domain/session/events-journal.js';
import { staffEvents } from '#domain/staff/events.js';
import { type AnyEvent, type EventDefinition, event } from '#kernel/define-event.js';
import type { Instant, LocalDate } from '#kernel/time.js';

/** One member, one request, one session from consent to closing, with two deviations: what the view tests read. */

export const declarations: readonly EventDefinition[] = [
  ...charterEvents,
  ...memberEvents,
  ...requestEvents,
  ...sessionEvents,
  ...staffEvents,
  ...calendarEvents,
  ...custodyEvents,
] as readonly EventDefinition[];

export const at = (time: string): Instant => `2026-06-02T${time}:00.000Z` as Instant;
export const day = (text: string): LocalDate => text as LocalDate;

const MEMBER = 'm1';
const REQUEST = 'r1';
export const SESSION = 'r1.1';
const who = { sessionId: SESSION, memberId: MEMBER };

export const charterPublished = event(CharterPublished, {
  charterVersionId: 'v1',
  effectiveFrom: day('2026-01-01'),
  publishedAt: at('06:00'),
  textSha256: '0'.repeat(64),
  text: 'Charte.',
  articles: [{ number: '1.1', title: 'Service proposé', text: 'Diagnostic.' }],
  consentStatements: ['a', 'b', 'c', 'd'],
  recommendations: [],
  parameters: fallbackParameters,
  acceptedMissing: [],
});

export const registered = (memberId: string, name: string, more: { phone?: string; number?: string } = {}) =>
  event(MemberRegistered, {
    memberId,
    membershipNumber: more.number ?? 'CE-0042',
    name,
    ...(more.phone === undefined ? {} : { phone: more.phone }),
    status: 'active',
    minor: false,
  });

export const nameCorrected = (memberId: string, name: string) =>
  event(MemberIdentityCorrected, { memberId, name, reason: 'typing-error' });

export const unsubscribed = event(ServiceUnsubscribed, { memberId: MEMBER, at: at('07:00'), channel: 'phone' });

export const requestEventsOfStory: readonly AnyEvent[] = [
  event(SupportRequested, {
    requestId: REQUEST,
    memberId: MEMBER,
    problem: 'L’imprimante ne répond plus',
    channel: 'phone',
    receivedAt: at('06:30'),
    charterVersionId: 'v1',
    commercialUse: false,
    membershipStatus: 'active',
    confidentialDataPresent: false,
  }),
  event(RequestQualified, {
    requestId: REQUEST,
    memberId: MEMBER,
    serviceCategories: ['diagnosis', 'settings'],
    scope: 'Imprimante',
    dataRecovery: false,
    asAdvice: false,
  }),
  event(AppointmentBooked, {
    requestId: REQUEST,
    memberId: MEMBER,
    sessionId: SESSION,
    technicianId: 't1',
    startsAt: at('08:00'),
    endsAt: at('09:00'),
    exceptional: false,
    charterVersionId: 'v1',
  }),
];

export const consentGiven = event(consent.ConsentGiven, {
  ...who,
  requestId: REQUEST,
  charterVersionId: 'v1',
  mode: 'written',
  givenAt: at('06:50'),
  statements: { backup: true, authorise: true, bestEfforts: true, eightDays: false },
  signatureMethod: 'email',
  signerName: 'Ada Exemple',
  evidenceRef: 'mail-1',
  validOn: day('2026-06-02'),
  flags: ['eight-days-not-accepted'],
});

export const started = event(course.SessionStarted, {
  ...who,
  requestId: REQUEST,
  technicianId: 't1',
  startedAt: at('08:00'),
  toolName: 'RealVNC',
  otherTool: false,
  linkEncrypted: true,
  memberPresent: true,
  connectivityCheck: true,
  toolReady: true,
  slotStart: at('08:00'),
  slotEnd: at('09:00'),
  exceptional: false,
  charterVersionId: 'v1',
  allowedMinutes: 60,
  problem: 'L’imprimante ne répond plus',
});

export const withdrawn = event(consent.ConsentWithdrawn, { ...who, at: at('07:30'), channel: 'phone' });
export const paused = event(course.SessionPaused, { ...who, at: at('08:20'), cause: 'member' });
export const resumed = event(course.SessionResumed, { ...who, at: at('08:30') });

export const sessionAfterStart: readonly AnyEvent[] = [
  event(journal.StateBeforeRecorded, { ...who, at: at('08:01'), observed: true, state: 'File bloquée', late: false }),
  event(journal.BackupAdviceGiven, { ...who, at: at('08:02'), backupStatus: 'yes', adviceShown: true }),
  event(journal.ActionPerformed, {
    ...who,
    actionId: 'a1',
    performedAt: at('08:05'),
    category: 'updates',
    riskClass: 'major-update',
    description: 'Pilote mis à jour',
  }),
  event(journal.OutOfScopeActionPerformed, {
    ...who,
    actionId: 'a2',
    performedAt: at('08:10'),
    category: 'other',
    riskClass: 'none',
    description: 'Arrière-plan changé',
  }),
  event(deviations.DeviationFlagged, {
    ...who,
    deviationId: `${SESSION}-d1`,
    code: 'outside-scope',
    rule: 'charter:3.2a',
    serious: false,
    detail: 'category-outside-scope',
    aboutId: 'a2',
    at: at('08:10'),
  }),
  event(journal.TemporaryCredentialUsed, {
    ...who,
    credentialId: 'c1',
    at: at('08:12'),
    method: 'temporary-password',
    changeAdvised: true,
  }),
  paused,
  resumed,
  event(course.SessionEnded, { ...who, at: at('09:40'), cause: 'completed' }),
  event(deviations.OverrunFlagged, {
    ...who,
    deviationId: `${SESSION}-d2`,
    code: 'overrun',
    rule: 'charter:7.2a',
    serious: false,
    detail: 'beyond-allowed-minutes',
    at: at('09:10'),
    activeMinutes: 90,
    allowedMinutes: 60,
    overrunSeconds: 1800,
  }),
];

export const closing: readonly AnyEvent[] = [
  event(journal.StateAfterRecorded, { ...who, at: at('09:41'), observed: false, notObservedReason: 'session-cut' }),
  event(journal.RecommendationsRecorded, { ...who, at: at('09:42'), none: true }),
  event(course.SessionClosed, {
    ...who,
    startedAt: at('08:00'),
    endedAt: at('09:40'),
    segments: [
      { from: at('08:00'), to: at('08:20') },
      { from: at('08:30'), to: at('09:40') },
    ],
    activeMinutes: 90,
    outcome: 'partly',
    closedAt: at('09:45'),
  }),
  event(deviations.DeviationReviewed, {
    ...who,
    deviationId: `${SESSION}-d1`,
    comment: 'Vu avec l’adhérente',
    at: at('10:00'),
    ownSession: false,
  }),
  event(journal.CredentialChangeConfirmed, { ...who, credentialId: 'c1', at: at('10:05') }),
];

export const correctionOf = (targetEventId: string) =>
  event(journal.JournalCorrected, {
    ...who,
    correctionId: 'k1',
    targetEventId,
    field: 'description',
    value: 'Pilote remplacé',
    reason: 'wrong-fact',
    at: at('10:10'),
  });
