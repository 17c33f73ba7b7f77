import { wordsOf } from './search-text.js';

const AROUND = 80;

/**
 * The surroundings of the first of these words in a text, as it was written.
 * @param words as the search compares them (no accents, no case)
 * @returns undefined when none of them is in it
 */
export function excerptOf(text: string, words: ReadonlySet<string>): string | undefined {
  for (const { 0: written, index } of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    if (!wordsOf(written).some((word) => words.has(word))) continue;
    const start = index <= AROUND ? 0 : atWord(text, index - AROUND);
    const end = index + written.length + AROUND >= text.length ? text.length : lastWord(text, index + written.length);
    return `${start > 0 ? '…' : ''}${text.slice(start, end).trim()}${end < text.length ? '…' : ''}`;
  }
  return undefined;
}

/** The beginning of the first word after a place. */
const atWord = (text: string, from: number): number => {
  const space = text.slice(from, from + AROUND).search(/\s/);
  return space < 0 ? from : from + space + 1;
};

/** The end of the last word within reach. */
const lastWord = (text: string, from: number): number => {
  const within = text.slice(from, from + AROUND);
  const space = within.search(/\s\S*$/);
  return from + (space < 0 ? within.length : space);
};
