import { collectionOf } from './check-view.js';
import type { Place } from './order.js';
import {
  type CollectionSchema,
  type Condition,
  type FieldType,
  type Query,
  type Scalar,
  type ViewSchema,
  ViewStoreError,
} from './view-store.js';

const LARGEST_PAGE = 1000;
const MOST_VALUES = 1000;

export interface CheckedQuery {
  readonly collection: CollectionSchema;
  readonly where: readonly Condition[];
  /** Where the page before ended. */
  readonly after: Place | undefined;
}

/**
 * What every engine checks before it asks, so that nothing undeclared, no operator and no foreign type reaches an engine.
 * @throws ViewStoreError `invalid-query`
 */
export function checkQuery(view: ViewSchema, query: Query): CheckedQuery {
  if (!Number.isInteger(query.limit) || query.limit < 1 || query.limit > LARGEST_PAGE)
    throw invalid(`limit must be a whole number from 1 to ${LARGEST_PAGE}`);
  const { collection, where } = checkWhere(view, query);
  if (query.orderBy) {
    if (typeOf(collection, query.orderBy.field) === 'texts') throw invalid('a list of texts has no order');
    if (query.orderBy.direction !== 'asc' && query.orderBy.direction !== 'desc') throw invalid('no such direction');
  }
  return {
    collection,
    where,
    after: query.after === undefined ? undefined : readCursor(collection, query, query.after),
  };
}

/** @throws ViewStoreError `invalid-query` */
export function checkWhere(
  view: ViewSchema,
  query: Pick<Query, 'collection' | 'where'>,
): Pick<CheckedQuery, 'collection' | 'where'> {
  const collection = collectionOf(view, query.collection);
  const where = query.where ?? [];
  for (const condition of where) checkCondition(condition, typeOf(collection, condition.field));
  return { collection, where };
}

const invalid = (message: string) => new ViewStoreError('invalid-query', message);

function typeOf(collection: CollectionSchema, field: unknown): FieldType {
  const type =
    typeof field === 'string' && Object.hasOwn(collection.fields, field) ? collection.fields[field] : undefined;
  if (type === undefined) throw invalid(`${collection.name} has no such declared field`);
  return type;
}

function checkCondition(condition: Condition, type: FieldType): void {
  if ((condition.op === 'has') !== (type === 'texts'))
    throw invalid('a list of texts is asked with `has`, and only that');
  switch (condition.op) {
    case 'absent':
      return;
    case 'has':
      checkScalar(condition.value, 'text');
      return;
    case 'in':
      if (!Array.isArray(condition.value) || condition.value.length > MOST_VALUES)
        throw invalid(`\`in\` takes a list of at most ${MOST_VALUES} values`);
      for (const value of condition.value) checkScalar(value, type);
      return;
    case 'eq':
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      checkScalar(condition.value, type);
      return;
    default:
      throw invalid('no such operator');
  }
}

function checkScalar(value: unknown, type: FieldType): asserts value is Scalar {
  const fits =
    type === 'text'
      ? typeof value === 'string' && value.isWellFormed()
      : type === 'number'
        ? Number.isFinite(value)
        : typeof value === type;
  if (!fits) throw invalid(`a value must be ${type}`);
}

/** The text form of a place: opaque, safe in a URL, bound to the order it was made for. */
export const writeCursor = (order: Query['orderBy'], place: Place): string =>
  Buffer.from(JSON.stringify([orderKey(order), place.value ?? null, place.id])).toString('base64url');

const orderKey = (order: Query['orderBy']): string => (order ? `${order.direction}:${order.field}` : '');

function readCursor(collection: CollectionSchema, query: Query, cursor: string): Place {
  const wrong = invalid('not a cursor of this query');
  if (typeof cursor !== 'string' || !/^[A-Za-z0-9_-]+$/.test(cursor)) throw wrong;
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw wrong;
  }
  if (!Array.isArray(parts) || parts.length !== 3) throw wrong;
  const [key, value, id] = parts as unknown[];
  if (key !== orderKey(query.orderBy) || typeof id !== 'string') throw wrong;
  if (value === null) return { value: undefined, id };
  if (!query.orderBy) throw wrong;
  checkScalar(value, typeOf(collection, query.orderBy.field));
  return { value, id };
}
