import { constants, inflateRawSync, inflateSync } from 'node:zlib';

/** Something compressed inside other bytes, opened. */
export interface Member {
  /** `gzip`, `zip` or `zlib`, with the place where it begins. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** No member is opened further than this: enough for any export, and a bomb stays harmless. */
const MOST_BYTES = 256 * 1024 * 1024;

export interface Members {
  readonly members: readonly Member[];
  /** Members that would have grown beyond all bounds: what is in them is not known. */
  readonly tooLarge: readonly string[];
}

/**
 * Every compressed stream in the bytes, wherever it begins: gzip, members of a zip archive (documents of office software
 * too), and bare zlib (PDF, PNG). What only looks like one and does not open is none.
 */
export function compressedMembers(bytes: Buffer): Members {
  const members: Member[] = [];
  const tooLarge: string[] = [];
  const open = (kind: string, at: number, from: number, inflate: typeof inflateSync): void => {
    const name = `${kind} at ${at}`;
    try {
      const opened = inflate(bytes.subarray(from), {
        finishFlush: constants.Z_SYNC_FLUSH,
        maxOutputLength: MOST_BYTES,
      });
      if (opened.length >= 4) members.push({ name, bytes: opened });
    } catch (error) {
      if ((error as { readonly code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') tooLarge.push(name);
    }
  };
  for (let at = 0; at + 4 <= bytes.length; at += 1) {
    const [first, second] = [bytes[at], bytes[at + 1]];
    if (first === 0x1f && second === 0x8b && bytes[at + 2] === 8)
      open('gzip', at, afterGzipHeader(bytes, at), inflateRawSync);
    else if (first === 0x78 && ZLIB_LEVELS.has(second ?? -1)) open('zlib', at, at, inflateSync);
    else if (first === 0x50 && bytes.readUInt32LE(at) === ZIP_MEMBER && at + 30 <= bytes.length) {
      const deflated = bytes.readUInt16LE(at + 8) === 8;
      const from = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
      // a stored member is readable as it is
      if (deflated && from < bytes.length) open('zip member', at, from, inflateRawSync);
    }
  }
  return { members, tooLarge };
}

/**
 * Where the compressed data of a gzip member begins (RFC 1952). Opened without its frame: what follows the member may be
 * anything, and gunzip would refuse it.
 */
function afterGzipHeader(bytes: Buffer, at: number): number {
  const flags = bytes[at + 3] ?? 0;
  let from = at + 10;
  if (flags & 4 && from + 2 <= bytes.length) from += 2 + bytes.readUInt16LE(from);
  for (const named of [8, 16]) if (flags & named) from = bytes.indexOf(0, from) + 1 || bytes.length;
  return flags & 2 ? from + 2 : from;
}

const ZLIB_LEVELS: ReadonlySet<number> = new Set([0x01, 0x5e, 0x9c, 0xda]);
const ZIP_MEMBER = 0x04_03_4b_50;
