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
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const character of original) {
    const end = at + character.length;
    const folded = foldCharacter(character);
    text += folded;
    for (let unit = 0; unit < folded.length; unit += 1) {
      starts.push(at);
      ends.push(end);
    }
    at = end;
  }
  return { text, starts, ends };
}

/** Letters of two that Unicode does not take apart. */
const joined: Readonly<Record<string, string>> = { œ: 'oe', Œ: 'Oe', æ: 'ae', Æ: 'Ae', ß: 'ss' };

function foldCharacter(character: string): string {
  // Most of any text: nothing to do.
  if (/^[!-&(-_a-~]$/.test(character)) return character;
  if (character === '\n') return '\n';
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
  let text = '';
  const at: number[] = [];
  const gaps: number[] = [];
  const between: string[] = [];
  let gap = Number.POSITIVE_INFINITY;
  let run = '';
  for (let index = 0; index < folded.text.length; index += 1) {
    const unit = folded.text[index] ?? '';
    if (/[A-Za-z0-9]/.test(unit)) {
      text += unit.toUpperCase();
      at.push(index);
      gaps.push(gap);
      between.push(run);
      gap = 0;
      run = '';
    } else {
      gap = /[ \n\-._/]/.test(unit) ? gap + 1 : Number.POSITIVE_INFINITY;
      run += unit;
    }
  }
  return { text, at, gaps, between };
}

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
