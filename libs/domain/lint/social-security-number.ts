import { type CompactText, type FoldedText, type Span, spanOf } from '../shared/folded-text.js';

const longestGap = 2;
/** Where the usual writing `1 85 05 78 006 084 36` puts its spaces. */
const usualBreaks = new Set([1, 3, 5, 7, 10, 13]);
const named = /(?:nir|secu|securite sociale|assure social|insee|n[°o]?\s?ss)\b[^\n]{0,40}$/i;

/** French social-security numbers (NIR), with or without key, Corsica (2A, 2B) included. */
export function findSocialSecurityNumbers(folded: FoldedText, letters: CompactText): readonly Span[] {
  const found: Span[] = [];
  let start = 0;
  while (start < letters.text.length) {
    const length = matchAt(folded, letters, start);
    if (length > 0) found.push(spanOf(folded, letters.at[start] ?? 0, letters.at[start + length - 1] ?? 0));
    start += Math.max(length, 1);
  }
  return found;
}

function matchAt(folded: FoldedText, letters: CompactText, start: number): number {
  if (!/[1-478]/.test(letters.text[start] ?? '') || continues(letters, start)) return 0;
  const full = readAt(letters, start, 15);
  if (full && plausible(full, true) && Number(full.slice(13)) === nirKey(full.slice(0, 13))) return 15;
  const bare = readAt(letters, start, 13);
  if (!bare) return 0;
  const isNamed = isAnnounced(folded, letters.at[start] ?? 0);
  if (!plausible(bare, isNamed) || (!isNamed && !/[12]/.test(bare[0] ?? ''))) return 0;
  return isNamed || usuallyWritten(letters, start) ? 13 : 0;
}

const isAnnounced = (folded: FoldedText, at: number): boolean =>
  named.test(folded.text.slice(Math.max(0, at - 70), at));

/** The characters of a number that begins there, held together by at most two separators, and not going on after. */
function readAt(letters: CompactText, start: number, length: number): string | undefined {
  const candidate = letters.text.slice(start, start + length);
  if (!/^\d{6}[0-9AB]\d{6}(\d\d)?$/.test(candidate) || candidate.length < length) return undefined;
  for (let index = 1; index < length; index += 1)
    if ((letters.gaps[start + index] ?? Number.POSITIVE_INFINITY) > longestGap) return undefined;
  return continues(letters, start + length) ? undefined : candidate;
}

/** Is there a digit at that place that belongs to the digit before it? */
const continues = (letters: CompactText, index: number): boolean =>
  letters.gaps[index] === 0 && /[0-9]/.test(letters.text[index] ?? '') && /[0-9]/.test(letters.text[index - 1] ?? '');

function usuallyWritten(letters: CompactText, start: number): boolean {
  for (let index = 1; index < 13; index += 1)
    if ((letters.gaps[start + index] ?? 0) > 0 && !usualBreaks.has(index)) return false;
  return true;
}

/** Month of birth (codes of unknown months only when there is other evidence), department, commune and order. */
function plausible(number: string, lenient: boolean): boolean {
  const month = Number(number.slice(3, 5));
  const monthFits = (month >= 1 && month <= 12) || (lenient && ((month >= 20 && month <= 42) || month >= 50));
  const department = number.slice(5, 7);
  const departmentFits =
    department === '2A' || department === '2B' || (/^\d\d$/.test(department) && department !== '00');
  return monthFits && departmentFits && number.slice(7, 10) !== '000' && number.slice(10, 13) !== '000';
}

/** The key of 13 characters: 97 less the rest by 97; 2A counts as 19, 2B as 18. */
export function nirKey(number: string): number {
  const numeric = number.replace('2A', '19').replace('2B', '18');
  return 97 - (Number(numeric) % 97);
}
