import type { Position } from '#ports/event-store/event-store.js';
import { isId } from '#ports/view-store/check-view.js';
import type { VersionedDocument, ViewSchema, Wanted } from '#ports/view-store/view-store.js';
import { allOf } from './apply.js';
import { type Documents, documentOf, type StoredDocument, THERE, type ViewEntry } from './places.js';
import type { Register } from './register.js';

const LOADED = 1000;
/** A view is looked at again while it is swapped away; a rebuild takes longer than this many looks. */
const LOOKS = 5;

export const versioned = (stored: StoredDocument): VersionedDocument => ({
  document: documentOf(stored),
  position: stored.position as Position,
});

export async function loaded(
  documents: Documents,
  ids: readonly string[],
): Promise<ReadonlyMap<string, VersionedDocument>> {
  const wanted = [...new Set(ids.filter(isId))];
  const pages: StoredDocument[] = [];
  for (let at = 0; at < wanted.length; at += LOADED) {
    const some = { $in: wanted.slice(at, at + LOADED) };
    pages.push(...(await documents.find({ _id: some, ...THERE }).toArray()));
  }
  return new Map(pages.map((one): [string, VersionedDocument] => [one._id, versioned(one)]));
}

/** Checkpoints and documents of several views at once, from before a swap or from after it, whose dropping may cut off a reading. */
export function lookingOn(register: Register) {
  async function isSwapped(asked: readonly ViewSchema[], before: readonly (ViewEntry | undefined)[]): Promise<boolean> {
    const now = await register.findAll(asked);
    return now.some((entry, at) => entry?.number !== before[at]?.number);
  }

  return async function look(views: readonly ViewSchema[], wanted: readonly Wanted[]) {
    const asked = [...views, ...wanted.map(({ view }) => view)];
    for (let looks = 1; ; looks += 1) {
      const entries = await register.findAll(asked);
      const outcome = await allOf(
        wanted.map(async ({ view, collection, ids }, at) => {
          const entry = entries[views.length + at] ?? (await register.require(view));
          return loaded(register.documents(entry, collection), ids);
        }),
      ).then(
        (documents) => ({ documents }),
        (error: unknown) => ({ error }),
      );
      const again = wanted.length > 0 && looks < LOOKS && (await isSwapped(asked, entries));
      if (again) continue;
      if ('error' in outcome) throw outcome.error;
      const checkpoints = entries.slice(0, views.length).map((entry) => entry?.checkpoint as Position | undefined);
      return { checkpoints, documents: outcome.documents };
    }
  };
}
