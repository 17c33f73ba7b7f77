import { numberOf, numberPattern } from './french-numbers.js';

/** A time of opening and one of closing, in minutes of the day, and the stretch of the key that says them. */
export interface ClockRange {
  readonly opens: number;
  readonly closes: number;
  readonly at: number;
  readonly length: number;
}

const time = (name: string): string =>
  `(?<${name}>(?:${numberPattern})\\s?(?:heures?|h|:)(?:\\s?\\d{2}(?!\\d))?(?![a-z])|midi|minuit)`;
const range = new RegExp(
  `(?<![\\w,.])(?:(?<between>entre) )?(?:${time('opens')}|(?<bare>\\d{1,2}))\\s?(?<joint>-|a|jusqu'a|au|et)\\s?${time('closes')}`,
  'g',
);

/** Hours of the clock from one to another: « 9h-17h », « de 8 h 30 à 12 h », « entre neuf heures et midi », « 9-17h ». */
export function clockRanges(key: string): readonly ClockRange[] {
  // Spares most sentences the long pattern.
  if (!/\d\s?h|heure|\d:\d|midi|minuit/.test(key)) return [];
  return [...key.matchAll(range)].flatMap((match) => {
    const { between, opens, bare, joint, closes } = match.groups ?? {};
    if (joint === 'et' && !between) return [];
    const start = opens === undefined ? Number(bare) * 60 : minutes(opens);
    const end = minutes(closes ?? '');
    // « de 1 heure à 2 heures » tells a length of time.
    if (!(start >= 300 && start < end && end <= 1440)) return [];
    return [{ opens: start, closes: end, at: match.index, length: match[0].length }];
  });
}

function minutes(words: string): number {
  if (words === 'midi') return 720;
  if (words === 'minuit') return 1440;
  const match = /^(.*?)\s?(?:heures?|h|:)\s?(\d{2})?$/.exec(words);
  const minute = Number(match?.[2] ?? 0);
  return minute < 60 ? numberOf(match?.[1] ?? '') * 60 + minute : Number.NaN;
}

export const clockText = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

const weekdays = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'] as const;
const day = `(?:${weekdays.join('|')})s?`;
const days = new RegExp(
  `\\b(?<from>${day})\\s?(?:-|au|a|jusqu'au)\\s?(?<to>${day})\\b|\\b(?<one>${day})\\b|(?<workdays>\\bjours ouvres\\b|\\ben semaine\\b)|(?<most>\\bjours ouvrables\\b)|(?<all>\\btous les jours\\b(?! ouvr)|\\b7 ?j(?:ours)? ?(?:/|sur) ?7)`,
  'g',
);

/** Opening days that a sentence names, ascending; with the stretch from the first to the last word about them. */
export function openingDaysIn(
  key: string,
): { readonly value: readonly number[]; readonly at: number; readonly length: number } | undefined {
  const open = new Set<number>();
  let first = -1;
  let last = 0;
  for (const match of key.matchAll(days)) {
    const groups = match.groups ?? {};
    const excepted = /\b(?:sauf|hors|hormis|excepte)\b[^,.;]*$/.test(
      key.slice(Math.max(0, match.index - 80), match.index),
    );
    for (const one of daysOf(groups)) {
      if (excepted) open.delete(one);
      else open.add(one);
    }
    if (first < 0) first = match.index;
    last = match.index + match[0].length;
  }
  return open.size === 0 ? undefined : { value: [...open].sort((a, b) => a - b), at: first, length: last - first };
}

function daysOf(groups: Readonly<Record<string, string | undefined>>): readonly number[] {
  if (groups.workdays) return [1, 2, 3, 4, 5];
  if (groups.most) return [1, 2, 3, 4, 5, 6];
  if (groups.all) return [1, 2, 3, 4, 5, 6, 7];
  const from = dayNumber(groups.from ?? groups.one ?? '');
  const to = groups.to === undefined ? from : dayNumber(groups.to);
  const count = ((to - from + 7) % 7) + 1;
  return Array.from({ length: count }, (_, index) => ((from - 1 + index) % 7) + 1);
}

const dayNumber = (name: string): number => weekdays.findIndex((weekday) => name.startsWith(weekday)) + 1;

/** Minutes since midnight of `HH:MM`. */
export const minutesOfClock = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
