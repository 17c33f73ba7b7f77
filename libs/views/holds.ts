import type { HoldGround, SealedCustodyEvent } from '#domain/custody/events.js';
import type { Sealed } from '#kernel/sealed.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import { changesOf, collection, textOf } from './change.js';
import { localDayOf } from './local-day.js';
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

export interface HoldDocument {
  readonly holdId: string;
  readonly memberId: string;
  readonly state: 'live' | 'released';
  readonly ground: HoldGround;
  /** What the hold is for: a complaint. */
  readonly reference?: string;
  readonly cells: readonly string[];
  /** Asked for, and condemned before the hold came. */
  readonly tooLate: readonly string[];
  readonly note?: Sealed<string>;
  readonly placedAt: Instant;
  /** `system` when a filed complaint placed it. */
  readonly placedBy: string;
  /** Day on which somebody looks at it again: a reminder, never a release. */
  readonly reviewOn: LocalDate;
  readonly outerBound: LocalDate;
  readonly reviews: readonly { readonly at: Instant; readonly by: string }[];
  readonly released?: { readonly at: Instant; readonly by: string; readonly reason: string };
}

function fold(before: HoldDocument | undefined, event: SealedCustodyEvent): HoldDocument | undefined {
  const { actor } = event.meta;
  if (event.type === 'LegalHoldPlaced') {
    const { holdId, memberId, ground, reference, cells, tooLate, note, placedAt, reviewOn, outerBound } = event.data;
    return {
      holdId,
      memberId,
      state: 'live',
      ground,
      ...(reference === undefined ? {} : { reference }),
      cells,
      tooLate,
      ...(note === undefined ? {} : { note }),
      placedAt,
      placedBy: actor,
      reviewOn,
      outerBound,
      reviews: [],
    };
  }
  if (before === undefined) return undefined;
  switch (event.type) {
    case 'LegalHoldReviewed': {
      const { reviewedAt, reviewOn } = event.data;
      return { ...before, reviewOn, reviews: [...before.reviews, { at: reviewedAt, by: actor }] };
    }
    case 'LegalHoldReleased': {
      const { releasedAt, reason } = event.data;
      return { ...before, state: 'released', released: { at: releasedAt, by: actor, reason } };
    }
    default:
      return before;
  }
}

/** Legal holds: what may not be destroyed for now, why and until when (A6). */
export const holdsView: ViewDefinition = {
  schema: {
    name: 'holds',
    version: 1,
    collections: [
      collection('holds', { state: 'text', memberId: 'text', reviewOn: 'text' }, [
        ['reviewOn'],
        ['state', 'reviewOn'],
        ['memberId', 'reviewOn'],
        ['memberId', 'state', 'reviewOn'],
      ]),
    ],
  },
  streamPrefixes: ['custody-'],
  changes: changesOf<HoldDocument, SealedCustodyEvent>('holds', (event) => textOf(event.data, 'holdId'), fold),
};

/** A hold in a list: without its note, which is read in the member's file. */
export type HoldLine = Omit<HoldDocument, 'note'> & HoldClock;

interface HoldClock {
  /** Its review day has come. */
  readonly reviewDue: boolean;
  /** Its last day is over: it should be released, or its ground is looked at anew. It still holds. */
  readonly outerBoundPassed: boolean;
}

const clockOf = ({ state, reviewOn, outerBound }: HoldDocument, today: LocalDate): HoldClock => ({
  reviewDue: state === 'live' && reviewOn <= today,
  outerBoundPassed: state === 'live' && outerBound < today,
});

export interface HoldsParams extends PageParams {
  readonly state?: HoldDocument['state'];
  readonly memberId?: string;
  /** `reviewOn` (default) or `-reviewOn`. */
  readonly sort?: 'reviewOn' | '-reviewOn';
}

/** Holds, next review first. */
export async function listHolds(
  { viewStore, now }: Pick<ViewDeps, 'viewStore' | 'now'>,
  params: HoldsParams,
): Promise<ListAnswer<HoldLine>> {
  const page = await holdPage({ viewStore }, params);
  const today = localDayOf(now);
  const lines = page.documents.map((one): HoldLine => {
    const { note: _, ...line } = one;
    return { ...line, ...clockOf(one, today) };
  });
  return listAnswer(lines, page.asOf, page.next);
}

/** The holds of one member, notes opened: part of the member's file. */
export async function holdsOfMember(
  { viewStore, opener, now }: ViewDeps,
  memberId: string,
  params: PageParams,
): Promise<ListAnswer<Unsealed<HoldDocument> & HoldClock>> {
  const page = await holdPage({ viewStore }, { ...params, memberId });
  const today = localDayOf(now);
  const opened = await openWithin(opener, page.documents);
  const items = page.documents.flatMap((one, index) => {
    const hold = opened[index];
    return hold === undefined ? [] : [{ ...hold, ...clockOf(one, today) }];
  });
  return listAnswer(items, page.asOf, page.next);
}

/** The member whose hold it is; undefined when there is no such hold. */
export async function memberOfHold(
  { viewStore }: Pick<ViewDeps, 'viewStore'>,
  holdId: string,
): Promise<string | undefined> {
  const hold = (await viewStore.get(holdsView.schema, 'holds', holdId)) as HoldDocument | undefined;
  return hold?.memberId;
}

const holdPage = ({ viewStore }: Pick<ViewDeps, 'viewStore'>, params: HoldsParams) =>
  findPage<HoldDocument>(
    viewStore,
    holdsView.schema,
    {
      collection: 'holds',
      where: equals({ state: params.state, memberId: params.memberId }),
      orderBy: { field: 'reviewOn', direction: params.sort === '-reviewOn' ? 'desc' : 'asc' },
    },
    params,
  );
