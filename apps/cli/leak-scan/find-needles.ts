import { type Needle, needlesOf } from './needles.js';

export interface Match {
  /** Which token, in the order given. */
  readonly token: number;
  readonly encoding: string;
  /** Of the first place where it stands so, in bytes. */
  readonly offset: number;
}

/** Finds all tokens in all their spellings in one pass over the bytes. */
export type Finder = (bytes: Buffer) => readonly Match[];

interface Entry extends Needle {
  readonly token: number;
}

/** Bytes of a needle that the index looks at; no needle may be shorter. */
const INDEXED = 4;

/** @param tokens each at least four characters long, so that no spelling is found by chance everywhere */
export function finderOf(tokens: readonly string[]): Finder {
  const entries = tokens.flatMap((token, index) => needlesOf(token).map((needle) => ({ ...needle, token: index })));
  const anywhere = indexOf(entries);
  const wrapping = indexOf(entries.filter((entry) => entry.wraps));
  return (bytes) => {
    const found = new Map<string, Match>();
    search(bytes, anywhere, ({ token, encoding }, offset) => {
      const key = `${token} ${encoding}`;
      if (!found.has(key)) found.set(key, { token, encoding, offset });
    });
    const unwrapped = withoutLineBreaks(bytes);
    if (unwrapped !== undefined)
      search(unwrapped.bytes, wrapping, ({ token, encoding }, offset) => {
        const key = `${token} ${encoding}`;
        if (!found.has(key))
          found.set(key, { token, encoding: `${encoding}, over line breaks`, offset: unwrapped.offsetOf(offset) });
      });
    return [...found.values()];
  };
}

interface Index {
  /** One bit for each pair of bytes that some needle begins with. */
  readonly pairs: Uint8Array;
  readonly byHead: ReadonlyMap<number, readonly Entry[]>;
}

function indexOf(entries: readonly Entry[]): Index {
  const pairs = new Uint8Array(65_536);
  const byHead = new Map<number, Entry[]>();
  for (const entry of entries) {
    if (entry.bytes.length < INDEXED) throw new TypeError('a token is too short to be looked for');
    pairs[entry.bytes.readUInt16LE(0)] = 1;
    const head = entry.bytes.readUInt32LE(0);
    byHead.set(head, [...(byHead.get(head) ?? []), entry]);
  }
  return { pairs, byHead };
}

function search(bytes: Buffer, { pairs, byHead }: Index, hit: (entry: Entry, offset: number) => void): void {
  const last = bytes.length - INDEXED;
  for (let at = 0; at <= last; at += 1) {
    if (pairs[(bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)] === 0) continue;
    const entries = byHead.get(bytes.readUInt32LE(at));
    if (entries === undefined) continue;
    for (const entry of entries)
      if (bytes.compare(entry.bytes, 0, entry.bytes.length, at, Math.min(at + entry.bytes.length, bytes.length)) === 0)
        hit(entry, at);
  }
}

const [LF, CR, EQUALS] = [0x0a, 0x0d, 0x3d];

/** The bytes without line ends, soft ones of quoted-printable included; undefined when there are none. */
function withoutLineBreaks(bytes: Buffer): { readonly bytes: Buffer; offsetOf(offset: number): number } | undefined {
  if (!bytes.includes(LF)) return undefined;
  const kept = Buffer.allocUnsafe(bytes.length);
  let size = 0;
  const isBreak = (at: number): boolean => bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] === LF);
  const isDropped = (at: number): boolean => isBreak(at) || (bytes[at] === EQUALS && isBreak(at + 1));
  for (let at = 0; at < bytes.length; at += 1) if (!isDropped(at)) kept[size++] = bytes[at] ?? 0;
  return {
    bytes: kept.subarray(0, size),
    offsetOf(offset) {
      let left = offset;
      for (let at = 0; at < bytes.length; at += 1) if (!isDropped(at) && left-- === 0) return at;
      return bytes.length;
    },
  };
}
