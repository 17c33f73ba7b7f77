import type { SealedAssociationEvent } from '#domain/association/events.js';
import type { SealedComplaintEvent } from '#domain/complaint/events.js';
import type { SealedCustodyEvent } from '#domain/custody/events.js';
import type { SealedIncidentEvent } from '#domain/incident/events.js';
import type { SealedMemberEvent } from '#domain/member/events.js';
import type { SealedRequestEvent } from '#domain/request/events.js';
import type { SealedRetentionEvent } from '#domain/retention/events.js';
import type { SealedRightsEvent } from '#domain/rights/events.js';
import type { SealedSessionEvent } from '#domain/session/events.js';
import type { SealedStaffEvent } from '#domain/staff/events.js';
import type { SealedSubscriberEvent } from '#domain/subscriber/events.js';
import type { SealedTokenEvent } from '#domain/token/events.js';
import type { AnySealedEvent } from '#kernel/define-event.js';
import { collection, textOf } from './change.js';
import { foldCustodyOfHold, foldCustodyOfKept, keptIdOf } from './retention-custody.js';
import type { HoldDocument, KeptDocument, RunDocument } from './retention-documents.js';
import {
  foldComplaint,
  foldRequest,
  foldRights,
  foldSession,
  foldSessionOfRequest,
  isSettled,
} from './retention-fold.js';
import { foldIncident, foldMember, foldRecord, foldStaff, foldSubscriber } from './retention-fold-others.js';
import type { Change, ViewDefinition } from './view.js';

/** The casts meet here: the store keeps documents as plain JSON, the folds know their shape. */
const change = <T extends object>(
  collectionName: string,
  id: string,
  fold: (before: T | undefined) => T | undefined,
): Change => ({
  collection: collectionName,
  id,
  next: (before) => fold(before as T | undefined) as ReturnType<Change['next']>,
});
const kept = (id: string, fold: (before: KeptDocument | undefined) => KeptDocument | undefined) =>
  change<KeptDocument>('kept', id, fold);

function ofCustody(event: SealedCustodyEvent): readonly Change[] {
  switch (event.type) {
    case 'LegalHoldPlaced':
    case 'LegalHoldReviewed':
    case 'LegalHoldReleased': {
      const { memberId, holdId } = event.data;
      return [change<HoldDocument>('holds', `${memberId}.${holdId}`, (before) => foldCustodyOfHold(before, event))];
    }
    case 'CellsCondemned':
    case 'CellsDestroyed': {
      const cells: readonly (string | { readonly cell: string })[] = event.data.cells;
      const ids = cells.flatMap((one) => keptIdOf(typeof one === 'string' ? one : one.cell) ?? []);
      return [...new Set(ids)].map((id) => kept(id, (before) => foldCustodyOfKept(before, event)));
    }
    default:
      return [];
  }
}

function changes(any: AnySealedEvent): readonly Change[] {
  const { stream } = any.meta;
  if (stream.startsWith('custody-')) return ofCustody(any as SealedCustodyEvent);
  if (stream.startsWith('retention-')) {
    const { data } = any as SealedRetentionEvent;
    return [change<RunDocument>('runs', data.runId, () => ({ ...data }))];
  }
  if (stream.startsWith('request-')) {
    const event = any as SealedRequestEvent;
    return [kept(`request:${event.data.requestId}`, (before) => foldRequest(before, event))];
  }
  if (stream.startsWith('complaint-')) {
    const event = any as SealedComplaintEvent;
    return [kept(`complaint:${event.data.complaintId}`, (before) => foldComplaint(before, event))];
  }
  if (stream.startsWith('rights-')) {
    const event = any as SealedRightsEvent;
    return [kept(`rights:${event.data.rightsId}`, (before) => foldRights(before, event))];
  }
  if (!stream.startsWith('session-')) return ofOthers(any);
  const event = any as SealedSessionEvent;
  const { sessionId } = event.data;
  const dot = sessionId.lastIndexOf('.');
  const requestId = dot < 0 ? undefined : sessionId.slice(0, dot);
  return [
    kept(`session:${sessionId}`, (before) => foldSession(before, event)),
    ...(requestId === undefined
      ? []
      : [kept(`request:${requestId}`, (before) => foldSessionOfRequest(before, sessionId))]),
  ];
}

/** What belongs to no case of a member: identities, records, incidents. Settled once condemned. */
function ofOthers(any: AnySealedEvent): readonly Change[] {
  const { stream } = any.meta;
  const other = (id: string, fold: (before: KeptDocument | undefined) => KeptDocument | undefined) => [
    kept(id, (before) => (before !== undefined && isSettled(before) ? before : fold(before))),
  ];
  if (stream.startsWith('incident-')) {
    const event = any as SealedIncidentEvent;
    return other(`incident:${event.data.incidentId}`, (before) => foldIncident(before, event));
  }
  if (stream.startsWith('member-')) {
    const event = any as SealedMemberEvent;
    return other(`identity:${event.data.memberId}`, (before) => foldMember(before, event));
  }
  if (stream.startsWith('association-')) {
    const event = any as SealedAssociationEvent;
    return other(`identity:${event.data.recordId}`, (before) => foldRecord(before, event));
  }
  if (stream.startsWith('subscriber-')) {
    const event = any as SealedSubscriberEvent;
    return other(`identity:${event.data.subscriberId}`, (before) => foldSubscriber(before, event));
  }
  const event = any as SealedStaffEvent | SealedTokenEvent;
  const staffId = textOf(event.data, 'staffId');
  return staffId === undefined ? [] : other(`identity:${staffId}`, (before) => foldStaff(before, event));
}

/** What is kept for a time, since when, and what holds it; runs of retention with their numbers. Nothing personal. */
export const retentionView: ViewDefinition = {
  schema: {
    name: 'retention',
    version: 6,
    collections: [
      collection('kept', { state: 'text', endedAt: 'text', memberId: 'text', destructionId: 'text' }, [
        ['state', 'endedAt'],
        ['memberId', 'endedAt'],
        ['destructionId', 'endedAt'],
      ]),
      collection('holds', { state: 'text' }, [['state']]),
      collection('runs', { day: 'text' }, [['day']]),
    ],
  },
  streamPrefixes: [
    'session-',
    'request-',
    'complaint-',
    'rights-',
    'custody-',
    'retention-',
    'incident-',
    'member-',
    'association-',
    'subscriber-',
    'staff-',
    'token-',
  ],
  changes,
};
