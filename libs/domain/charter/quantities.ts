import { numberOf, numberPattern } from './french-numbers.js';
import { clockRanges } from './opening-hours.js';

/** A value read in a sentence, with the stretch of the key that says it. */
export interface Reading<V> {
  readonly value: V;
  readonly at: number;
  readonly length: number;
}

const count = `(?<count>${numberPattern})(?:\\s?\\(\\s?(?<again>${numberPattern})\\s?\\))?`;
const hours = new RegExp(
  `(?<![\\w,.:-])(?:(?<decimal>\\d[,.]\\d{1,2})|${count})\\s?(?<unit>heures?|h|minutes?|min|mn)(?![a-z])` +
    `(?:\\s?(?:et )?(?<minutes>${numberPattern})(?!\\s?(?:h|jours?|mois|ans?))(?:\\s?(?:minutes?|min|mn)\\b)?)?(?<half>\\s?et demie)?`,
  'g',
);
const parts: readonly (readonly [RegExp, number])[] = [
  [/(?:trois|3)[- ]quarts? d'heure/g, 45],
  [/\b(?:une |1 )?demi[e]?[- ]heure/g, 30],
  [/\b(?:un |1 )quart d'heure/g, 15],
];
const days = new RegExp(`(?<![\\w,.-])${count}\\s?(?<unit>jours?|j|semaines?)(?![a-z])`, 'g');
const months = new RegExp(
  `(?<![\\w,.-])${count}\\s?(?<unit>mois|ans?|annees?|jours?)(?![a-z])(?<half>\\s?et demie?)?`,
  'g',
);

/** Lengths of time in minutes; hours of the clock (« 9h-17h ») are none. */
export function durationsIn(key: string): readonly Reading<number>[] {
  if (!/heure|\dh|\d\sh\b|min|mn/.test(key)) return [];
  let rest = key;
  for (const { at, length } of clockRanges(key))
    rest = rest.slice(0, at) + '#'.repeat(length) + rest.slice(at + length);
  const readings: Reading<number>[] = [];
  for (const [pattern, value] of parts) {
    for (const match of rest.matchAll(pattern)) readings.push({ value, at: match.index, length: match[0].length });
    rest = rest.replace(pattern, (found) => '#'.repeat(found.length));
  }
  for (const match of rest.matchAll(hours)) {
    const { decimal, unit = '', minutes, half } = match.groups ?? {};
    const inHours = unit.startsWith('h');
    const extra = (inHours && minutes ? numberOf(minutes) : 0) + (half ? 30 : 0);
    for (const amount of decimal ? [Number(decimal.replace(',', '.'))] : counts(match)) {
      const value = Math.round(amount * (inHours ? 60 : 1)) + extra;
      if (value > 0 && value <= 720) readings.push({ value, at: match.index, length: match[0].trimEnd().length });
    }
  }
  return readings.sort((one, other) => one.at - other.at);
}

/** Numbers of days; weeks count seven. */
export const daysIn = (key: string): readonly Reading<number>[] =>
  [...key.matchAll(days)].flatMap((match) =>
    counts(match).map((amount) => reading(match, amount * (match.groups?.unit?.startsWith('s') ? 7 : 1))),
  );

/** Numbers of months; years count twelve, and so do 365 days. Other numbers of days are no months. */
export const monthsIn = (key: string): readonly Reading<number>[] =>
  [...key.matchAll(months)].flatMap((match) => {
    const { unit = '', half } = match.groups ?? {};
    return counts(match).flatMap((amount) => {
      if (unit.startsWith('j')) return amount % 365 === 0 ? [reading(match, (amount / 365) * 12)] : [];
      return [reading(match, unit === 'mois' ? amount : amount * 12 + (half ? 6 : 0))];
    });
  });

/** « huit (8) » says one number, « huit (10) » two. */
function counts(match: RegExpMatchArray): readonly number[] {
  const { count: first, again } = match.groups ?? {};
  const all = [first, again].flatMap((words) => (words === undefined ? [] : [numberOf(words)]));
  return [...new Set(all)].filter((value) => value > 0);
}

const reading = (match: RegExpMatchArray, value: number): Reading<number> => ({
  value,
  at: match.index ?? 0,
  length: match[0].length,
});
