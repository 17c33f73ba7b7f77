/**
 * A text made plain for searching: accents dropped, full-width and other digits as 0–9, every space as ' ', every dash
 * as '-', every apostrophe as ', invisible characters gone. Each character knows where it came from.
 */
export interface FoldedText {
  readonly text: string;
  /** For each UTF-16 unit of `text`, where its source starts and ends in the original, in UTF-16 units. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

export function foldText(original: string): FoldedText {
  const parts: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  /** Where the characters begin that are not in `parts` yet because they stay as they are. */
  let same = 0;
  let at = 0;
  while (at < original.length) {
    const code = original.charCodeAt(at);
    if (staysAsItIs(code)) {
      starts.push(at);
      at += 1;
      ends.push(at);
      continue;
    }
    const character = String.fromCodePoint(original.codePointAt(at) ?? code);
    const end = at + character.length;
    const folded = foldedOf(character);
    if (same < at) parts.push(original.slice(same, at));
    parts.push(folded);
    for (let unit = 0; unit < folded.length; unit += 1) {
      starts.push(at);
      ends.push(end);
    }
    at = end;
    same = end;
  }
  if (same < at) parts.push(original.slice(same));
  return { text: parts.join(''), starts, ends };
}

/** Most of any text: visible ASCII but the grave accent, the space and the line feed. */
const staysAsItIs = (code: number): boolean => (code >= 0x20 && code <= 0x7e && code !== 0x60) || code === 0x0a;

const MOST_KNOWN = 4096;
const known = new Map<string, string>();

function foldedOf(character: string): string {
  const found = known.get(character);
  if (found !== undefined) return found;
  const folded = foldCharacter(character);
  if (known.size < MOST_KNOWN) known.set(character, folded);
  return folded;
}

/** Letters of two that Unicode does not take apart. */
const joined: Readonly<Record<string, string>> = { œ: 'oe', Œ: 'Oe', æ: 'ae', Æ: 'Ae', ß: 'ss' };

function foldCharacter(character: string): string {
  if (/\s/u.test(character)) return ' ';
  if (/[\p{Cf}\p{M}]/u.test(character)) return '';
  if (/[\p{Pd}−]/u.test(character)) return '-';
  if (/['’‘ʼ′`´]/u.test(character)) return "'";
  const letters = joined[character];
  if (letters !== undefined) return letters;
  if (/\p{Nd}/u.test(character)) return digitValue(character);
  return character
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/\p{Nd}/gu, digitValue);
}

/** Decimal digits of every script stand in runs from 0 to 9. */
function digitValue(character: string): string {
  const compatible = character.normalize('NFKC');
  if (/^[0-9]$/.test(compatible)) return compatible;
  const point = character.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(point - value - 1))) value += 1;
  return String(value);
}

/** Letters and digits of a folded text alone, upper case, with the number of separators in front of each. */
export interface CompactText {
  readonly text: string;
  /** Index in the folded text. */
  readonly at: readonly number[];
  /** Separators (space, line feed, `-`, `.`, `_`, `/`) just before; `Infinity` when anything else stands there. */
  readonly gaps: readonly number[];
  /** The separators themselves. */
  readonly between: readonly string[];
}

export function compact(folded: FoldedText): CompactText {
  const at: number[] = [];
  const gaps: number[] = [];
  const between: string[] = [];
  let gap = Number.POSITIVE_INFINITY;
  /** Right behind the letter or digit before. */
  let from = 0;
  for (let index = 0; index < folded.text.length; index += 1) {
    const code = folded.text.charCodeAt(index);
    if (isLetterOrDigit(code)) {
      at.push(index);
      gaps.push(gap);
      between.push(from === index ? '' : folded.text.slice(from, index));
      gap = 0;
      from = index + 1;
    } else gap = SEPARATORS.has(code) ? gap + 1 : Number.POSITIVE_INFINITY;
  }
  return { text: folded.text.replace(/[^A-Za-z0-9]+/g, '').toUpperCase(), at, gaps, between };
}

const SEPARATORS: ReadonlySet<number> = new Set([...' \n-._/'].map((one) => one.charCodeAt(0)));

/** A–Z, a–z, 0–9. */
const isLetterOrDigit = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39);

/** A span of the original text, in UTF-16 units. */
export interface Span {
  readonly at: number;
  readonly length: number;
}

/** The original span of folded characters from `first` to `last`, both included. */
export function spanOf(folded: FoldedText, first: number, last: number): Span {
  const at = folded.starts[first] ?? 0;
  return { at, length: (folded.ends[last] ?? at) - at };
}
