import type { SealedComplaintEvent } from '#domain/complaint/events.js';
import type { SealedRequestEvent } from '#domain/request/events.js';
import type { SealedRightsEvent } from '#domain/rights/events.js';
import type { SealedSessionEvent } from '#domain/session/events.js';
import type { Instant } from '#kernel/time.js';
import { withText } from './change.js';
import type { KeptDocument } from './retention-documents.js';

/** Once condemned, nothing that is recorded later changes when it goes. */
export const isSettled = (one: KeptDocument): boolean => one.state === 'condemned' || one.state === 'destroyed';

const later = (one: Instant | undefined, other: Instant): Instant => (one !== undefined && one > other ? one : other);

/**
 * A session's period begins at its end. A consent that led to nothing has its own: it begins with the last thing recorded
 * of it.
 */
export function foldSession(before: KeptDocument | undefined, event: SealedSessionEvent): KeptDocument {
  const { memberId, sessionId } = event.data;
  const fresh: KeptDocument = { kind: 'session', id: sessionId, memberId, state: 'kept', sessions: [] };
  const one = before ?? fresh;
  if (isSettled(one)) return one;
  switch (event.type) {
    case 'ConsentGiven':
      return { ...waiting(one, event.meta.recordedAt), charterVersionId: event.data.charterVersionId };
    case 'SessionStarted': {
      const { endedAt: _, ...rest } = one;
      return { charterVersionId: event.data.charterVersionId, ...rest, state: 'under-way', started: true as const };
    }
    case 'SessionInterrupted':
    case 'SessionEnded':
      return { ...one, state: 'kept', endedAt: event.data.at };
    case 'SessionClosed':
      return { ...one, state: 'kept', endedAt: event.data.endedAt };
    case 'SessionRecordedAfterwards': {
      const { endedAt, charterVersionId } = event.data;
      const version = charterVersionId === undefined ? {} : { charterVersionId };
      return { ...one, ...version, state: 'kept', started: true, endedAt };
    }
    case 'StrikeOutRequested':
    case 'StrikeOutDecided':
      return one;
    default:
      return waiting(one, event.meta.recordedAt);
  }
}

/** Before the start each event moves the beginning of the period; afterwards none does. */
function waiting(one: KeptDocument, recordedAt: Instant): KeptDocument {
  if ('started' in one) return one;
  return { ...one, state: 'kept', endedAt: later(one.endedAt, recordedAt) };
}

/** A request's own period begins with the last that was recorded of it, or the end of the last slot booked. */
export function foldRequest(before: KeptDocument | undefined, event: SealedRequestEvent): KeptDocument {
  const { requestId, memberId } = event.data;
  const one = { ...(before ?? newRequest(requestId)), memberId };
  if (isSettled(one) || isAboutText(event)) return one;
  const recorded = later(one.endedAt, event.meta.recordedAt);
  const version = event.type === 'SupportRequested' ? { charterVersionId: event.data.charterVersionId } : {};
  const endedAt = event.type === 'AppointmentBooked' ? later(recorded, event.data.endsAt) : recorded;
  return { ...one, ...version, state: 'kept', endedAt };
}

/** That a text is reported and struck out is no use of the request: it keeps nothing longer. */
const isAboutText = ({ type }: SealedRequestEvent): boolean =>
  type === 'RequestTextReported' || type === 'RequestTextStrikeOutDecided';

export function foldSessionOfRequest(before: KeptDocument | undefined, sessionId: string): KeptDocument | undefined {
  const requestId = sessionId.slice(0, sessionId.lastIndexOf('.'));
  const one = before ?? newRequest(requestId);
  if (one.sessions.includes(sessionId)) return before;
  return { ...one, sessions: withText(one.sessions, sessionId) };
}

/**
 * A complaint's period begins when it ends, by closing or by withdrawal, and with what is sent to a third party after
 * that; a reopening stops it. What it disputes is held apart from it.
 */
export function foldComplaint(before: KeptDocument | undefined, event: SealedComplaintEvent): KeptDocument {
  const { complaintId, memberId } = event.data;
  const one = before ?? { kind: 'complaint', id: complaintId, memberId, state: 'under-way', sessions: [] };
  if (isSettled(one)) return one;
  switch (event.type) {
    case 'ComplaintClosed':
      return { ...one, state: 'kept', endedAt: event.data.closedAt };
    case 'ComplaintWithdrawn':
      return { ...one, state: 'kept', endedAt: event.data.withdrawnAt };
    case 'ComplaintReopened': {
      const { endedAt: _, ...rest } = one;
      return { ...rest, state: 'under-way' };
    }
    default:
      return one.endedAt === undefined ? one : { ...one, endedAt: later(one.endedAt, event.meta.recordedAt) };
  }
}

/**
 * A case of rights begins its period when it is answered or withdrawn, and again when it is closed: what was said in it
 * proves the answer for as long as the journal proves the service.
 */
export function foldRights(before: KeptDocument | undefined, event: SealedRightsEvent): KeptDocument {
  const { rightsId, memberId } = event.data;
  const one = before ?? { kind: 'rights', id: rightsId, memberId, state: 'under-way', sessions: [] };
  if (isSettled(one)) return one;
  switch (event.type) {
    case 'RightsAnswerSent':
      return { ...one, state: 'kept', endedAt: later(one.endedAt, event.data.sentAt) };
    case 'RightsRequestWithdrawn':
      return { ...one, state: 'kept', endedAt: event.data.withdrawnAt };
    case 'RightsRequestClosed':
      return { ...one, state: 'kept', endedAt: later(one.endedAt, event.data.closedAt) };
    default:
      return one;
  }
}

const newRequest = (id: string): KeptDocument => ({ kind: 'request', id, state: 'under-way', sessions: [] });
