import type { LocalDate } from '#kernel/time.js';
import type { Condition } from '#ports/view-store/view-store.js';
import {
  type ConsentContest,
  type ConsentDocument,
  consentsView,
  type StoredConsentState,
  type SubscriptionDocument,
} from './consents.js';
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

/** `lapsed`: not used by the end of its day (A2); `void`: the member left the service before it was used (3.1 c). */
export type ConsentState = StoredConsentState | 'lapsed' | 'void';

export type ConsentEntry = Omit<Unsealed<ConsentDocument>, 'state'> & { readonly state: ConsentState };

/** A consent in a list: without who signed and which number was called; nothing is opened. */
export type ConsentLine = Omit<ConsentDocument, 'state' | 'signerName' | 'calledNumber' | 'contestRemark'> & {
  readonly state: ConsentState;
};

export interface ConsentsParams extends PageParams {
  /**
   * As it is on the day of the question. Of `live`, `lapsed` and `void` a page may hold fewer than asked for and still have
   * a next one: whether the member left the service since is looked up, not stored.
   */
  readonly state?: ConsentState;
  readonly memberId?: string;
  readonly mode?: 'written' | 'oral';
  readonly contest?: ConsentContest;
  /** `recordedAt` or `-recordedAt` (default). */
  readonly sort?: 'recordedAt' | '-recordedAt';
}

export async function listConsents(
  deps: Pick<ViewDeps, 'viewStore' | 'now'>,
  params: ConsentsParams,
): Promise<ListAnswer<ConsentLine>> {
  const { memberId, mode, state, contest } = params;
  const page = await findPage<ConsentDocument>(
    deps.viewStore,
    consentsView.schema,
    {
      collection: 'consents',
      where: [...stateConditions(state, localDayOf(deps.now)), ...equals({ memberId, mode, contest })],
      orderBy: { field: 'recordedAt', direction: params.sort === 'recordedAt' ? 'asc' : 'desc' },
    },
    params,
  );
  const seen = await statesOf(deps, page.documents);
  const wanted = state === undefined ? seen : seen.filter((one) => one.state === state);
  const items = wanted.map(({ signerName: _s, calledNumber: _c, contestRemark: _r, ...line }) => line);
  return listAnswer(items, page.asOf, page.next);
}

function stateConditions(state: ConsentsParams['state'], today: LocalDate): Condition[] {
  if (state === undefined) return [];
  const live: Condition = { field: 'state', op: 'eq', value: 'live' };
  if (state === 'live') return [live, { field: 'validOn', op: 'gte', value: today }];
  if (state === 'void') return [live];
  if (state === 'lapsed') return [live, { field: 'validOn', op: 'lt', value: today }];
  return [{ field: 'state', op: 'eq', value: state }];
}

/** The consent of one session; undefined when none was ever asked. */
export async function getConsent(deps: ViewDeps, sessionId: string): Promise<ConsentEntry | undefined> {
  const document = await deps.viewStore.get(consentsView.schema, 'consents', sessionId);
  if (document === undefined) return undefined;
  const [seen] = await statesOf(deps, [document as unknown as ConsentDocument]);
  return seen && openWithin(deps.opener, seen);
}

async function statesOf(
  { viewStore, now }: Pick<ViewDeps, 'viewStore' | 'now'>,
  documents: readonly ConsentDocument[],
): Promise<readonly (Omit<ConsentDocument, 'state'> & { readonly state: ConsentState })[]> {
  const live = documents.filter((one) => one.state === 'live').map((one) => one.memberId);
  const left = await viewStore.load(consentsView.schema, 'subscriptions', [...new Set(live)]);
  const today = localDayOf(now);
  return documents.map((one) => {
    const subscription = left.get(one.memberId)?.document as unknown as SubscriptionDocument | undefined;
    return { ...one, state: stateOf(one, today, subscription) };
  });
}

/** What has become of a consent, seen from `today`. */
export function stateOf(
  consent: Pick<ConsentDocument, 'state' | 'validOn' | 'givenAt'>,
  today: LocalDate,
  subscription: SubscriptionDocument | undefined,
): ConsentState {
  if (consent.state !== 'live') return consent.state;
  if (subscription !== undefined && (consent.givenAt ?? '') <= subscription.unsubscribedAt) return 'void';
  return consent.validOn !== undefined && consent.validOn < today ? 'lapsed' : 'live';
}
