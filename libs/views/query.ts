import type { Opened, Sealed } from '#kernel/sealed.js';
import { isSealed } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import type { Opener } from '#ports/opener/opener.js';
import type { Condition, Query, ViewSchema, ViewStore } from '#ports/view-store/view-store.js';
import type { AsOf } from './view.js';

/** What queries are given. */
export interface ViewDeps {
  readonly viewStore: ViewStore;
  readonly opener: Opener;
  /** The moment of the question: timers, lapses and retention are computed from it, never stored. */
  readonly now: Instant;
}

/** How much of a list, and from where. */
export interface PageParams {
  /** 1–200; default 50. */
  readonly limit?: number;
  /** `next` of an earlier page with the same filters and order. */
  readonly cursor?: string;
}

export interface ListAnswer<T> {
  readonly items: readonly T[];
  readonly asOf: AsOf;
  /** Cursor of the next page; absent on the last one. */
  readonly next?: string;
}

/** What opening makes of a type: each sealed value becomes one of three answers, everything else stays. */
export type Unsealed<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends { readonly $sealed: unknown }
    ? T extends Sealed<infer V>
      ? Opened<V>
      : Opened<unknown>
    : T extends readonly (infer U)[]
      ? readonly Unsealed<U>[]
      : T extends object
        ? { readonly [K in keyof T]: Unsealed<T[K]> }
        : T;

/** Opens every sealed value inside `value`, all in one call to the vault. Leave out beforehand what need not be opened. */
export async function openWithin<T>(opener: Opener, value: T): Promise<Unsealed<T>> {
  const found: Sealed<unknown>[] = [];
  collect(value, found);
  const opened = found.length === 0 ? [] : await opener.open(found);
  const answers = new Map(found.map((sealed, index) => [sealed, opened[index] ?? MISSING]));
  return replace(value, answers) as Unsealed<T>;
}
const MISSING: Opened<never> = { state: 'unreadable', fault: 'vault-unavailable' };

function collect(value: unknown, found: Sealed<unknown>[]): void {
  if (isSealed(value)) found.push(value);
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) collect(part, found);
}

function replace(value: unknown, answers: ReadonlyMap<Sealed<unknown>, Opened<unknown>>): unknown {
  if (isSealed(value)) return answers.get(value);
  if (Array.isArray(value)) return value.map((part) => replace(part, answers));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, replace(part, answers)]));
}

/** Up to which event the answers of a view are true. Read before the documents, so that it never promises too much. */
export const asOf = async (viewStore: ViewStore, view: ViewSchema): Promise<AsOf> => ({
  position: await viewStore.checkpoint(view),
});

export interface DocumentPage<T> {
  readonly documents: readonly T[];
  readonly asOf: AsOf;
  readonly next: string | undefined;
}

/** One page of typed documents. */
export async function findPage<T>(
  viewStore: ViewStore,
  view: ViewSchema,
  query: Omit<Query, 'limit' | 'after'>,
  page: PageParams,
): Promise<DocumentPage<T>> {
  const upTo = await asOf(viewStore, view);
  const found = await viewStore.find(view, {
    ...query,
    limit: Math.min(Math.max(page.limit ?? 50, 1), MAX_PAGE),
    ...(page.cursor === undefined ? {} : { after: page.cursor }),
  });
  return { documents: found.documents.map((one) => one.document as T), asOf: upTo, next: found.next };
}
export const MAX_PAGE = 200;

/** All documents that match, page by page. For sets that are small by nature (running sessions, closures). */
export async function findAll<T>(
  viewStore: ViewStore,
  view: ViewSchema,
  query: Omit<Query, 'limit' | 'after'>,
): Promise<readonly T[]> {
  const all: T[] = [];
  let after: string | undefined;
  do {
    const page = await viewStore.find(view, { ...query, limit: 1000, ...(after === undefined ? {} : { after }) });
    all.push(...page.documents.map((one) => one.document as T));
    after = page.next;
  } while (after !== undefined);
  return all;
}

/** A list answer without an undefined `next`. */
export const listAnswer = <T>(items: readonly T[], upTo: AsOf, next: string | undefined): ListAnswer<T> => ({
  items,
  asOf: upTo,
  ...(next === undefined ? {} : { next }),
});

/** Equality conditions for the filters that are given. */
export const equals = (filters: Readonly<Record<string, string | number | boolean | undefined>>): Condition[] =>
  Object.entries(filters).flatMap(([field, value]) =>
    value === undefined ? [] : [{ field, op: 'eq' as const, value }],
  );

/** `-startedAt` → descending; the allowed fields are the ones an index serves. */
export function orderOf(
  sort: string | undefined,
  standard: string,
): { readonly field: string; readonly direction: 'asc' | 'desc' } {
  const text = sort ?? standard;
  return text.startsWith('-') ? { field: text.slice(1), direction: 'desc' } : { field: text, direction: 'asc' };
}
