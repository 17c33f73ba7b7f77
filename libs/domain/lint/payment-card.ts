import { type CompactText, type FoldedText, type Span, spanOf } from '../shared/folded-text.js';
import { type DigitGroup, digitRuns } from './digit-groups.js';

/** Ranges of the card networks (ISO/IEC 7812): first digits and lengths. */
const networks: readonly (readonly [prefix: RegExp, lengths: readonly number[]])[] = [
  [/^4/, [13, 16, 19]],
  [/^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(30[0-5]|3095|3[689])/, [14, 16]],
  [/^(6011|64[4-9]|65)/, [16, 17, 18, 19]],
  [/^(35(2[89]|[3-8]))/, [16, 17, 18, 19]],
  [/^62/, [16, 17, 18, 19]],
  [/^(50|5[6-9]|6[0-9])/, [16, 18, 19]],
];

/** Card numbers: a network's first digits and length, the check digit of Luhn, whole groups of digits. */
export function findCards(folded: FoldedText, letters: CompactText): readonly Span[] {
  const found: Span[] = [];
  for (const run of digitRuns(letters)) {
    let from = 0;
    while (from < run.length) {
      const count = cardAt(run, from);
      const first = run[from];
      const last = run[from + count - 1];
      if (count > 0 && first && last) {
        const end = last.first + last.digits.length - 1;
        found.push(spanOf(folded, letters.at[first.first] ?? 0, letters.at[end] ?? 0));
      }
      from += Math.max(count, 1);
    }
  }
  return found;
}

/** How many groups from that one on are a card number; the longest reading wins. */
function cardAt(run: readonly DigitGroup[], from: number): number {
  let digits = '';
  let count = 0;
  for (let to = from; to < run.length && digits.length < 19; to += 1) {
    digits += run[to]?.digits ?? '';
    const groups = run.slice(from, to + 1);
    if (isCard(digits, groups) && !looksLikeSomethingElse(groups)) count = to - from + 1;
  }
  return count;
}

function isCard(digits: string, groups: readonly DigitGroup[]): boolean {
  if (digits.length < 13 || digits.length > 19 || /^0+$/.test(digits) || !passesLuhn(digits)) return false;
  const inFours = digits.length === 16 && groups.length === 4 && groups.every((group) => group.digits.length === 4);
  return inFours || networks.some(([prefix, lengths]) => prefix.test(digits) && lengths.includes(digits.length));
}

/** Dates side by side, and numbers of versions and addresses: uneven groups between full stops. */
function looksLikeSomethingElse(groups: readonly DigitGroup[]): boolean {
  const written = groups.map((group, index) => (index === 0 ? '' : (group.before ?? '')) + group.digits).join('');
  if (/^(?:\d{1,2}([-./])\d{1,2}\1(?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2})(?![\d])/.test(written)) return true;
  const dotted = groups.some((group, index) => index > 0 && group.before?.includes('.'));
  return dotted && groups.slice(0, -1).some((group) => group.digits.length < 4);
}

/** The check digit of ISO/IEC 7812-1. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const weighted = index % 2 === 1 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
}
