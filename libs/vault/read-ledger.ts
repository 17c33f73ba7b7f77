import { createHash, type Hash } from 'node:crypto';
import {
  CHAIN_START,
  type ChainedLine,
  type ChainTip,
  chainedLine,
  type LedgerNote,
  type LedgerSigner,
  nextTip,
} from './ledger.js';

/** What was read of a ledger, up to its end or to the first line that does not belong there. */
export interface LedgerRead {
  readonly bytes: number;
  readonly tip: ChainTip;
  /** In the order of their lines. */
  readonly notes: ReadonlyMap<string, LedgerNote>;
  /** Number of the first line that does not belong there. */
  readonly line?: number;
}

export interface LedgerOwner {
  readonly installation: string;
  readonly signer: LedgerSigner;
}

/** Remembers what it found sound, so that a ledger that grows is not gone through again from its first line each time. */
export interface LedgerReader {
  /** How many bytes are known to be sound. */
  readonly bytes: number;
  /**
   * All bytes of the file. Those that were found sound before are compared by their digest; where one of them has changed, all
   * is read anew.
   */
  readAll(bytes: Buffer): LedgerRead;
  /** What follows the bytes that are known. */
  readOn(bytes: Buffer): LedgerRead;
}

/**
 * Each line holds the digest of the whole line before, signature included, so the signature of the last one is over all of
 * them: where it and the chain hold, no line before was changed, taken out, moved or brought in. Where something does not
 * hold, each signature is asked for, to name the first line that is not ours.
 */
export function ledgerReader(owner: LedgerOwner): LedgerReader {
  let known = nothing();

  /** What is sound is added to what is known; otherwise nothing is. */
  function readOn(from: Known, bytes: Buffer): LedgerRead {
    const { notes, hash } = from;
    const found = walk(bytes, from, owner, () => true);
    if (found.line !== undefined || found.last?.isSigned(owner.signer) === false) {
      const trusted = walk(bytes, from, owner, (line) => line.isSigned(owner.signer));
      const { line = trusted.tip.seq + 1 } = trusted;
      return { bytes: trusted.bytes, tip: trusted.tip, notes: new Map([...notes, ...trusted.added]), line };
    }
    for (const [id, note] of found.added) notes.set(id, note);
    hash.update(bytes.subarray(0, found.bytes - from.bytes));
    from.bytes = found.bytes;
    from.tip = found.tip;
    return { bytes: found.bytes, tip: found.tip, notes };
  }

  return {
    get bytes() {
      return known.bytes;
    },
    readOn: (bytes) => readOn(known, bytes),
    readAll(bytes) {
      if (isStillThere(known, bytes)) return readOn(known, bytes.subarray(known.bytes));
      const anew = nothing();
      const read = readOn(anew, bytes);
      // a ledger that became shorter is still known to have been longer
      if (read.line === undefined && read.bytes >= known.bytes) known = anew;
      return read;
    },
  };
}

interface Known {
  bytes: number;
  tip: ChainTip;
  readonly notes: Map<string, LedgerNote>;
  /** Of these bytes, SHA-256. */
  readonly hash: Hash;
}
const nothing = (): Known => ({ bytes: 0, tip: CHAIN_START, notes: new Map(), hash: createHash('sha256') });

const isStillThere = ({ bytes: count, hash }: Known, bytes: Buffer): boolean =>
  bytes.length >= count &&
  createHash('sha256').update(bytes.subarray(0, count)).digest('hex') === hash.copy().digest('hex');

interface Walked {
  readonly bytes: number;
  readonly tip: ChainTip;
  readonly added: ReadonlyMap<string, LedgerNote>;
  readonly last: ChainedLine | undefined;
  readonly line?: number;
}

/** Line by line, as far as each continues the one before and is found good. A last line without its end is left out. */
function walk(
  bytes: Buffer,
  from: Omit<LedgerRead, 'line'>,
  { installation }: LedgerOwner,
  isGood: (line: ChainedLine) => boolean,
): Walked {
  const added = new Map<string, LedgerNote>();
  let { tip } = from;
  let last: ChainedLine | undefined;
  let start = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    const text = bytes.toString('utf8', start, end);
    const line = chainedLine(text, tip, installation);
    const id = line?.note.destructionId ?? '';
    if (line === undefined || from.notes.has(id) || added.has(id) || !isGood(line))
      return { bytes: from.bytes + start, tip, added, last, line: tip.seq + 1 };
    added.set(id, line.note);
    last = line;
    tip = nextTip(tip, text);
    start = end + 1;
  }
  return { bytes: from.bytes + start, tip, added, last };
}
