import type { CompactText, FoldedText, Span } from '../shared/folded-text.js';
import { spanOf } from '../shared/folded-text.js';

const longestGap = 2;

/** French telephone numbers: `06 12 34 56 78`, `+33 6 …`, `0033 6 …`, `+33 (0)6 …`, however they are spaced. */
export function findPhones(folded: FoldedText, letters: CompactText): readonly Span[] {
  const found: Span[] = [];
  let start = 0;
  while (start < letters.text.length) {
    const length = phoneAt(folded, letters, start);
    if (length > 0) found.push(spanOf(folded, letters.at[start] ?? 0, letters.at[start + length - 1] ?? 0));
    start += Math.max(length, 1);
  }
  return found;
}

function phoneAt(folded: FoldedText, letters: CompactText, start: number): number {
  const previous = letters.text[start - 1];
  if (previous !== undefined && letters.gaps[start] === 0) return 0;
  const plus = folded.text[(letters.at[start] ?? 0) - 1] === '+';
  const rest = letters.text.slice(start, start + 15);
  const match = (plus ? /^330?[1-9]\d{8}/ : /^(?:00330?|0)[1-9]\d{8}/).exec(rest);
  if (!match) return 0;
  const length = match[0].length;
  for (let index = start + 1; index < start + length; index += 1) {
    const gap = letters.gaps[index] ?? 0;
    const bracketed = /^[ .]?\(?0?\)[ .]?$|^[ .]?\($/.test(letters.between[index] ?? '');
    if (gap > longestGap && !bracketed) return 0;
    if (/[\n/_]/.test(letters.between[index] ?? '')) return 0;
  }
  const next = start + length;
  return letters.gaps[next] === 0 && /[0-9]/.test(letters.text[next] ?? '') ? 0 : length;
}

/** E-mail addresses; each `@` is looked at once, so the time is linear. */
export function findEmails(folded: FoldedText): readonly Span[] {
  const found: Span[] = [];
  let sign = folded.text.indexOf('@');
  while (sign >= 0) {
    const before = /[A-Za-z0-9._%+-]{1,64}$/.exec(folded.text.slice(Math.max(0, sign - 64), sign))?.[0] ?? '';
    const after =
      /^[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}/.exec(folded.text.slice(sign + 1, sign + 256))?.[0] ?? '';
    if (before !== '' && after !== '') found.push(spanOf(folded, sign - before.length, sign + after.length));
    sign = folded.text.indexOf('@', sign + 1);
  }
  return found;
}
