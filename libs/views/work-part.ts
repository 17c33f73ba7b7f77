import type { Condition, Query, ViewStore } from '#ports/view-store/view-store.js';
import type { ViewDefinition } from './view.js';

/** A part of the work list: the first ones, and how many there are. */
export interface WorkPart<T> {
  readonly items: readonly T[];
  readonly total: number;
}

export type Where = readonly Condition[];

/** A part that was read whole: the first lines of the members who are not hidden, and how many are. */
export function partOf<T extends { readonly memberId: string }>(
  lines: readonly T[],
  hidden: ReadonlySet<string>,
  limit: number,
): WorkPart<T> & { readonly hidden: number } {
  const shown = lines.filter(({ memberId }) => !hidden.has(memberId));
  return { items: shown.slice(0, limit), total: shown.length, hidden: lines.length - shown.length };
}

interface PartQuery {
  readonly collection: string;
  readonly where: Where;
  readonly orderBy: NonNullable<Query['orderBy']>;
}

/** The store counts values of a list up to this many. */
const COUNTED_AT_ONCE = 500;
const PAGE = 200;

/**
 * Parts of the work list without the members that are on none: pages are read on until enough of the others are found.
 * @param hidden ids of members; few by nature
 */
export const partsWithout =
  (viewStore: ViewStore, hidden: ReadonlySet<string>, limit: number) =>
  async <T extends { readonly memberId: string }>(
    { schema }: ViewDefinition,
    query: PartQuery,
  ): Promise<WorkPart<T> & { readonly hidden: number }> => {
    const items: T[] = [];
    let after: string | undefined;
    do {
      const page = await viewStore.find(schema, {
        ...query,
        limit: hidden.size === 0 ? limit : PAGE,
        ...(after === undefined ? {} : { after }),
      });
      for (const { document } of page.documents) {
        const one = document as unknown as T;
        if (items.length < limit && !hidden.has(one.memberId)) items.push(one);
      }
      after = page.next;
    } while (after !== undefined && items.length < limit);
    const all = await viewStore.count(schema, query);
    const left = await countOf(viewStore, schema, query, [...hidden]);
    return { items, total: all - left, hidden: left };
  };

async function countOf(
  viewStore: ViewStore,
  schema: ViewDefinition['schema'],
  query: PartQuery,
  members: readonly string[],
): Promise<number> {
  let sum = 0;
  for (let at = 0; at < members.length; at += COUNTED_AT_ONCE) {
    const some: Condition = { field: 'memberId', op: 'in', value: members.slice(at, at + COUNTED_AT_ONCE) };
    sum += await viewStore.count(schema, { ...query, where: [...query.where, some] });
  }
  return sum;
}
