import type { SealedRequestEvent } from '#domain/request/events.js';
import { isSealed, type Sealed } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import { changesOf, collection, textOf } from './change.js';
import {
  equals,
  findPage,
  type ListAnswer,
  listAnswer,
  openWithin,
  type PageParams,
  type Unsealed,
  type ViewDeps,
} from './query.js';
import type { ViewDefinition } from './view.js';

export type RequestStatus = 'received' | 'qualified' | 'booked' | 'declined' | 'closed';

export interface AppointmentOfRequest {
  readonly sessionId: string;
  readonly technicianId: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly exceptional: boolean;
  readonly cancelled: boolean;
}

/** Where a text of the request stands, the replaced ones included: what a report of it names. */
export interface TextOfRequest {
  readonly targetEventId: string;
  readonly field: string;
  readonly recordedAt: Instant;
}

/** A text that was reported as holding what may not be kept. Granted and carried out, it answers « erased » where it stood. */
export interface StrikeOutOfRequest {
  readonly strikeOutId: string;
  readonly targetEventId: string;
  readonly field: string;
  readonly reason: string;
  readonly requestedAt: Instant;
  readonly requestedBy: string;
  readonly decision?: 'granted' | 'refused';
  readonly decidedAt?: Instant;
  readonly decidedBy?: string;
}

export interface RequestDocument {
  readonly requestId: string;
  readonly memberId: string;
  readonly revision: number;
  readonly status: RequestStatus;
  readonly channel: string;
  readonly receivedAt: Instant;
  readonly charterVersionId: string;
  readonly membershipStatus: string;
  readonly commercialUse: boolean;
  /** Yes or no only: never what the data are (3.2 d). */
  readonly confidentialDataPresent: boolean;
  readonly problem: Sealed<string>;
  readonly scope?: Sealed<string>;
  readonly noGoZones?: Sealed<unknown>;
  readonly serviceCategories: readonly string[];
  readonly declined?: { readonly reason: string; readonly letterTemplate: string };
  readonly exceptionalSlots: readonly { readonly slotStart: Instant; readonly slotEnd: Instant }[];
  readonly appointments: readonly AppointmentOfRequest[];
  readonly texts: readonly TextOfRequest[];
  readonly strikeOuts: readonly StrikeOutOfRequest[];
}

function received(event: Extract<SealedRequestEvent, { readonly type: 'SupportRequested' }>): RequestDocument {
  const { requestId, memberId, channel, receivedAt, charterVersionId } = event.data;
  const { membershipStatus, commercialUse, confidentialDataPresent, problem } = event.data;
  return {
    requestId,
    memberId,
    revision: event.meta.revision,
    status: 'received',
    channel,
    receivedAt,
    charterVersionId,
    membershipStatus,
    commercialUse,
    confidentialDataPresent,
    problem,
    serviceCategories: [],
    exceptionalSlots: [],
    appointments: [],
    texts: textsOf(event),
    strikeOuts: [],
  };
}

const textsOf = ({ data, meta }: SealedRequestEvent): readonly TextOfRequest[] =>
  Object.entries(data)
    .filter(([, value]) => isSealed(value))
    .map(([field]) => ({ targetEventId: meta.eventId, field, recordedAt: meta.recordedAt }));

