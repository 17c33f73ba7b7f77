import { crc32 } from 'node:zlib';
import { fault, SqliteFault } from '#sqlite/fault.js';

/** A row of the log as it is stored; the stream by its name. */
export interface Row {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/**
 * CRC-32 of everything that a row says. SQLite keeps no checksums of its pages: a bit that a disk turned over would be read
 * as the truth. It finds what chance does, each single bit and each burst of 32; against a hand there is nothing here.
 */
export function checksumOf({ position, stream, revision, id, type, data, metadata }: Row): number {
  const head = JSON.stringify([position, stream, revision, id, type, data.byteLength]);
  return crc32(metadata, crc32(data, crc32(head)));
}

/** @throws SqliteFault `damaged` */
export function checkRow(row: Row & { readonly checksum: number }): void {
  if (checksumOf(row) !== row.checksum) throw damaged(`the event at position ${row.position} is not what was written`);
}

export const damaged = (what: string): SqliteFault =>
  new SqliteFault(fault('damaged', `the file is damaged, ${what}: keep it, and restore a backup`));
