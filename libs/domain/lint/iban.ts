import { type CompactText, type FoldedText, type Span, spanOf } from '../shared/folded-text.js';
import { ibanPattern } from './iban-structures.js';

const kinds: Readonly<Record<string, RegExp>> = { n: /[0-9]/, a: /[A-Z]/, c: /[A-Z0-9]/ };
const longestGap = 3;

/** Account numbers with their country's structure and a check by ISO 7064 mod 97-10, however they are spaced. */
export function findIbans(folded: FoldedText, letters: CompactText): readonly Span[] {
  const found: Span[] = [];
  let start = 0;
  while (start < letters.text.length) {
    const length = matchAt(letters, start);
    if (length > 0) found.push(spanOf(folded, letters.at[start] ?? 0, letters.at[start + length - 1] ?? 0));
    start += Math.max(length, 1);
  }
  return found;
}

function matchAt(letters: CompactText, start: number): number {
  const pattern = ibanPattern(letters.text.slice(start, start + 2));
  if (pattern === undefined || !startsWord(letters, start) || letters.gaps[start + 1] !== 0) return 0;
  const candidate = letters.text.slice(start, start + pattern.length);
  if (candidate.length < pattern.length) return 0;
  for (let index = 0; index < pattern.length; index += 1) {
    if (!kinds[pattern[index] ?? 'n']?.test(candidate[index] ?? '')) return 0;
    if (index > 0 && (letters.gaps[start + index] ?? Number.POSITIVE_INFINITY) > longestGap) return 0;
  }
  return mod97(candidate) === 1 ? candidate.length : 0;
}

const startsWord = (letters: CompactText, start: number): boolean =>
  letters.gaps[start] !== 0 || letters.text.slice(Math.max(0, start - 4), start) === 'IBAN';

/** @param iban upper case, without spaces */
export function mod97(iban: string): number {
  let rest = 0;
  for (const unit of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(unit, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}
