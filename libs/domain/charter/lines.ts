import { foldText } from '../shared/folded-text.js';

/** One line of a charter, ready for reading. */
export interface Line {
  /** The words as written, spaces made plain, no marker of a list. */
  readonly text: string;
  /** The same without accents, lower case, apostrophes and dashes made plain: for recognising. */
  readonly key: string;
  readonly bullet: boolean;
  readonly checkbox: boolean;
}

const bulletMark = /^(?:[•·●◦▪‣∙○■◆►➢✓⁃*]|[-–—−](?=\s)|o(?=\s\S))\s*/u;
const checkboxMark = /^(?:[☐☑☒□◻◽❏❑▢⬜]|\[\s?[xX]?\s?\]|\(\s\))\s*/u;
const pageNumber = /^(?:page )?\d{1,3}(?: ?(?:\/|sur) ?\d{1,3})?$/;

/** Accents, case and the spelling of signs put aside. */
export const keyOf = (text: string): string => foldText(text).text.replace(/\s+/g, ' ').trim().toLowerCase();

/** Lines of a text whatever its line ends, page breaks, no-break spaces, byte-order mark or invisible characters. */
export function linesOf(text: string): readonly Line[] {
  return text
    .normalize('NFC')
    .replace(/[\u200b-\u200f\u2060-\u2064\ufeff\u00ad\u202a-\u202e]/g, '')
    .split(/\r\n?|[\n\f\v\u0085\u2028\u2029]/)
    .map(readLine);
}

function readLine(raw: string): Line {
  const text = raw.replace(/\s+/gu, ' ').trim();
  const afterBullet = text.replace(bulletMark, '');
  const afterBox = afterBullet.replace(checkboxMark, '');
  const words = afterBox.trim();
  const key = keyOf(words);
  const blank = pageNumber.test(key);
  return {
    text: blank ? '' : words,
    key: blank ? '' : key,
    bullet: afterBullet !== text,
    checkbox: afterBox !== afterBullet,
  };
}

/** Wrapped lines put together again: one text per paragraph or point of a list. */
export function paragraphsOf(lines: readonly Line[]): readonly { readonly text: string; readonly point: boolean }[] {
  const paragraphs: { text: string; point: boolean }[] = [];
  let open: { text: string; point: boolean } | undefined;
  for (const line of lines) {
    if (line.text === '') {
      open = undefined;
      continue;
    }
    const marked = line.bullet || line.checkbox;
    if (open && !marked) {
      open.text += (/\p{L}[-‐]$/u.test(open.text) ? '' : ' ') + line.text;
      continue;
    }
    open = { text: line.text, point: marked };
    paragraphs.push(open);
  }
  return paragraphs;
}

/** The points of a list, marked or, where nothing is marked, one a paragraph or a line that begins with a capital. */
export function pointsOf(lines: readonly Line[]): readonly string[] {
  const marked = lines.some((line) => line.bullet || line.checkbox);
  if (marked) return paragraphsOf(lines).flatMap(({ text, point }) => (point ? [text] : []));
  return paragraphsOf(lines.map((line) => ({ ...line, bullet: /^\p{Lu}/u.test(line.text) }))).map(({ text }) => text);
}
