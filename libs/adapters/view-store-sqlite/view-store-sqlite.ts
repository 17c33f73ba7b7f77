import { type ViewStore, ViewStoreError } from '#ports/view-store/view-store.js';

/** Opens (and creates) a store in one SQLite file. */
export async function openSqliteViewStore(place: { readonly file: string }): Promise<ViewStore> {
  throw new ViewStoreError('unavailable', `not built yet: ${place.file}`);
}
