import { randomBytes } from 'node:crypto';
import { positionOf } from '../event-store/position.js';
import type { Applied, Document, DocumentWrite, Page, Query, ViewSchema, ViewStore } from './view-store.js';

/** Where views live: a file, a server. */
export interface ViewStorePlace {
  /** Another instance on the same views, as another process would open it. */
  open(): Promise<ViewStore>;
  /** Called when all instances are closed. */
  remove(): Promise<void>;
}

export interface ViewStoreContract {
  readonly name: string;
  readonly place: () => Promise<ViewStorePlace>;
  /** Runs of the model tests. Default 60. */
  readonly runs?: number;
}

export interface ViewStoreRig {
  readonly contract: ViewStoreContract;
  place(): Promise<ViewStorePlace>;
  /** A store that tests share, with a view of its own for each. */
  prepared(view?: ViewSchema): Promise<{ readonly store: ViewStore; readonly view: ViewSchema }>;
}

export function viewStoreRig(contract: ViewStoreContract): ViewStoreRig {
  let opened: ViewStore[] = [];
  let places: ViewStorePlace[] = [];
  let shared: { readonly place: ViewStorePlace; readonly store: ViewStore } | undefined;
  afterAll(async () => {
    await shared?.store.close();
    await shared?.place.remove();
  });
  afterEach(async () => {
    await Promise.all(opened.map((store) => store.close()));
    await Promise.all(places.map((place) => place.remove()));
    opened = [];
    places = [];
  });
  const place = async (): Promise<ViewStorePlace> => {
    const made = await contract.place();
    places.push(made);
    return {
      remove: made.remove,
      async open() {
        const store = await made.open();
        opened.push(store);
        return store;
      },
    };
  };
  return {
    contract,
    place,
    async prepared(view = sessions()) {
      if (!shared) {
        const made = await contract.place();
        shared = { place: made, store: await made.open() };
      }
      await shared.store.prepare(view);
      return { store: shared.store, view };
    },
  };
}

/** A view with every type of field, under a name of its own, since tests may share one place. */
export const sessions = (version = 1, name = `v${randomBytes(8).toString('hex')}`): ViewSchema => ({
  name,
  version,
  collections: [
    {
      name: 'sessions',
      fields: { status: 'text', minutes: 'number', serious: 'boolean', startedAt: 'text', tags: 'texts' },
      indexes: [['status', 'startedAt'], ['minutes'], ['serious', 'minutes'], ['startedAt'], ['tags', 'startedAt']],
    },
    { name: 'members', fields: { member: 'text' }, indexes: [['member']] },
  ],
});

/** A position by its number, as an engine gives it. */
export const at = (sequence: number) => positionOf(sequence);

export const write = (
  id: string,
  document: Document | null,
  sequence: number,
  collection = 'sessions',
): DocumentWrite => ({
  collection,
  id,
  document,
  position: at(sequence),
});

/** Writes documents by id in one step at that position. */
export const put = (
  store: ViewStore,
  view: ViewSchema,
  sequence: number,
  documents: Readonly<Record<string, Document | null>>,
  collection = 'sessions',
): Promise<Applied> =>
  store.apply(view, {
    writes: Object.entries(documents).map(([id, document]) => write(id, document, sequence, collection)),
    checkpoint: at(sequence),
  });

export const idsOf = (page: Page): readonly string[] => page.documents.map((one) => one.id);

/** All pages of a query, one after the other. */
export async function pages(store: ViewStore, view: ViewSchema, query: Query): Promise<readonly Page[]> {
  const taken: Page[] = [];
  for (let after: string | undefined; ; ) {
    const page: Page = await store.find(view, { ...query, ...(after !== undefined && { after }) });
    taken.push(page);
    after = page.next;
    if (after === undefined) return taken;
  }
}

export async function scanned(store: ViewStore, view: ViewSchema, collection = 'sessions'): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const { id } of store.scan(view, collection)) ids.push(id);
  return ids;
}
