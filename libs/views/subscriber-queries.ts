import type { SubscriberStanding } from '#domain/subscriber/state.js';
import {
  equals,
  findAll,
  findPage,
  type ListAnswer,
  listAnswer,
  openWithin,
  orderOf,
  type PageParams,
  type Unsealed,
  type ViewDeps,
} from './query.js';
import { type SubscriberDocument, subscribersView, type ToldNoticeDocument } from './subscribers.js';

type Store = Pick<ViewDeps, 'viewStore'>;

/** A subscriber in a list: its address is opened with the one that is read. */
export type SubscriberLine = Unsealed<Omit<SubscriberDocument, 'address'>>;

export type OneSubscriber = SubscriberLine & { readonly address?: Unsealed<SubscriberDocument['address']> };

export const subscriberSorts = ['registeredAt', '-registeredAt', 'agreementOn', '-agreementOn'] as const;

/** Latest registration first. Names are opened: outside bodies are no members. */
export async function listSubscribers(
  { viewStore, opener }: Pick<ViewDeps, 'viewStore' | 'opener'>,
  {
    standing,
    sort,
    ...page
  }: PageParams & { readonly standing?: SubscriberStanding; readonly sort?: (typeof subscriberSorts)[number] },
): Promise<ListAnswer<SubscriberLine>> {
  const found = await findPage<SubscriberDocument>(
    viewStore,
    subscribersView.schema,
    { collection: 'subscribers', where: equals({ standing }), orderBy: orderOf(sort, '-registeredAt') },
    page,
  );
  const lines = found.documents.map(({ address: _, ...line }) => line);
  return listAnswer(await openWithin(opener, lines), found.asOf, found.next);
}

/** @param withAddress false: it is left out, unopened */
export async function getSubscriber(
  { viewStore, opener }: Pick<ViewDeps, 'viewStore' | 'opener'>,
  subscriberId: string,
  withAddress = true,
): Promise<OneSubscriber | undefined> {
  const document = await viewStore.get(subscribersView.schema, 'subscribers', subscriberId);
  if (document === undefined) return undefined;
  const { address, ...line } = document as unknown as SubscriberDocument;
  return openWithin(opener, withAddress ? { ...line, address } : line);
}

/** All of a standing, oldest registration first, unopened: they are few. */
export const subscribersOf = (
  { viewStore }: Store,
  standing?: SubscriberStanding,
): Promise<readonly SubscriberDocument[]> =>
  findAll<SubscriberDocument>(viewStore, subscribersView.schema, {
    collection: 'subscribers',
    where: equals({ standing }),
    orderBy: { field: 'registeredAt', direction: 'asc' },
  });

/** Which subscribers were given a notice, first told first (GDPR 19). */
export const toldOfNotice = ({ viewStore }: Store, noticeId: string): Promise<readonly ToldNoticeDocument[]> =>
  findAll<ToldNoticeDocument>(viewStore, subscribersView.schema, {
    collection: 'notices',
    where: equals({ noticeId }),
    orderBy: { field: 'toldAt', direction: 'asc' },
  });

export type ToldNoticeLine = Omit<ToldNoticeDocument, 'subscriberId'>;

/** Notices that one subscriber was given, latest first (GDPR 19). Undefined: no such subscriber. */
export async function listToldNotices(
  { viewStore }: Store,
  { subscriberId, ...page }: PageParams & { readonly subscriberId: string },
): Promise<ListAnswer<ToldNoticeLine> | undefined> {
  if ((await viewStore.get(subscribersView.schema, 'subscribers', subscriberId)) === undefined) return undefined;
  const found = await findPage<ToldNoticeDocument>(
    viewStore,
    subscribersView.schema,
    {
      collection: 'notices',
      where: equals({ subscriberId }),
      orderBy: { field: 'toldAt', direction: 'desc' },
    },
    page,
  );
  const lines = found.documents.map(({ noticeId, toldAt }) => ({ noticeId, toldAt }));
  return listAnswer(lines, found.asOf, found.next);
}