function fold(before: RequestDocument | undefined, event: SealedRequestEvent): RequestDocument | undefined {
  if (event.type === 'SupportRequested') return received(event);
  if (before === undefined) return undefined;
  const after = { ...before, revision: event.meta.revision, texts: [...before.texts, ...textsOf(event)] };
  switch (event.type) {
    case 'RequestQualified': {
      const { serviceCategories, scope } = event.data;
      return { ...after, status: 'qualified', serviceCategories, ...(scope === undefined ? {} : { scope }) };
    }
    case 'NoGoZonesDeclared':
      return { ...after, noGoZones: event.data.zones };
    case 'RequestDeclined': {
      const { reason, letterTemplate } = event.data;
      return { ...after, status: 'declined', declined: { reason, letterTemplate } };
    }
    case 'ExceptionalSlotAgreed': {
      const { slotStart, slotEnd } = event.data;
      return { ...after, exceptionalSlots: [...before.exceptionalSlots, { slotStart, slotEnd }] };
    }
    case 'AppointmentBooked': {
      const { sessionId, technicianId, startsAt, endsAt, exceptional } = event.data;
      const booked = { sessionId, technicianId, startsAt, endsAt, exceptional, cancelled: false };
      return { ...after, status: 'booked', appointments: [...before.appointments, booked] };
    }
    case 'AppointmentCancelled': {
      const { sessionId } = event.data;
      const appointments = before.appointments.map((one) =>
        one.sessionId === sessionId ? { ...one, cancelled: true } : one,
      );
      const open = appointments.some((one) => !one.cancelled);
      return { ...after, status: open ? before.status : 'qualified', appointments };
    }
    case 'RequestClosed':
      return { ...after, status: 'closed' };
    case 'RequestTextReported': {
      const { strikeOutId, targetEventId, field, reason, requestedAt } = event.data;
      const reported = { strikeOutId, targetEventId, field, reason, requestedAt, requestedBy: event.meta.actor };
      return { ...after, strikeOuts: [...before.strikeOuts, reported] };
    }
    case 'RequestTextStrikeOutDecided': {
      const { strikeOutId, decision, decidedAt } = event.data;
      const decided = { decision, decidedAt, decidedBy: event.meta.actor };
      const decide = (one: StrikeOutOfRequest) => (one.strikeOutId === strikeOutId ? { ...one, ...decided } : one);
      return { ...after, strikeOuts: before.strikeOuts.map(decide) };
    }
    default:
      return after;
  }
}

/** Requests for support, from intake to appointment. */
export const requestsView: ViewDefinition = {
  schema: {
    name: 'requests',
    version: 2,
    collections: [
      collection('requests', { memberId: 'text', status: 'text', receivedAt: 'text', serviceCategories: 'texts' }, [
        ['receivedAt'],
        ['status', 'receivedAt'],
        ['memberId', 'receivedAt'],
        ['serviceCategories', 'receivedAt'],
      ]),
    ],
  },
  streamPrefixes: ['request-'],
  changes: changesOf<RequestDocument, SealedRequestEvent>('requests', (event) => textOf(event.data, 'requestId'), fold),
};

export interface RequestsParams extends PageParams {
  readonly status?: RequestStatus;
  readonly memberId?: string;
  readonly category?: string;
  /** `receivedAt` or `-receivedAt` (default). */
  readonly sort?: 'receivedAt' | '-receivedAt';
}

/** A request in a list: nothing of what the member said, so nothing is opened and no purpose is asked. */
export type RequestLine = Omit<RequestDocument, 'problem' | 'scope' | 'noGoZones' | 'texts' | 'strikeOuts'>;

export function requestLineOf(document: RequestDocument): RequestLine {
  const { problem: _p, scope: _s, noGoZones: _n, texts: _t, strikeOuts: _o, ...line } = document;
  return line;
}

export async function listRequests(
  deps: Pick<ViewDeps, 'viewStore'>,
  params: RequestsParams,
): Promise<ListAnswer<RequestLine>> {
  const { status, memberId, category } = params;
  const page = await findPage<RequestDocument>(
    deps.viewStore,
    requestsView.schema,
    {
      collection: 'requests',
      where: [
        ...equals({ status, memberId }),
        ...(category === undefined ? [] : [{ field: 'serviceCategories', op: 'has' as const, value: category }]),
      ],
      orderBy: { field: 'receivedAt', direction: params.sort === 'receivedAt' ? 'asc' : 'desc' },
    },
    params,
  );
  return listAnswer(page.documents.map(requestLineOf), page.asOf, page.next);
}

export async function getRequest(
  { viewStore, opener }: Pick<ViewDeps, 'viewStore' | 'opener'>,
  requestId: string,
): Promise<Unsealed<RequestDocument> | undefined> {
  const document = await viewStore.get(requestsView.schema, 'requests', requestId);
  return document === undefined ? undefined : openWithin(opener, document as unknown as RequestDocument);
}
