import { createHash } from 'node:crypto';
import type { CellId } from '#kernel/sealed.js';
import { type Instant, isInstant } from '#kernel/time.js';

/**
 * The erasure ledger: which cells must be dead, kept apart from the data and its backups. A restored backup brings keys
 * back; the ledger does not forget. Opaque ids and times only.
 *
 * An entry is written **before** the keys go (it is the write-ahead record of a destruction that is already decided), so
 * that whatever a crash leaves, the vault and the log never know of a destruction that the ledger does not.
 */
export interface ErasureLedger {
  /** Where it is kept, for messages. */
  readonly where: string;
  /**
   * On disk before it answers. A destruction that is there already is answered as it was first written.
   * @throws LedgerError
   */
  append(note: LedgerNote): Promise<LedgerNote>;
  read(): Promise<LedgerReading>;
}

/** One destruction. */
export interface LedgerNote {
  readonly destructionId: string;
  readonly cells: readonly { readonly cell: CellId; readonly keyDigest?: string }[];
  readonly destroyedAt: Instant;
}

export type LedgerReading =
  | { readonly state: 'absent' }
  | { readonly state: 'sound'; readonly notes: readonly LedgerNote[] }
  /** From this line on it is not what this installation wrote. */
  | { readonly state: 'forged'; readonly line: number };

export type LedgerErrorCode = 'ledger-forged' | 'ledger-shortened' | 'ledger-unavailable';

/** Known by its `code`; the message says what to do. */
export class LedgerError extends Error {
  override readonly name = 'LedgerError';
  constructor(
    readonly code: LedgerErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Signs for the installation, and knows its own signatures again. */
export interface LedgerSigner {
  sign(bytes: Uint8Array): unknown;
  verify(bytes: Uint8Array, signature: unknown): boolean;
}

/** Where the chain stands: number and digest of its last line. */
export interface ChainTip {
  readonly seq: number;
  readonly digest: string;
}
export const CHAIN_START: ChainTip = { seq: 0, digest: '0'.repeat(64) };

interface LedgerLine extends LedgerNote {
  readonly format: typeof FORMAT;
  readonly installation: string;
  /** 1 for the first line, without gaps. */
  readonly seq: number;
  /** SHA-256 of the line before, in hexadecimal. */
  readonly prev: string;
}
const FORMAT = 'temoin-erasure-ledger/1';

/** The text of the next line, without its line end. */
export function writeLine(note: LedgerNote, tip: ChainTip, installation: string, signer: LedgerSigner): string {
  const { destructionId, cells, destroyedAt } = note;
  const body: LedgerLine = {
    format: FORMAT,
    installation,
    seq: tip.seq + 1,
    prev: tip.digest,
    destructionId,
    destroyedAt,
    cells: cells.map(({ cell, keyDigest }) => (keyDigest === undefined ? { cell } : { cell, keyDigest })),
  };
  return JSON.stringify({ ...body, signature: signer.sign(signedBytes(body)) });
}

/** A line that continues the chain. Whether the installation signed it is not asked yet. */
export interface ChainedLine {
  readonly note: LedgerNote;
  isSigned(signer: LedgerSigner): boolean;
}

/** @returns undefined when the line does not continue the chain, or belongs to another installation */
export function chainedLine(text: string, tip: ChainTip, installation: string): ChainedLine | undefined {
  let line: (LedgerLine & { readonly signature: unknown }) | null;
  try {
    line = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (line?.format !== FORMAT || line.installation !== installation) return undefined;
  if (line.seq !== tip.seq + 1 || line.prev !== tip.digest) return undefined;
  const { signature, ...body } = line;
  const { destructionId, cells, destroyedAt } = body;
  const fits = typeof destructionId === 'string' && isInstant(destroyedAt) && Array.isArray(cells);
  if (!fits) return undefined;
  return {
    note: { destructionId, cells, destroyedAt },
    isSigned: (signer) => signer.verify(signedBytes(body), signature),
  };
}

export const nextTip = (tip: ChainTip, line: string): ChainTip => ({
  seq: tip.seq + 1,
  digest: createHash('sha256').update(line, 'utf8').digest('hex'),
});

const signedBytes = (body: object): Uint8Array => Buffer.from(`${FORMAT}\n${JSON.stringify(body)}`, 'utf8');
