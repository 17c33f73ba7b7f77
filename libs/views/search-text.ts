const LIGATURES: Readonly<Record<string, string>> = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', ł: 'l', đ: 'd' };

/** Words of a text as the search compares them: no accents, no case, no punctuation. */
export const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .replace(/[œæßøłđ]/g, (letter) => LIGATURES[letter] ?? letter)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 0);

const SMALL_WORDS: ReadonlySet<string> = new Set(
  'a au aux c ce ces d dans de des du elle en et il ils j je l la le les leur lui m mais me n ne nous on ou par pas pour qu que qui s sa se ses son sur t un une vous y'.split(
    ' ',
  ),
);

/** Words of a question: without articles and the like, which are in every text, unless there is nothing else. */
export function wordsAsked(text: string): readonly string[] {
  const all = wordsOf(text);
  const telling = all.filter((word) => !SMALL_WORDS.has(word));
  return telling.length > 0 ? telling : all;
}

/** A membership number or reference as one word: `CE-0042` and `ce 0042` are the same. */
export const joined = (text: string): string => wordsOf(text).join('');

/**
 * Digits of a telephone number in the French form: `+33 (0)6 12…`, `0033 6 12…` and `06.12…` all begin with `06`.
 * Empty when the text has anything in it that no telephone number has.
 */
export function phoneDigits(text: string): string {
  if (!/^[+\d\s().\-/\u00a0\u202f]+$/u.test(text)) return '';
  const international = /^\s*(\+|00)/.test(text);
  const digits = text.replace(/\D+/g, '').replace(/^00/, international ? '' : '00');
  if (international && digits.startsWith('33')) return `0${digits.slice(2).replace(/^0/, '')}`;
  return digits;
}
