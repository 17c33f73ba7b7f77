import type { CivilTime } from '#domain/calendar/civil-time.js';
import { custody } from '#domain/custody/custody.js';
import { type CustodyState, holdOn, isCondemned } from '#domain/custody/state.js';
import { cellOfKept, dueOn, type Kept } from '#domain/retention/due.js';
import type { LocalDate } from '#kernel/time.js';
import { plusDays, plusMonths, startOfLocalDay } from '#views/local-day.js';
import { keptSince, monthsOf, retentionMonths, shortestRetention, stillOnFile } from '#views/retention-queries.js';
import type { Temoin } from '../temoin.js';

/** One cell at the end of its period, and what custody says of it. */
export interface DueCell {
  /** Whose keys they are; the thing itself where no member’s. */
  readonly memberId: string;
  readonly cell: string;
  readonly kind: Kept['kind'];
  readonly id: string;
  readonly standing: 'free' | 'held' | 'condemned';
  /** Of what is held: why, and how long at most. */
  readonly hold?: { readonly holdId: string; readonly ground: string; readonly outerBound: LocalDate };
}

/**
 * What a run on that day would take, and what it would leave. Changes nothing. The view says what may be due; whether it is
 * held is asked of each member's own register.
 * @param day may lie in the future
 */
export async function planRetention(
  temoin: Pick<Temoin, 'viewStore' | 'reader'>,
  time: CivilTime,
  day: LocalDate,
): Promise<readonly DueCell[]> {
  const [months, shortest] = await Promise.all([retentionMonths(temoin), shortestRetention(temoin)]);
  const reach = startOfLocalDay(plusDays(plusMonths(day, -shortest), 2));
  const kept = (await keptSince(temoin, reach)).flatMap((one): readonly Kept[] => {
    const { kind, id, memberId, sessions, endedAt } = one;
    if (memberId === undefined) return [];
    const running = one.state === 'under-way';
    return [{ kind, id, memberId, sessions, endedAt: running ? undefined : endedAt, months: monthsOf(one, months) }];
  });
  const over = dueOn(kept, day, time);
  const waiting = await stillOnFile(
    temoin,
    over.flatMap(({ kind, memberId }) => (kind === 'member' ? [memberId] : [])),
  );
  const due = over.filter(({ kind, memberId }) => kind !== 'member' || !waiting.has(memberId));
  const states = new Map<string, CustodyState>();
  for (const { memberId } of due)
    if (!states.has(memberId)) states.set(memberId, await temoin.reader.state(custody, memberId));
  return due.flatMap((one) => {
    const state = states.get(one.memberId);
    return state ? [standingOf(one, state)] : [];
  });
}

function standingOf({ memberId, kind, id }: Kept, state: CustodyState): DueCell {
  const cell = cellOfKept({ memberId, kind, id });
  if (isCondemned(state, cell)) return { memberId, cell, kind, id, standing: 'condemned' };
  const hold = holdOn(state, cell);
  if (!hold) return { memberId, cell, kind, id, standing: 'free' };
  const { holdId, ground, outerBound } = hold;
  return { memberId, cell, kind, id, standing: 'held', hold: { holdId, ground, outerBound } };
}
