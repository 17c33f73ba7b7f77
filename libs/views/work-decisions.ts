import type { CivilTime } from '#domain/calendar/civil-time.js';
import { type HoldToRelease, holdsToRelease } from './complaints-queries.js';
import { withoutDestroyed } from './destroyed-among.js';
import { type DeviationUnderReview, seriousDeviations } from './deviation-reviews.js';
import { type HoldLine, listHolds } from './holds.js';
import { localDayOf } from './local-day.js';
import { equals, findAll, findPage, type ViewDeps } from './query.js';
import { type RightsDocument, rightsView } from './rights.js';
import { type StrikeOutDocument, strikeOutsView } from './strike-outs.js';
import type { WorkPart } from './work-part.js';
import { type FailingSubscriber, failingSubscribers } from './work-subscribers.js';

/** A case that waits for its answer; late is shown, never hidden. */
export type RightsToAnswer = Pick<
  RightsDocument,
  'rightsId' | 'memberId' | 'kind' | 'stage' | 'receivedAt' | 'dueOn' | 'concernsDirector'
> & { readonly late: boolean };

/** What waits for the Director, a delegate or the President. */
export interface DecisionsWaiting {
  /** Most urgent first. */
  readonly rightsToAnswer: WorkPart<RightsToAnswer>;
  /** Live holds whose review day has come (A6). */
  readonly holdsToReview: WorkPart<HoldLine>;
  /** Live holds of complaints that are over: their release is proposed, never done by itself (A6). */
  readonly holdsToRelease: WorkPart<HoldToRelease>;
  /** The Director is told at once of a serious deviation; it stays until it is commented. */
  readonly seriousDeviations: WorkPart<DeviationUnderReview>;
  /** Texts reported and not decided, oldest first. */
  readonly strikeOutsToDecide: WorkPart<StrikeOutDocument>;
  /** Paused because too many attempts failed, longest registered first: for the Director or the President (4.2 b). */
  readonly subscribersFailing: WorkPart<FailingSubscriber>;
}

/** Open cases whose answer has not left, holds to look at again, texts reported. */
export async function decisionsWaiting(
  deps: Pick<ViewDeps, 'viewStore' | 'now'> & { readonly civilTime: CivilTime },
  limit: number,
): Promise<DecisionsWaiting> {
  const [rightsToAnswer, holdsToReview, toRelease, serious, strikeOutsToDecide, subscribersFailing] = await Promise.all(
    [
      rights(deps, limit),
      holds(deps, limit),
      holdsToRelease(deps),
      seriousDeviations(deps),
      strikeOuts(deps, limit),
      failingSubscribers(deps, limit),
    ],
  );
  return {
    rightsToAnswer,
    holdsToReview,
    holdsToRelease: { items: toRelease.slice(0, limit), total: toRelease.length },
    seriousDeviations: { items: serious.slice(0, limit), total: serious.length },
    strikeOutsToDecide,
    subscribersFailing,
  };
}

async function rights({ viewStore, now }: Pick<ViewDeps, 'viewStore' | 'now'>, limit: number) {
  const query = {
    collection: 'cases',
    where: [{ field: 'stage', op: 'in' as const, value: ['received', 'identified', 'decided'] }],
    orderBy: { field: 'dueOn', direction: 'asc' as const },
  };
  const today = localDayOf(now);
  const [page, total] = await Promise.all([
    findPage<RightsDocument>(viewStore, rightsView.schema, query, { limit }),
    viewStore.count(rightsView.schema, query),
  ]);
  const items = page.documents.map((one): RightsToAnswer => {
    const { rightsId, memberId, kind, stage, receivedAt, dueOn, concernsDirector } = one;
    return { rightsId, memberId, kind, stage, receivedAt, dueOn, concernsDirector, late: today > dueOn };
  });
  return { items, total };
}

/** Live holds by review day: those due come first, so reading stops at the first that is not. */
async function holds(deps: Pick<ViewDeps, 'viewStore' | 'now'>, limit: number): Promise<WorkPart<HoldLine>> {
  const due: HoldLine[] = [];
  let cursor: string | undefined;
  do {
    const page = await listHolds(deps, { state: 'live', limit: 200, ...(cursor === undefined ? {} : { cursor }) });
    const some = page.items.filter(({ reviewDue }) => reviewDue);
    due.push(...some);
    cursor = some.length === page.items.length ? page.next : undefined;
  } while (cursor !== undefined);
  return { items: due.slice(0, limit), total: due.length };
}

/** Of what is destroyed whole since nothing is left to strike out. */
async function strikeOuts(
  { viewStore }: Pick<ViewDeps, 'viewStore'>,
  limit: number,
): Promise<WorkPart<StrikeOutDocument>> {
  const waiting = await findAll<StrikeOutDocument>(viewStore, strikeOutsView.schema, {
    collection: 'reports',
    where: equals({ state: 'waiting' }),
    orderBy: { field: 'requestedAt', direction: 'asc' },
  });
  const left = await withoutDestroyed(viewStore, waiting);
  return { items: left.slice(0, limit), total: left.length };
}
