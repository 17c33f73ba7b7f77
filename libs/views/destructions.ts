import { erasureIdOf, strikeOutIdOf } from '#domain/custody/destruction-id.js';
import type { DestructionCause, KeepGround, SealedCustodyEvent } from '#domain/custody/events.js';
import type { SealedRequestEvent } from '#domain/request/events.js';
import type { SealedRightsEvent } from '#domain/rights/events.js';
import { type DecidingEvent, linesOf } from '#domain/rights/grid-parts.js';
import type { SealedSessionEvent } from '#domain/session/events.js';
import type { AnySealedEvent } from '#kernel/define-event.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import { changesOf, collection, textOf } from './change.js';
import { equals, findAll, findPage, type ListAnswer, listAnswer, type PageParams, type ViewDeps } from './query.js';
import type { ViewDefinition } from './view.js';

/** How far a destruction has got; it goes forward only. Decided: nothing is condemned yet, a hold may still come first. */
export const destructionStatuses = ['decided', 'condemned', 'destroyed', 'read-back', 'certified'] as const;
export type DestructionStatus = (typeof destructionStatuses)[number];

/** One decision to destroy, and what became of it. Opaque ids, dates and counts only: it outlives what it destroyed. */
export interface DestructionDocument {
  readonly destructionId: string;
  readonly memberId: string;
  readonly cause: DestructionCause;
  /** Opaque id of the rights case, the retention run or the struck event. */
  readonly reference: string;
  readonly status: DestructionStatus;
  /** True once every value that was read back answered « erased », and a certificate says so. */
  readonly complete: boolean;
  readonly cells: readonly string[];
  readonly kept: readonly { readonly cell: string; readonly ground: KeepGround; readonly until?: LocalDate }[];
  readonly decidedAt: Instant;
  readonly destroyedAt?: Instant;
  /** What each store answered when everything was asked for again; the last time, when it was done more than once. */
  readonly readBack?: {
    readonly readAt: Instant;
    readonly stores: readonly {
      readonly store: string;
      readonly values: number;
      readonly erased: number;
      readonly present: number;
      readonly unreadable: number;
    }[];
  };
  readonly certificate?: {
    readonly certificateId: string;
    readonly sha256: string;
    readonly result: 'complete' | 'partial';
    readonly certifiedAt: Instant;
  };
}

type DestructionEvent = SealedCustodyEvent | SealedRightsEvent | SealedSessionEvent | SealedRequestEvent;

/** The one destruction that the cells of this event lead to. */
export const destructionIdOf = ({ type, data }: DecidingEvent): string =>
  erasureIdOf(data.rightsId, type === 'RightsDecisionMade' ? 1 : data.part);

function idOf(event: AnySealedEvent): string | undefined {
  const { data } = event;
  if (event.type === 'RightsDecisionMade' || event.type === 'RightsDecisionPartMade') {
    const deciding = event as DecidingEvent;
    return deciding.data.erase.length > 0 ? destructionIdOf(deciding) : undefined;
  }
  if (event.type === 'StrikeOutDecided' || event.type === 'RequestTextStrikeOutDecided')
    return data.decision === 'granted' ? strikeOutIdOf(String(data.strikeOutId)) : undefined;
  return event.meta.stream.startsWith('custody-') ? textOf(data, 'destructionId') : undefined;
}

