/** One spelling of a token that might be found in raw bytes. */
export interface Needle {
  readonly encoding: string;
  readonly bytes: Buffer;
  /** True where line breaks may stand anywhere in it, as mail writes base64 and quoted-printable. */
  readonly wraps: boolean;
}

/**
 * Every way a text is usually written down: UTF-8 (BSON keeps its texts so), UTF-16 (both ends), Latin-1, JSON escapes,
 * base64 at its three offsets (both alphabets, of UTF-8 and of UTF-16), hexadecimal, percent-encoding, quoted-printable,
 * HTML references, in capitals, and with its accents taken off.
 */
export function needlesOf(token: string): readonly Needle[] {
  const utf8 = Buffer.from(token, 'utf8');
  const utf16 = Buffer.from(token, 'utf16le');
  const hex = utf8.toString('hex');
  const percent = encodeURIComponent(token);
  const quoted = [...utf8].map((byte) => (byte < 0x80 && byte !== 0x3d ? String.fromCharCode(byte) : quotedByte(byte)));
  const plain = (encoding: string, bytes: Buffer): Needle => ({ encoding, bytes, wraps: false });
  const wrapped = (encoding: string, text: string): Needle => ({ encoding, bytes: ascii(text), wraps: true });
  const needles: Needle[] = [
    plain('utf-8', utf8),
    plain('utf-8, upper case', Buffer.from(token.toUpperCase(), 'utf8')),
    plain('utf-8, lower case', Buffer.from(token.toLowerCase(), 'utf8')),
    plain('utf-8, decomposed', Buffer.from(token.normalize('NFD'), 'utf8')),
    plain('utf-8, without accents', Buffer.from(unaccented(token), 'utf8')),
    plain('utf-8, without accents, lower case', Buffer.from(unaccented(token).toLowerCase(), 'utf8')),
    plain('latin-1', Buffer.from(token, 'latin1')),
    plain('utf-16le', utf16),
    plain('utf-16be', Buffer.from(utf16).swap16()),
    plain('json escapes', ascii(escaped(token, (code) => `\\u${hex4(code)}`))),
    plain('json escapes, upper case', ascii(escaped(token, (code) => `\\u${hex4(code).toUpperCase()}`))),
    plain('html references', ascii(escaped(token, (code) => `&#${code};`))),
    plain('html references, hexadecimal', ascii(escaped(token, (code) => `&#x${code.toString(16)};`))),
    plain('percent-encoding', ascii(percent)),
    plain('percent-encoding, lower case', ascii(percent.replace(/%../g, (one) => one.toLowerCase()))),
    wrapped('hexadecimal', hex),
    wrapped('hexadecimal, upper case', hex.toUpperCase()),
    wrapped('quoted-printable', quoted.join('')),
  ];
  for (const offset of [0, 1, 2]) {
    needles.push(wrapped(`base64 at ${offset}`, base64Core(utf8, offset, 'base64')));
    needles.push(wrapped(`base64url at ${offset}`, base64Core(utf8, offset, 'base64url')));
    needles.push(wrapped(`base64 of utf-16le at ${offset}`, base64Core(utf16, offset, 'base64')));
  }
  return distinct(needles);
}

const ascii = (text: string): Buffer => Buffer.from(text, 'ascii');
const hex4 = (code: number): string => code.toString(16).padStart(4, '0');
const quotedByte = (byte: number): string => `=${byte.toString(16).padStart(2, '0').toUpperCase()}`;
const unaccented = (token: string): string => token.normalize('NFD').replace(/\p{M}/gu, '');
const escaped = (token: string, write: (code: number) => string): string =>
  Array.from({ length: token.length }, (_, index) => token.charCodeAt(index))
    .map((code) => (code < 0x80 ? String.fromCharCode(code) : write(code)))
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

/** The first spelling of equal bytes; one that may wrap stays apart from one that may not. */
const distinct = (needles: readonly Needle[]): readonly Needle[] => {
  const found = new Map<string, Needle>();
  for (const needle of needles) {
    const key = needle.bytes.toString('hex');
    const before = found.get(key);
    if (before === undefined) found.set(key, needle);
    else if (needle.wraps && !before.wraps) found.set(key, { ...before, wraps: true });
  }
  return [...found.values()];
};
