import { isRecordedLate } from '#domain/shared/fact-time.js';
import { factTimes, timeOfFact } from '#domain/shared/fact-times.js';
import type { AnySealedEvent } from '#kernel/define-event.js';
import type { Instant } from '#kernel/time.js';
import { toEpochMilliseconds } from '#kernel/time.js';
import { collection, textOf } from './change.js';
import { plusDays, startOfLocalDay } from './local-day.js';
import { equals, findPage, type ListAnswer, listAnswer, type PageParams, type ViewDeps } from './query.js';
import type { Change, ViewDefinition } from './view.js';

/** One fact that was typed in more than a day after it happened (A16), whatever kind of thing it is about. */
export interface LateRecordingDocument {
  /** Type of the event, and where it stands. */
  readonly event: string;
  readonly category: string;
  readonly stream: string;
  readonly revision: number;
  readonly memberId?: string;
  readonly at: Instant;
  readonly recordedAt: Instant;
  readonly recordedBy: string;
  /** Whole hours between the two. */
  readonly hours: number;
}

const time = { toInstant: (day: Parameters<typeof plusDays>[0]) => startOfLocalDay(plusDays(day, 1)) };

function changes(event: AnySealedEvent): readonly Change[] {
  const { type, data, meta } = event;
  const at = timeOfFact(factTimes[type], data, time);
  if (at === undefined || !isRecordedLate(at, meta.recordedAt)) return [];
  const memberId = textOf(data, 'memberId');
  const document: LateRecordingDocument = {
    event: type,
    category: meta.stream.slice(0, meta.stream.indexOf('-')),
    stream: meta.stream,
    revision: meta.revision,
    ...(memberId === undefined ? {} : { memberId }),
    at,
    recordedAt: meta.recordedAt,
    recordedBy: meta.actor,
    hours: Math.floor((toEpochMilliseconds(meta.recordedAt) - toEpochMilliseconds(at)) / 3_600_000),
  };
  return [{ collection: 'late', id: meta.eventId, next: () => document as unknown as ReturnType<Change['next']> }];
}

/** Late recordings of every kind, by one rule. Opaque ids and times. */
export const lateRecordingsView: ViewDefinition = {
  schema: {
    name: 'laterecordings',
    version: 1,
    collections: [
      collection('late', { recordedAt: 'text', category: 'text', memberId: 'text' }, [
        ['recordedAt'],
        ['category', 'recordedAt'],
        ['memberId', 'recordedAt'],
        ['category', 'memberId', 'recordedAt'],
      ]),
    ],
  },
  streamPrefixes: [
    'charter-',
    'staff-',
    'member-',
    'request-',
    'session-',
    'rights-',
    'complaint-',
    'incident-',
    'access-',
  ],
  changes,
};

export interface LateRecordingFilters extends PageParams {
  readonly category?: string;
  readonly memberId?: string;
}

/** Latest recorded first. */
export async function listLateRecordings(
  { viewStore }: Pick<ViewDeps, 'viewStore'>,
  { category, memberId, ...page }: LateRecordingFilters,
): Promise<ListAnswer<LateRecordingDocument>> {
  const found = await findPage<LateRecordingDocument>(
    viewStore,
    lateRecordingsView.schema,
    { collection: 'late', where: equals({ category, memberId }), orderBy: { field: 'recordedAt', direction: 'desc' } },
    page,
  );
  return listAnswer(found.documents, found.asOf, found.next);
}
