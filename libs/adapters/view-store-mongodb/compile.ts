import type { Filter, Sort } from 'mongodb';
import type { CheckedQuery } from '#ports/view-store/check-query.js';
import type { Condition, Query } from '#ports/view-store/view-store.js';
import { pathOf, type StoredDocument, THERE } from './places.js';

export type DocumentFilter = Filter<StoredDocument>;

export interface Range {
  readonly filter: DocumentFilter;
  readonly sort: Sort;
}

const COMPARISONS = { eq: '$eq', gt: '$gt', gte: '$gte', lt: '$lt', lte: '$lte' } as const;

/** Values are checked to be plain and always stand behind an operator, so that none is ever taken for one. */
function conditionOf(condition: Condition): DocumentFilter {
  const path = pathOf(condition.field);
  switch (condition.op) {
    case 'absent':
      return { [path]: { $eq: null } };
    case 'in':
      return { [path]: { $in: [...condition.value] } };
    case 'has':
      return { [path]: { $eq: condition.value } };
    default:
      return { [path]: { [COMPARISONS[condition.op]]: condition.value } };
  }
}

export const compileWhere = (where: readonly Condition[]): DocumentFilter => ({
  $and: [THERE, ...where.map(conditionOf)],
});

/**
 * A page as one or several ranges, each a stretch of one index, to be read one after the other until the page is full.
 * Absent values come first ascending, last descending, as MongoDB orders them.
 */
export function compileFind(query: Query, { where, after }: CheckedQuery): readonly Range[] {
  const order = query.orderBy;
  const direction = order?.direction === 'desc' ? -1 : 1;
  const beyond = direction === 1 ? '$gt' : '$lt';
  const path = order && pathOf(order.field);
  const sort: Sort = path ? { [path]: direction, _id: direction } : { _id: direction };
  const range = (...more: DocumentFilter[]): Range => ({
    filter: { $and: [THERE, ...where.map(conditionOf), ...more] },
    sort,
  });
  if (!after) return [range()];
  const further = { _id: { [beyond]: after.id } } as DocumentFilter;
  if (!path) return [range(further)];
  const absent: DocumentFilter = { [path]: { $eq: null } };
  if (after.value === undefined) {
    const rest = range(absent, further);
    return direction === 1 ? [rest, range({ [path]: { $ne: null } })] : [rest];
  }
  const same = range({ [path]: { $eq: after.value } }, further);
  const others = range({ [path]: { [beyond]: after.value } });
  return direction === 1 ? [same, others] : [same, others, range(absent)];
}
