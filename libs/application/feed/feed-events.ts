import { ComplaintClosed, ComplaintFiled, ComplaintReopened, ComplaintWithdrawn } from '#domain/complaint/events.js';
import { RequestClosed, RequestDeclined, RequestQualified, SupportRequested } from '#domain/request/events.js';
import { ConsentGiven, ConsentRefused, ConsentWithdrawn } from '#domain/session/events-consent.js';
import { ConsentContested } from '#domain/session/events-contest.js';
import {
  SessionClosed,
  SessionEnded,
  SessionInterrupted,
  SessionRecordedAfterwards,
  SessionStarted,
} from '#domain/session/events-course.js';
import { type FeedEvent, published } from './feed-event.js';
import { feedNotices } from './feed-notices.js';

const session = ['session', 'sessionId'] as const;
const request = ['request', 'requestId'] as const;
const complaint = ['complaint', 'complaintId'] as const;

const consentTold: readonly FeedEvent[] = [
  published(ConsentGiven, {
    topic: 'consent',
    what: 'given',
    about: session,
    doc: 'The member consented to this one session, on the charter version named.',
    carries: ['sessionId', 'memberId', 'requestId', 'charterVersionId', 'mode', 'givenAt', 'validOn'],
  }),
  published(ConsentRefused, {
    topic: 'consent',
    what: 'refused',
    about: session,
    doc: 'The member refused this session. No reason is asked.',
    carries: ['sessionId', 'memberId', 'requestId', 'at', 'channel'],
  }),
  published(ConsentWithdrawn, {
    topic: 'consent',
    what: 'withdrawn',
    about: session,
    doc: 'The member withdrew the consent. No reason is asked.',
    carries: ['sessionId', 'memberId', 'at', 'channel'],
  }),
  published(ConsentContested, {
    topic: 'consent',
    what: 'contested',
    about: session,
    doc: 'The member says that a consent was not recorded as it was given.',
    carries: ['sessionId', 'memberId', 'at', 'channel', 'stage'],
  }),
];

const sessionsTold: readonly FeedEvent[] = [
  published(SessionStarted, {
    topic: 'session',
    what: 'started',
    about: session,
    doc: 'The technician took control.',
    carries: ['sessionId', 'memberId', 'requestId', 'startedAt', 'exceptional', 'charterVersionId', 'allowedMinutes'],
  }),
  published(SessionInterrupted, {
    topic: 'session',
    what: 'interrupted',
    about: session,
    doc: 'The session was stopped early, for a reason of article 7.3 or one beyond the charter; its end follows.',
    carries: ['sessionId', 'memberId', 'at', 'reason', 'beyondCharter'],
  }),
  published(SessionEnded, {
    topic: 'session',
    what: 'ended',
    about: session,
    doc: 'Control was given back for good.',
    carries: ['sessionId', 'memberId', 'at', 'cause'],
  }),
  published(SessionClosed, {
    topic: 'session',
    what: 'closed',
    about: session,
    doc: 'The journal of the session is complete.',
    carries: ['sessionId', 'memberId', 'startedAt', 'endedAt', 'activeMinutes', 'outcome'],
  }),
  published(SessionRecordedAfterwards, {
    topic: 'session',
    what: 'recorded-afterwards',
    about: session,
    doc: 'A session that took place was written down later: there was no start and no end at their time.',
    carries: [
      'sessionId',
      'memberId',
      'requestId',
      'startedAt',
      'endedAt',
      'activeMinutes',
      'allowedMinutes',
      'reason',
      'consent',
    ],
  }),
];

const requestsTold: readonly FeedEvent[] = [
  published(SupportRequested, {
    topic: 'request',
    what: 'received',
    about: request,
    doc: 'A member asked for support.',
    carries: ['requestId', 'memberId', 'channel', 'receivedAt', 'charterVersionId'],
  }),
  published(RequestQualified, {
    topic: 'request',
    what: 'qualified',
    about: request,
    doc: 'The request was found within the service.',
    carries: ['requestId', 'memberId', 'serviceCategories', 'dataRecovery', 'asAdvice'],
  }),
  published(RequestDeclined, {
    topic: 'request',
    what: 'declined',
    about: request,
    doc: 'The request is outside the service.',
    carries: ['requestId', 'memberId', 'reason'],
  }),
  published(RequestClosed, {
    topic: 'request',
    what: 'closed',
    about: request,
    doc: 'Nothing more is planned for the request.',
    carries: ['requestId', 'memberId', 'outcome', 'closedAt'],
  }),
];

const complaintsTold: readonly FeedEvent[] = [
  published(ComplaintFiled, {
    topic: 'complaint',
    what: 'filed',
    about: complaint,
    doc: 'A member complains. Neither facts nor sessions nor persons are told.',
    carries: ['complaintId', 'memberId', 'channel', 'receivedAt', 'learnedOn'],
  }),
  published(ComplaintWithdrawn, {
    topic: 'complaint',
    what: 'withdrawn',
    about: complaint,
    doc: 'The member no longer complains.',
    carries: ['complaintId', 'memberId', 'withdrawnAt', 'channel'],
  }),
  published(ComplaintClosed, {
    topic: 'complaint',
    what: 'closed',
    about: complaint,
    doc: 'The final answer left.',
    carries: ['complaintId', 'memberId', 'outcome', 'channel', 'closedAt'],
  }),
  published(ComplaintReopened, {
    topic: 'complaint',
    what: 'reopened',
    about: complaint,
    doc: 'A new fact opens the case again.',
    carries: ['complaintId', 'memberId', 'opening', 'reopenedAt'],
  }),
];

/** Everything that may leave the house by the feed, and nothing else. */
export const feedEvents: readonly FeedEvent[] = [
  ...consentTold,
  ...sessionsTold,
  ...requestsTold,
  ...complaintsTold,
  ...feedNotices,
];