function fold(before: DestructionDocument | undefined, event: DestructionEvent): DestructionDocument | undefined {
  switch (event.type) {
    case 'RightsDecisionMade':
    case 'RightsDecisionPartMade': {
      const { rightsId, memberId, decidedAt } = event.data;
      const { erase: cells, keep: kept } = linesOf(event);
      const decided = { memberId, cause: 'erasure', reference: rightsId, cells, kept, decidedAt } as const;
      return before ?? { destructionId: destructionIdOf(event), ...decided, status: 'decided', complete: false };
    }
    case 'StrikeOutDecided':
      return before ?? struck(event.data, `session:${event.data.sessionId}`);
    case 'RequestTextStrikeOutDecided':
      return before ?? struck(event.data, `request:${event.data.requestId}`);
    case 'CellsCondemned': {
      const { destructionId, memberId, cause, reference, cells, kept, decidedAt } = event.data;
      const condemned = { destructionId, memberId, cause, reference, cells, kept, decidedAt };
      return { ...condemned, status: 'condemned', complete: false };
    }
    case 'CellsDestroyed':
      return before && { ...before, status: 'destroyed', destroyedAt: event.data.destroyedAt };
    case 'ErasureReadBack': {
      const { stores, readAt } = event.data;
      return (
        before && { ...before, status: before.certificate ? 'certified' : 'read-back', readBack: { stores, readAt } }
      );
    }
    case 'ErasureCertified': {
      const { certificateId, certificateSha256, result, certifiedAt } = event.data;
      const certificate = { certificateId, sha256: certificateSha256, result, certifiedAt };
      return before && { ...before, status: 'certified', complete: result === 'complete', certificate };
    }
    default:
      return before;
  }
}

interface StruckText {
  readonly strikeOutId: string;
  readonly memberId: string;
  readonly targetEventId: string;
  readonly field: string;
  readonly decidedAt: Instant;
}

function struck(text: StruckText, purpose: string): DestructionDocument {
  const { strikeOutId, memberId, targetEventId, field, decidedAt } = text;
  const cells = [`${memberId}/${purpose}/${targetEventId}.${field}`];
  const decided = { cause: 'strike-out', reference: strikeOutId, cells, kept: [], decidedAt } as const;
  return { destructionId: strikeOutIdOf(strikeOutId), memberId, ...decided, status: 'decided', complete: false };
}

/** Destructions: decided, carried out, read back, certified. */
export const destructionsView: ViewDefinition = {
  schema: {
    name: 'destructions',
    version: 2,
    collections: [
      collection(
        'destructions',
        {
          decidedAt: 'text',
          status: 'text',
          memberId: 'text',
          cause: 'text',
          reference: 'text',
          complete: 'boolean',
        },
        [
          ['decidedAt'],
          ['complete', 'decidedAt'],
          ['status', 'decidedAt'],
          ['memberId', 'decidedAt'],
          ['cause', 'decidedAt'],
          ['reference', 'decidedAt'],
        ],
      ),
    ],
  },
  streamPrefixes: ['custody-', 'rights-', 'session-', 'request-'],
  changes: changesOf<DestructionDocument, DestructionEvent>('destructions', idOf, fold),
};

export interface DestructionsParams extends PageParams {
  readonly status?: DestructionStatus;
  readonly memberId?: string;
  readonly cause?: DestructionCause;
  readonly reference?: string;
  /** `decidedAt` or `-decidedAt` (default). */
  readonly sort?: 'decidedAt' | '-decidedAt';
}

export async function listDestructions(
  deps: Pick<ViewDeps, 'viewStore'>,
  params: DestructionsParams,
): Promise<ListAnswer<DestructionDocument>> {
  const { status, memberId, cause, reference } = params;
  const page = await findPage<DestructionDocument>(
    deps.viewStore,
    destructionsView.schema,
    {
      collection: 'destructions',
      where: equals({ status, memberId, cause, reference }),
      orderBy: { field: 'decidedAt', direction: params.sort === 'decidedAt' ? 'asc' : 'desc' },
    },
    params,
  );
  return listAnswer(page.documents, page.asOf, page.next);
}

/** Destructions that are not certified whole yet, oldest first: what is left to do. */
export const unfinishedDestructions = ({ viewStore }: Pick<ViewDeps, 'viewStore'>) =>
  findAll<DestructionDocument>(viewStore, destructionsView.schema, {
    collection: 'destructions',
    where: [{ field: 'complete', op: 'eq', value: false }],
    orderBy: { field: 'decidedAt', direction: 'asc' },
  });

export async function getDestruction(
  { viewStore }: Pick<ViewDeps, 'viewStore'>,
  destructionId: string,
): Promise<DestructionDocument | undefined> {
  return (await viewStore.get(destructionsView.schema, 'destructions', destructionId)) as
    | DestructionDocument
    | undefined;
}
