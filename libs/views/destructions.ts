import type { DestructionCause, KeepGround, SealedCustodyEvent } from '#domain/custody/events.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import { changesOf, collection, textOf } from './change.js';
import { equals, findPage, type ListAnswer, listAnswer, type PageParams, type ViewDeps } from './query.js';
import type { ViewDefinition } from './view.js';

/** How far a destruction has got; it goes forward only. */
export const destructionStatuses = ['condemned', 'destroyed', 'read-back', 'certified'] as const;
export type DestructionStatus = (typeof destructionStatuses)[number];

/** One decision to destroy, and what became of it. Opaque ids, dates and counts only: it outlives what it destroyed. */
export interface DestructionDocument {
  readonly destructionId: string;
  readonly memberId: string;
  readonly cause: DestructionCause;
  /** Opaque id of the rights case, the retention run or the struck event. */
  readonly reference: string;
  readonly status: DestructionStatus;
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

function fold(before: DestructionDocument | undefined, event: SealedCustodyEvent): DestructionDocument | undefined {
  if (event.type === 'CellsCondemned') {
    const { destructionId, memberId, cause, reference, cells, kept, decidedAt } = event.data;
    return { destructionId, memberId, cause, reference, status: 'condemned', cells, kept, decidedAt };
  }
  if (before === undefined) return undefined;
  switch (event.type) {
    case 'CellsDestroyed':
      return { ...before, status: 'destroyed', destroyedAt: event.data.destroyedAt };
    case 'ErasureReadBack': {
      const { stores, readAt } = event.data;
      return { ...before, status: before.certificate ? 'certified' : 'read-back', readBack: { stores, readAt } };
    }
    case 'ErasureCertified': {
      const { certificateId, certificateSha256, result, certifiedAt } = event.data;
      const certificate = { certificateId, sha256: certificateSha256, result, certifiedAt };
      return { ...before, status: 'certified', certificate };
    }
    default:
      return before;
  }
}

/** Destructions: decided, carried out, read back, certified. */
export const destructionsView: ViewDefinition = {
  schema: {
    name: 'destructions',
    version: 1,
    collections: [
      collection(
        'destructions',
        { decidedAt: 'text', status: 'text', memberId: 'text', cause: 'text', reference: 'text' },
        [
          ['decidedAt'],
          ['status', 'decidedAt'],
          ['memberId', 'decidedAt'],
          ['cause', 'decidedAt'],
          ['reference', 'decidedAt'],
        ],
      ),
    ],
  },
  streamPrefixes: ['custody-'],
  changes: changesOf<DestructionDocument, SealedCustodyEvent>(
    'destructions',
    (event) => textOf(event.data, 'destructionId'),
    fold,
  ),
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

export async function getDestruction(
  { viewStore }: Pick<ViewDeps, 'viewStore'>,
  destructionId: string,
): Promise<DestructionDocument | undefined> {
  return (await viewStore.get(destructionsView.schema, 'destructions', destructionId)) as
    | DestructionDocument
    | undefined;
}
