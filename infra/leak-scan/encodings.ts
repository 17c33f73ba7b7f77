/** One spelling of a planted token that might be found in raw bytes. */
export interface Needle {
  readonly encoding: string;
  readonly bytes: Buffer;
}

/**
 * Every way a text is usually written down: UTF-8, UTF-16 (both ends), JSON escapes, base64 at its three offsets (both
 * alphabets), hexadecimal, percent-encoding, and with its accents taken off.
 */
export function needlesOf(token: string): readonly Needle[] {
  const utf8 = Buffer.from(token, 'utf8');
  const utf16 = Buffer.from(token, 'utf16le');
  const needles: Needle[] = [
    { encoding: 'utf-8', bytes: utf8 },
    { encoding: 'utf-8, upper case', bytes: Buffer.from(token.toUpperCase(), 'utf8') },
    { encoding: 'utf-8, decomposed', bytes: Buffer.from(token.normalize('NFD'), 'utf8') },
    { encoding: 'utf-8, without accents', bytes: Buffer.from(token.normalize('NFD').replace(/\p{M}/gu, ''), 'utf8') },
    { encoding: 'latin-1', bytes: Buffer.from(token, 'latin1') },
    { encoding: 'utf-16le', bytes: utf16 },
    { encoding: 'utf-16be', bytes: Buffer.from(utf16).swap16() },
    { encoding: 'json escapes', bytes: ascii(escaped(token, (code) => `\\u${code}`)) },
    { encoding: 'json escapes, upper case', bytes: ascii(escaped(token, (code) => `\\u${code.toUpperCase()}`)) },
    { encoding: 'hexadecimal', bytes: ascii(utf8.toString('hex')) },
    { encoding: 'hexadecimal, upper case', bytes: ascii(utf8.toString('hex').toUpperCase()) },
    { encoding: 'percent-encoding', bytes: ascii(encodeURIComponent(token)) },
    { encoding: 'percent-encoding, lower case', bytes: ascii(encodeURIComponent(token).replace(/%../g, lower)) },
  ];
  for (const offset of [0, 1, 2]) {
    needles.push({ encoding: `base64 at ${offset}`, bytes: ascii(base64Core(utf8, offset, 'base64')) });
    needles.push({ encoding: `base64url at ${offset}`, bytes: ascii(base64Core(utf8, offset, 'base64url')) });
  }
  return distinct(needles);
}

const ascii = (text: string): Buffer => Buffer.from(text, 'ascii');
const lower = (text: string): string => text.toLowerCase();
const escaped = (token: string, write: (code: string) => string): string =>
  [...token]
    .map((letter) => (letter < '\u0080' ? letter : write(letter.charCodeAt(0).toString(16).padStart(4, '0'))))
    .join('');

/**
 * The part of the base64 text that does not depend on what stands before and after the token, when the token begins
 * `offset` bytes into a group of three.
 */
function base64Core(bytes: Buffer, offset: number, alphabet: 'base64' | 'base64url'): string {
  const before = Buffer.alloc(offset);
  const text = Buffer.concat([before, bytes]).toString(alphabet).replace(/=+$/, '');
  const first = Math.ceil((offset * 8) / 6);
  const last = Math.floor(((offset + bytes.length) * 8) / 6);
  return text.slice(first, last);
}

const distinct = (needles: readonly Needle[]): readonly Needle[] => [
  ...new Map(needles.map((needle) => [needle.bytes.toString('hex'), needle])).values(),
];
