const units = (
  'zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit ' +
  'dix-neuf'
).split(' ');
const tens: readonly (readonly [number, string])[] = [
  [20, 'vingt'],
  [30, 'trente'],
  [40, 'quarante'],
  [50, 'cinquante'],
  [60, 'soixante'],
  [80, 'quatre-vingt'],
];

function spell(value: number): string {
  if (value < 20) return units[value] ?? '';
  if (value >= 100) return value === 100 ? 'cent' : `cent ${spell(value - 100)}`;
  const [base, word] = tens.findLast(([start]) => start <= value) ?? [0, ''];
  const rest = value - base;
  if (rest === 0) return base === 80 ? 'quatre-vingts' : word;
  const joint = (rest === 1 || rest === 11) && base !== 80 ? ' et ' : '-';
  return `${word}${joint}${spell(rest)}`;
}

const values: ReadonlyMap<string, number> = new Map([
  ['une', 1],
  ['vingt et une', 21],
  ...Array.from({ length: 199 }, (_, index): [string, number] => [flat(spell(index + 1)), index + 1]),
]);

/** Hyphens and spaces of spelled numbers are one (spelling of 1990). */
function flat(words: string): string {
  return words.replace(/[-\s]+/g, ' ').trim();
}

const unit = `(?:dix[- ](?:sept|huit|neuf)|une?|${units.slice(2, 17).join('|')})`;
const belowHundred = `(?:(?:quatre[- ]vingts?|${tens
  .slice(0, -1)
  .map(([, word]) => word)
  .join('|')})(?:[- ](?:et[- ])?${unit})?|${unit})`;

/** Matches a number in digits or French words, in a folded lower-case text. No group of its own. */
export const numberPattern = `(?:\\d{1,4}|cent(?:[- ]${belowHundred})?|${belowHundred})`;

/** The value of what {@link numberPattern} matched; NaN for anything else. */
export const numberOf = (words: string): number =>
  /^\d+$/.test(words) ? Number(words) : (values.get(flat(words)) ?? Number.NaN);
