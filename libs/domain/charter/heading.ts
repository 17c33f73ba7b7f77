import type { Line } from './lines.js';

export interface Heading {
  readonly kind: 'preamble' | 'chapter' | 'article' | 'form' | 'annex';
  readonly number: string;
  readonly title: string;
}

const paragraph = /^(?:article|art\.?)?\s*(?:n ?°|no)?\s*(\d{1,2}) ?[.-] ?(\d{1,2})(?![\d.]*\d)\s*(.*)$/;
const chapter = /^(?:(?:article|art\.?|chapitre|titre)\s*)?(\d{1,2})(?!\d)\s*([.):-]|$)?\s*(.*)$/;

/** Recognises a line that opens a part of the charter. After the form and the annex began, no article opens any more. */
export function readHeading(line: Line, within: string, next: Line | undefined): Heading | undefined {
  if (line.text === '' || line.bullet || line.checkbox) return undefined;
  if (/^preambule\b/.test(line.key)) return { kind: 'preamble', number: '', title: line.text };
  if (isAnnex(line.key)) return { kind: 'annex', number: '', title: line.text };
  if (isForm(line.key, next?.key ?? '')) return { kind: 'form', number: '', title: line.text };
  if (within === 'annex' || within === 'form') return undefined;
  return readParagraph(line) ?? readChapter(line);
}

const isAnnex = (key: string): boolean => /^annexes?\b/.test(key) && !/consentement/.test(key);

/** « Adhérent – Consentement à la prise de contrôle », « Formulaire de consentement », and the like. */
const isForm = (key: string, next: string): boolean =>
  /^(?:annexe\b.*|formulaire\b.*|bulletin\b.*|adherent\w* ?-.*|fiche\b.*)?\bconsentement\b/.test(key) &&
  !/^\d|[.:;]$/.test(key) &&
  key.length < 90 &&
  (/prise|controle|distance|formulaire|bulletin|fiche/.test(key) || /prise|controle|distance/.test(next));

function readParagraph(line: Line): Heading | undefined {
  const match = paragraph.exec(line.key);
  if (!match) return undefined;
  const [, major = '', minor = '', rest = ''] = match;
  const worded = /^(?:ARTICLE|Article|ART|Art)\b/.test(line.text);
  const title = line.text.replace(/^[^\d]*\d{1,2}\s?[.\-–—‑]\s?\d{1,2}/u, '');
  if (!opensTitle(rest, title, worded)) return undefined;
  return { kind: 'article', number: `${Number(major)}.${Number(minor)}`, title: cleanTitle(title) };
}

function readChapter(line: Line): Heading | undefined {
  const match = chapter.exec(line.key);
  if (!match) return undefined;
  const [, number = '', sign = ''] = match;
  const worded = /^(?:ARTICLE|Article|ART|Art|CHAPITRE|Chapitre|TITRE|Titre)\b/.test(line.text);
  const title = line.text.replace(/^[^\d]*\d{1,2}/u, '');
  if (!worded && sign === '') return undefined;
  if (cleanTitle(title) === '' || !/^\p{Lu}/u.test(cleanTitle(title)) || /[.;,]$/.test(title)) return undefined;
  return Number(number) >= 1 && Number(number) <= 30 && title.length < 100
    ? { kind: 'chapter', number: String(Number(number)), title: cleanTitle(title) }
    : undefined;
}

/** A reference to an article that happens to begin a line goes on in lower case. */
function opensTitle(rest: string, title: string, worded: boolean): boolean {
  const clean = cleanTitle(title);
  if (rest === '' || clean === '') return worded && !/[.,;)]$/.test(title);
  const separated = /^[-:.)]/.test(rest);
  return worded ? separated || /^\p{Lu}/u.test(clean) : /^\p{Lu}/u.test(clean);
}

const cleanTitle = (title: string): string => title.replace(/^[\s.:)\-–—‑−]+/u, '').trim();
