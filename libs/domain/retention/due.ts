import type { Instant, LocalDate } from '#kernel/time.js';
import type { CivilTime } from '../calendar/civil-time.js';
import { lastConsultableDay } from '../calendar/retention.js';
import { isIdentity, type KeptKind } from './rules.js';

/** What is kept for a time: one key cell with all that lies below it. */
export interface Kept {
  readonly kind: KeptKind;
  readonly id: string;
  /** Whose keys they are: the member; of what belongs to no member, the thing itself. */
  readonly memberId: string;
  /** When its period began: the end of the session or of the case; undefined while it is under way, when no period runs yet. */
  readonly endedAt: Instant | undefined;
  /** Of its kind, or of the charter version that it was consented under or asked for. */
  readonly months: number;
  /** Of a request: sessions that came of it. It stays as long as one of them does. */
  readonly sessions: readonly string[];
}

export const cellOfKept = ({ memberId, kind, id }: Pick<Kept, 'memberId' | 'kind' | 'id'>): string =>
  isIdentity(kind) ? `${memberId}/identity` : `${memberId}/${kind}:${id}`;

/** The last day on which it may be read, until 24:00 in Paris; undefined while its period has not begun. */
export const lastDayOf = (one: Pick<Kept, 'endedAt' | 'months'>, time: CivilTime): LocalDate | undefined =>
  one.endedAt === undefined ? undefined : lastConsultableDay(one.endedAt, one.months, time);

/**
 * What is due on a day: what could last be read on an earlier one, so that a run in the night after is the first that
 * takes it and a run that comes late takes it too. A request is due when all that came of it is.
 */
export function dueOn(kept: readonly Kept[], day: LocalDate, time: CivilTime): readonly Kept[] {
  const over = (one: Kept): boolean => {
    const last = lastDayOf(one, time);
    return last !== undefined && last < day;
  };
  const staying = new Set(kept.filter((one) => one.kind === 'session' && !over(one)).map((one) => one.id));
  return kept.filter((one) => over(one) && !one.sessions.some((id) => staying.has(id)));
}
