import { type Instant, toEpochMilliseconds } from '#kernel/time.js';
import type { CharterParameters } from '../charter/parameters.js';
import type { RuleId } from '../charter/rules.js';
import type { CivilTime } from './civil-time.js';
import { type CalendarState, isClosed } from './state.js';

/** A planned time on one line; the end is the first moment outside it. */
export interface Slot {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

export type SlotProblemCode =
  | 'ends-before-start'
  | 'too-long'
  | 'several-days'
  | 'closed-weekday'
  | 'public-holiday'
  | 'closure'
  | 'outside-hours';

export interface SlotProblem {
  readonly code: SlotProblemCode;
  readonly rule: RuleId;
  /** French, without the times asked for. */
  readonly text: string;
}

type SlotRules = Pick<CharterParameters, 'sessionMinutes' | 'openingDays' | 'opensAt' | 'closesAt'>;

/** Everything that is wrong with a slot under the charter's parameters; empty when it may be booked. Length first. */
export function slotProblems(
  slot: Slot,
  parameters: SlotRules,
  time: CivilTime,
  closures: CalendarState,
): readonly SlotProblem[] {
  const length = toEpochMilliseconds(slot.endsAt) - toEpochMilliseconds(slot.startsAt);
  if (length <= 0) return [hours('ends-before-start', 'Le créneau finit avant de commencer.')];
  const problems: SlotProblem[] = [];
  if (length > parameters.sessionMinutes * 60_000)
    problems.push({
      code: 'too-long',
      rule: 'charter:7.2a',
      text: `Le créneau dépasse ${parameters.sessionMinutes} minutes.`,
    });
  return [...problems, ...openingProblems(slot, parameters, time, closures)];
}

/** The first thing wrong with a slot; undefined when it may be booked. */
export const slotProblem = (
  slot: Slot,
  parameters: SlotRules,
  time: CivilTime,
  closures: CalendarState,
): SlotProblem | undefined => slotProblems(slot, parameters, time, closures)[0];

/** What keeps a time, whatever its length, from lying wholly inside opening days and hours (7.2 b). */
export function openingProblems(
  slot: Slot,
  { openingDays, opensAt, closesAt }: Omit<SlotRules, 'sessionMinutes'>,
  time: CivilTime,
  closures: CalendarState,
): readonly SlotProblem[] {
  const start = time.toLocal(slot.startsAt);
  const end = time.toLocal(slot.endsAt);
  // Midnight at the end of the first day is still that day.
  const endsAtMidnight = end.minuteOfDay === 0 && end.date === time.plusDays(start.date, 1);
  const endMinute = endsAtMidnight ? 1440 : end.minuteOfDay;
  const problems: SlotProblem[] = [];
  if (end.date !== start.date && !endsAtMidnight)
    problems.push(hours('several-days', 'Le créneau s’étend sur plusieurs jours.'));
  if (!openingDays.includes(time.weekday(start.date)))
    problems.push(hours('closed-weekday', 'Ce jour de la semaine n’est pas un jour d’ouverture.'));
  if (time.isPublicHoliday(start.date)) problems.push(hours('public-holiday', 'Ce jour est férié.'));
  if (isClosed(closures, start.date)) problems.push(hours('closure', 'L’association est fermée ce jour-là.'));
  if (problems.length === 0 && (start.minuteOfDay < minuteOf(opensAt) || endMinute > minuteOf(closesAt)))
    problems.push(hours('outside-hours', `Le créneau ne tient pas entre ${clock(opensAt)} et ${clock(closesAt)}.`));
  return problems;
}

const hours = (code: SlotProblemCode, text: string): SlotProblem => ({ code, rule: 'charter:7.2b', text });

/** Minutes since midnight of `HH:MM`. */
export const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

const clock = (time: string): string =>
  `${Number(time.slice(0, 2))} h${time.endsWith(':00') ? '' : ` ${time.slice(3)}`}`;
