import type { SealedCharterEvent } from '#domain/charter/events.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import { changesOf, collection, textOf } from './change.js';
import { findPage, type ListAnswer, listAnswer, type PageParams, type ViewDeps } from './query.js';
import type { ViewDefinition } from './view.js';

type Published = Extract<SealedCharterEvent, { readonly type: 'CharterPublished' }>['data'];

export type CharterDocument = Published & {
  readonly recordedAt: Instant;
  readonly notifications: readonly { readonly channel: string; readonly notifiedOn: LocalDate }[];
};

function fold(before: CharterDocument | undefined, event: SealedCharterEvent): CharterDocument | undefined {
  switch (event.type) {
    case 'CharterPublished':
      return { ...event.data, recordedAt: event.meta.recordedAt, notifications: before?.notifications ?? [] };
    case 'CharterNotified': {
      if (before === undefined) return undefined;
      const { channel, notifiedOn } = event.data;
      return { ...before, notifications: [...before.notifications, { channel, notifiedOn }] };
    }
    default:
      return before;
  }
}

/** Charter versions with their exact text, parameters and notifications (10.2). */
export const chartersView: ViewDefinition = {
  schema: {
    name: 'charters',
    version: 1,
    collections: [collection('versions', { effectiveFrom: 'text' }, [['effectiveFrom']])],
  },
  streamPrefixes: ['charter-'],
  changes: changesOf<CharterDocument, SealedCharterEvent>(
    'versions',
    (event) => textOf(event.data, 'charterVersionId'),
    fold,
  ),
};

export type CharterSummary = Omit<CharterDocument, 'text' | 'articles'> & { readonly articleCount: number };

/** Newest effective date first. Without the text: ask for one version to read it. */
export async function listCharters(
  deps: Pick<ViewDeps, 'viewStore'>,
  params: PageParams,
): Promise<ListAnswer<CharterSummary>> {
  const page = await findPage<CharterDocument>(
    deps.viewStore,
    chartersView.schema,
    { collection: 'versions', orderBy: { field: 'effectiveFrom', direction: 'desc' } },
    params,
  );
  const items = page.documents.map(({ text: _, articles, ...rest }) => ({ ...rest, articleCount: articles.length }));
  return listAnswer(items, page.asOf, page.next);
}

export async function getCharter(
  { viewStore }: Pick<ViewDeps, 'viewStore'>,
  charterVersionId: string,
): Promise<CharterDocument | undefined> {
  return (await viewStore.get(chartersView.schema, 'versions', charterVersionId)) as CharterDocument | undefined;
}

/** Versions by id; those unknown are left out. */
export async function chartersById(
  { viewStore }: Pick<ViewDeps, 'viewStore'>,
  ids: readonly (string | undefined)[],
): Promise<ReadonlyMap<string, CharterDocument>> {
  const wanted = [...new Set(ids.filter((id) => id !== undefined))];
  const found = await viewStore.load(chartersView.schema, 'versions', wanted);
  return new Map([...found].map(([id, one]) => [id, one.document as unknown as CharterDocument]));
}

/** The version in force on a day: the latest one effective by then. */
export async function charterInForce(
  { viewStore }: Pick<ViewDeps, 'viewStore'>,
  day: LocalDate,
): Promise<CharterDocument | undefined> {
  const found = await viewStore.find(chartersView.schema, {
    collection: 'versions',
    where: [{ field: 'effectiveFrom', op: 'lte', value: day }],
    orderBy: { field: 'effectiveFrom', direction: 'desc' },
    limit: 1,
  });
  return found.documents[0]?.document as CharterDocument | undefined;
}
