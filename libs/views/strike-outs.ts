import type { SealedRequestEvent } from '#domain/request/events.js';
import type { SealedSessionEvent } from '#domain/session/events.js';
import type { Instant } from '#kernel/time.js';
import { changesOf, collection, textOf } from './change.js';
import { equals, findPage, type ListAnswer, listAnswer, type PageParams, type ViewDeps } from './query.js';
import type { ViewDefinition } from './view.js';

/** One text that somebody reported, and what was decided. It names the text and never carries it. */
export interface StrikeOutDocument {
  readonly strikeOutId: string;
  /** Of the journal of this session, or of this request: one of the two. */
  readonly sessionId?: string;
  readonly requestId?: string;
  readonly memberId: string;
  readonly targetEventId: string;
  readonly field: string;
  readonly reason: string;
  readonly requestedAt: Instant;
  readonly requestedBy: string;
  readonly state: 'waiting' | 'granted' | 'refused';
  readonly decidedAt?: Instant;
  readonly decidedBy?: string;
}

function fold(
  before: StrikeOutDocument | undefined,
  event: SealedSessionEvent | SealedRequestEvent,
): StrikeOutDocument | undefined {
  const { actor } = event.meta;
  if (event.type === 'StrikeOutRequested') {
    const { strikeOutId, sessionId, memberId, targetEventId, field, reason, requestedAt } = event.data;
    const target = { strikeOutId, sessionId, memberId, targetEventId, field };
    return { ...target, reason, requestedAt, requestedBy: actor, state: 'waiting' };
  }
  if (event.type === 'RequestTextReported') {
    const { strikeOutId, requestId, memberId, targetEventId, field, reason, requestedAt } = event.data;
    const target = { strikeOutId, requestId, memberId, targetEventId, field };
    return { ...target, reason, requestedAt, requestedBy: actor, state: 'waiting' };
  }
  const decides = event.type === 'StrikeOutDecided' || event.type === 'RequestTextStrikeOutDecided';
  if (!decides || before === undefined) return before;
  const { decision, decidedAt } = event.data;
  return { ...before, state: decision, decidedAt, decidedBy: actor };
}

/** Texts of the journal and of requests that were reported as holding what may not be kept (A1). */
export const strikeOutsView: ViewDefinition = {
  schema: {
    name: 'strikeouts',
    version: 2,
    collections: [
      collection(
        'reports',
        { requestedAt: 'text', state: 'text', memberId: 'text', sessionId: 'text', requestId: 'text' },
        [
          ['requestedAt'],
          ['state', 'requestedAt'],
          ['memberId', 'requestedAt'],
          ['sessionId', 'requestedAt'],
          ['requestId', 'requestedAt'],
        ],
      ),
    ],
  },
  streamPrefixes: ['session-', 'request-'],
  changes: changesOf<StrikeOutDocument, SealedSessionEvent | SealedRequestEvent>(
    'reports',
    (event) => textOf(event.data, 'strikeOutId'),
    fold,
  ),
};

export interface StrikeOutsParams extends PageParams {
  readonly state?: StrikeOutDocument['state'];
  readonly memberId?: string;
  readonly sessionId?: string;
  readonly requestId?: string;
  /** `requestedAt` (default) or `-requestedAt`. */
  readonly sort?: 'requestedAt' | '-requestedAt';
}

/** Reports, those that wait longest first. */
export async function listStrikeOuts(
  deps: Pick<ViewDeps, 'viewStore'>,
  params: StrikeOutsParams,
): Promise<ListAnswer<StrikeOutDocument>> {
  const { state, memberId, sessionId, requestId } = params;
  const page = await findPage<StrikeOutDocument>(
    deps.viewStore,
    strikeOutsView.schema,
    {
      collection: 'reports',
      where: equals({ state, memberId, sessionId, requestId }),
      orderBy: { field: 'requestedAt', direction: params.sort === '-requestedAt' ? 'desc' : 'asc' },
    },
    params,
  );
  return listAnswer(page.documents, page.asOf, page.next);
}
