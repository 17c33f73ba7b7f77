import type { SealedCalendarEvent } from '#domain/calendar/events.js';
import type { LocalDate } from '#kernel/time.js';
import { changesOf, collection, textOf } from './change.js';
import { findPage, type ListAnswer, listAnswer, type PageParams, type ViewDeps } from './query.js';
import type { ViewDefinition } from './view.js';

export interface ClosureDocument {
  readonly closureId: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly label: string;
}

function fold(before: ClosureDocument | undefined, event: SealedCalendarEvent): ClosureDocument | null | undefined {
  switch (event.type) {
    case 'ClosureDeclared': {
      const { closureId, from, to, label } = event.data;
      return { closureId, from, to, label };
    }
    case 'ClosureWithdrawn':
      return before === undefined ? undefined : null;
    default:
      return before;
  }
}

/** Days on which the association is closed besides the holidays (A4). */
export const closuresView: ViewDefinition = {
  schema: {
    name: 'closures',
    version: 1,
    collections: [collection('closures', { from: 'text', to: 'text' }, [['from'], ['to']])],
  },
  streamPrefixes: ['calendar-'],
  changes: changesOf<ClosureDocument, SealedCalendarEvent>(
    'closures',
    (event) => textOf(event.data, 'closureId'),
    fold,
  ),
};

/** Closures that end on `since` or later, soonest end first; all of them without `since`. */
export async function listClosures(
  deps: Pick<ViewDeps, 'viewStore'>,
  params: PageParams & { readonly since?: LocalDate },
): Promise<ListAnswer<ClosureDocument>> {
  const page = await findPage<ClosureDocument>(
    deps.viewStore,
    closuresView.schema,
    {
      collection: 'closures',
      where: params.since === undefined ? [] : [{ field: 'to', op: 'gte', value: params.since }],
      orderBy: { field: 'to', direction: 'asc' },
    },
    params,
  );
  return listAnswer(page.documents, page.asOf, page.next);
}
