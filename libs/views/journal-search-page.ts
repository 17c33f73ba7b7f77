import type { LocalDate } from '#kernel/time.js';
import { ViewStoreError } from '#ports/view-store/view-store.js';
import { plusDays, startOfLocalDay } from './local-day.js';
import { MAX_PAGE, type PageParams } from './query.js';

export interface JournalFilters {
  /** Days of the start in Europe/Paris, both included. */
  readonly from?: LocalDate;
  readonly to?: LocalDate;
  readonly technicianId?: string;
  readonly memberId?: string;
  /** Code of a deviation. */
  readonly deviation?: string;
  /** Members whose entries stay out: the processing of their data is restricted. */
  readonly without?: ReadonlySet<string>;
  /** Article of the charter that a deviation is against: `7.2`. */
  readonly article?: string;
}

export interface JournalQuestion extends PageParams, JournalFilters {
  readonly text: string;
  /** `relevance` (default), `startedAt` or `-startedAt`. */
  readonly sort?: 'relevance' | 'startedAt' | '-startedAt';
}

/** What the index keeps of an entry beside its words: nothing personal. */
export interface IndexedEntry {
  readonly sessionId: string;
  readonly memberId: string;
  readonly technicianId: string | undefined;
  readonly startedAt: string;
  readonly revision: number;
  readonly deviations: readonly string[];
  readonly articles: readonly string[];
  /** Cells of the texts that were taken in. */
  readonly cells: readonly string[];
}

export interface Hit extends IndexedEntry {
  readonly score: number;
  /** Words of the entry that the question matched. */
  readonly words: readonly string[];
}

export interface Found {
  readonly hits: readonly Hit[];
  readonly next: string | undefined;
}

export function filtered(entry: IndexedEntry | undefined, filters: JournalFilters): boolean {
  if (entry === undefined) return false;
  const { from, to, technicianId, memberId, deviation, article, without } = filters;
  return (
    without?.has(entry.memberId) !== true &&
    (technicianId === undefined || entry.technicianId === technicianId) &&
    (memberId === undefined || entry.memberId === memberId) &&
    (deviation === undefined || entry.deviations.includes(deviation)) &&
    (article === undefined || entry.articles.includes(article)) &&
    (from === undefined || entry.startedAt >= startOfLocalDay(from)) &&
    (to === undefined || (entry.startedAt !== '' && entry.startedAt < startOfLocalDay(plusDays(to, 1))))
  );
}

type Place = readonly [score: number, startedAt: string, sessionId: string];
const placeOf = ({ score, startedAt, sessionId }: Hit): Place => [score, startedAt, sessionId];

/** Total orders: equal scores latest first, equal times by reference. */
const orders = {
  relevance: (a: Place, b: Place) => b[0] - a[0] || byText(b[1], a[1]) || byText(a[2], b[2]),
  startedAt: (a: Place, b: Place) => byText(a[1], b[1]) || byText(a[2], b[2]),
  '-startedAt': (a: Place, b: Place) => byText(b[1], a[1]) || byText(a[2], b[2]),
} as const;
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * One page. A cursor is the place of the last hit, so entries that come or go meanwhile move no other; by relevance a
 * hit may move when the words of other entries change, as they weigh each other.
 */
export function pageOf(
  hits: readonly Hit[],
  { sort = 'relevance', limit = 20, cursor }: Pick<JournalQuestion, 'sort' | 'limit' | 'cursor'>,
): Found {
  const order = orders[sort];
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const sorted = [...hits].sort((a, b) => order(placeOf(a), placeOf(b)));
  const rest = after === undefined ? sorted : sorted.filter((hit) => order(after, placeOf(hit)) < 0);
  const page = rest.slice(0, Math.min(Math.max(limit, 1), MAX_PAGE));
  const last = page.at(-1);
  const more = last !== undefined && rest.length > page.length;
  return { hits: page, next: more ? writeCursor(placeOf(last)) : undefined };
}

const writeCursor = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url');

function readCursor(text: string): Place {
  try {
    const place: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (Array.isArray(place) && place.length === 3) {
      const [score, startedAt, sessionId] = place as readonly unknown[];
      if (typeof score === 'number' && typeof startedAt === 'string' && typeof sessionId === 'string')
        return [score, startedAt, sessionId];
    }
  } catch {
    // told below
  }
  throw new ViewStoreError('invalid-query', 'the cursor is none that this search gave');
}
