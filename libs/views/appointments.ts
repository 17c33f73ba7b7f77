import type { SealedRequestEvent } from '#domain/request/events.js';
import type { SealedSessionEvent } from '#domain/session/events.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import { changesOf, collection, textOf } from './change.js';
import { localDayOf } from './local-day.js';
import { equals, findPage, type ListAnswer, listAnswer, type PageParams, type ViewDeps } from './query.js';
import type { ViewDefinition } from './view.js';

/** Where an appointment stands. `ended`: over but its journal is not complete yet. */
export type AppointmentStatus = 'booked' | 'cancelled' | 'running' | 'ended' | 'closed';
export type AppointmentConsent = 'missing' | 'given' | 'refused' | 'withdrawn' | 'contested';

export interface AppointmentDocument {
  readonly sessionId: string;
  readonly requestId: string;
  readonly memberId: string;
  readonly technicianId: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly localDay: LocalDate;
  readonly exceptional: boolean;
  readonly charterVersionId: string;
  readonly status: AppointmentStatus;
  readonly consent: AppointmentConsent;
  /** The version of the charter that was consented on. */
  readonly consentCharterVersionId?: string;
  /** When the member was last told how to prepare (X.1–3). */
  readonly preparationAdvisedAt?: Instant;
}

type Event = SealedRequestEvent | SealedSessionEvent;

function fold(before: AppointmentDocument | undefined, event: Event): AppointmentDocument | undefined {
  if (event.type === 'AppointmentBooked') {
    const { sessionId, requestId, memberId, technicianId, startsAt, endsAt, exceptional, charterVersionId } =
      event.data;
    const slot = { technicianId, startsAt, endsAt, localDay: localDayOf(startsAt), exceptional, charterVersionId };
    const soFar = before ?? { status: 'booked' as const, consent: 'missing' as const };
    return { ...soFar, sessionId, requestId, memberId, ...slot };
  }
  if (before === undefined) return undefined;
  switch (event.type) {
    case 'AppointmentCancelled':
      return { ...before, status: 'cancelled' };
    case 'PreparationAdvised':
      return { ...before, preparationAdvisedAt: event.data.at };
    case 'ConsentGiven':
      return { ...before, consent: 'given', consentCharterVersionId: event.data.charterVersionId };
    case 'ConsentRefused':
      return { ...before, consent: 'refused' };
    case 'ConsentWithdrawn':
      return { ...before, consent: 'withdrawn' };
    case 'ConsentContested':
      return { ...before, consent: 'contested' };
    case 'ContestSettled':
      return { ...before, consent: 'given' };
    case 'SessionStarted':
      return { ...before, status: 'running' };
    case 'SessionInterrupted':
    case 'SessionEnded':
    case 'SessionRecordedAfterwards':
      return { ...before, status: before.status === 'closed' ? 'closed' : 'ended' };
    case 'SessionClosed':
      return { ...before, status: 'closed' };
    default:
      return before;
  }
}

/** Appointments by day, with the state of their consent: the work list of the day. */
export const appointmentsView: ViewDefinition = {
  schema: {
    name: 'appointments',
    version: 2,
    collections: [
      collection(
        'appointments',
        {
          localDay: 'text',
          startsAt: 'text',
          status: 'text',
          consent: 'text',
          technicianId: 'text',
          memberId: 'text',
        },
        [
          ['startsAt'],
          ['localDay', 'startsAt'],
          ['status', 'startsAt'],
          ['status', 'consent', 'startsAt'],
          ['consent', 'startsAt'],
          ['technicianId', 'startsAt'],
          ['memberId', 'startsAt'],
        ],
      ),
    ],
  },
  streamPrefixes: ['request-', 'session-'],
  changes: changesOf<AppointmentDocument, Event>('appointments', (event) => textOf(event.data, 'sessionId'), fold),
};

export interface AppointmentsParams extends PageParams {
  /** Day in Europe/Paris. */
  readonly day?: LocalDate;
  readonly from?: Instant;
  readonly technicianId?: string;
  readonly memberId?: string;
  readonly status?: AppointmentStatus;
  readonly consent?: AppointmentConsent;
  /** `startsAt` (default) or `-startsAt`. */
  readonly sort?: 'startsAt' | '-startsAt';
}

export async function listAppointments(
  deps: Pick<ViewDeps, 'viewStore'>,
  params: AppointmentsParams,
): Promise<ListAnswer<AppointmentDocument>> {
  const { day, from, technicianId, memberId, status, consent } = params;
  const page = await findPage<AppointmentDocument>(
    deps.viewStore,
    appointmentsView.schema,
    {
      collection: 'appointments',
      where: [
        ...equals({ localDay: day, technicianId, memberId, status, consent }),
        ...(from === undefined ? [] : [{ field: 'startsAt', op: 'gte' as const, value: from }]),
      ],
      orderBy: { field: 'startsAt', direction: params.sort === '-startsAt' ? 'desc' : 'asc' },
    },
    params,
  );
  return listAnswer(page.documents, page.asOf, page.next);
}
