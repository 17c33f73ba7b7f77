import { type FoldedText, foldText } from '../shared/folded-text.js';
import type { CharterStructure } from './structure.js';

/** One sentence of a charter and where it stands. */
export interface Sentence {
  /** An article's number, `preamble`, `form`, `form.1`…, `annex`. */
  readonly where: string;
  /** As written. */
  readonly text: string;
  /** Folded, lower case: for recognising. As long as `folded.text`. */
  readonly key: string;
  readonly folded: FoldedText;
}

/** Every sentence of a charter, once, in the order of the text. */
export function sentencesOf(structure: CharterStructure): readonly Sentence[] {
  const statements = new Set(structure.statements.map((statement) => `• ${statement}`));
  const around = structure.form.split('\n').filter((line) => !statements.has(line));
  return [
    ...split('preamble', structure.preamble),
    ...structure.articles.flatMap(({ number, text, title }) => [...split(number, title), ...split(number, text)]),
    ...split('form', around.join('\n')),
    ...structure.statements.flatMap((statement, index) => split(`form.${index + 1}`, statement)),
    ...structure.recommendations.flatMap(({ text }) => split('annex', text)),
  ];
}

function split(where: string, text: string): readonly Sentence[] {
  return text
    .split(/(?<=[.;!?])\s+(?=[\p{Lu}«])|\n/u)
    .filter((sentence) => sentence.trim() !== '')
    .map((sentence) => {
      const folded = foldText(sentence);
      return { where, text: sentence, key: lower(folded.text), folded };
    });
}

/** Lower case unit by unit, so that places stay the same. */
const lower = (text: string): string =>
  text.replace(/./gsu, (unit) => (unit.toLowerCase().length === unit.length ? unit.toLowerCase() : unit));

/** The words as written behind a stretch of the key. */
export function wordsAt(sentence: Sentence, at: number, length: number): string {
  const start = sentence.folded.starts[at] ?? 0;
  return sentence.text.slice(start, sentence.folded.ends[at + length - 1] ?? start).trim();
}
