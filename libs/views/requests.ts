import type { SealedRequestEvent } from '#domain/request/events.js';
import type { Sealed } from '#kernel/sealed.js';
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
  };
}

function fold(before: RequestDocument | undefined, event: SealedRequestEvent): RequestDocument | undefined {
  if (event.type === 'SupportRequested') return received(event);
  if (before === undefined) return undefined;
  const after = { ...before, revision: event.meta.revision };
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
    default:
      return after;
  }
}

/** Requests for support, from intake to appointment. */
export const requestsView: ViewDefinition = {
  schema: {
    name: 'requests',
    version: 1,
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
export type RequestLine = Omit<RequestDocument, 'problem' | 'scope' | 'noGoZones'>;

export const requestLineOf = ({ problem: _p, scope: _s, noGoZones: _n, ...line }: RequestDocument): RequestLine => line;

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
