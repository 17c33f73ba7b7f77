import type { SealedAccessEvent } from '#domain/access/events.js';
import type { Instant } from '#kernel/time.js';
import { changesOf, collection } from './change.js';
import { localDayOf, plusMonths, startOfLocalDay } from './local-day.js';
import { equals, findPage, type ListAnswer, listAnswer, type PageParams, type ViewDeps } from './query.js';
import type { ViewDefinition } from './view.js';

export interface AccessDocument {
  readonly memberId: string;
  readonly sessionId?: string;
  readonly what: string;
  readonly purpose: string;
  /** Staff id of the person who consulted. */
  readonly by: string;
  readonly at: Instant;
}

function fold(before: AccessDocument | undefined, event: SealedAccessEvent): AccessDocument | undefined {
  if (event.type !== 'FileConsulted') return before;
  const { memberId, sessionId, what, purpose, by, at } = event.data;
  return { memberId, ...(sessionId === undefined ? {} : { sessionId }), what, purpose, by, at };
}

/** Who consulted which member's file, and why (4.2 a). */
export const accessesView: ViewDefinition = {
  schema: {
    name: 'accesses',
    version: 1,
    collections: [
      collection('accesses', { memberId: 'text', by: 'text', at: 'text' }, [['at'], ['memberId', 'at'], ['by', 'at']]),
    ],
  },
  streamPrefixes: ['access-'],
  changes: changesOf<AccessDocument, SealedAccessEvent>('accesses', (event) => event.meta.eventId, fold),
};

/** The access log is shown for twelve months, rolling. */
export const ACCESS_LOG_MONTHS = 12;

/** Consultations before this moment are shown to nobody, wherever they are read. */
export const accessLogStart = (now: Instant): Instant =>
  startOfLocalDay(plusMonths(localDayOf(now), -ACCESS_LOG_MONTHS));

/** Latest first; filters by member or by the person who consulted. */
export async function listAccesses(
  deps: Pick<ViewDeps, 'viewStore' | 'now'>,
  params: PageParams & { readonly memberId?: string; readonly by?: string },
): Promise<ListAnswer<AccessDocument>> {
  const since = accessLogStart(deps.now);
  const page = await findPage<AccessDocument>(
    deps.viewStore,
    accessesView.schema,
    {
      collection: 'accesses',
      where: [...equals({ memberId: params.memberId, by: params.by }), { field: 'at', op: 'gte', value: since }],
      orderBy: { field: 'at', direction: 'desc' },
    },
    params,
  );
  return listAnswer(page.documents, page.asOf, page.next);
}
