import { readAnnex, readStatements } from './form-and-annex.js';
import { readHeading } from './heading.js';
import { type Line, linesOf, paragraphsOf } from './lines.js';
import type { CharterArticle, CharterStructure } from './structure.js';

interface Section {
  readonly kind: 'front' | 'preamble' | 'chapter' | 'article' | 'form' | 'annex';
  readonly number: string;
  readonly title: string;
  readonly lines: Line[];
}

/** Reads a charter of the association: preamble, articles, consent form, annex. Never fails: what it cannot find is absent. */
export function parseCharter(text: string): CharterStructure {
  const sections = divide(linesOf(text));
  const bodies = (kind: Section['kind']): readonly Line[] =>
    sections.filter((section) => section.kind === kind).flatMap((section) => section.lines);
  const form = bodies('form');
  return {
    preamble: bodyOf(bodies('preamble')),
    articles: articlesOf(sections),
    form: bodyOf(form),
    statements: readStatements(form),
    recommendations: readAnnex(bodies('annex')),
  };
}

function divide(lines: readonly Line[]): readonly Section[] {
  let current: Section = { kind: 'front', number: '', title: '', lines: [] };
  const sections = [current];
  for (const [index, line] of lines.entries()) {
    const heading = readHeading(line, current.kind, lines[index + 1]);
    if (!heading) {
      current.lines.push(line);
      continue;
    }
    current = { ...heading, lines: [] };
    sections.push(current);
  }
  return sections;
}

function articlesOf(sections: readonly Section[]): readonly CharterArticle[] {
  const chaptersWithParagraphs = new Set(
    sections.filter(({ kind }) => kind === 'article').map(({ number }) => number.split('.')[0]),
  );
  return sections.flatMap((section) => {
    const { kind, number, title } = section;
    const whole = kind === 'chapter' && !chaptersWithParagraphs.has(number);
    return kind === 'article' || whole ? [{ number, title, text: bodyOf(section.lines) }] : [];
  });
}

const bodyOf = (lines: readonly Line[]): string =>
  paragraphsOf(lines)
    .map(({ text, point }) => (point ? `• ${text}` : text))
    .join('\n');
