import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Instant, isInstant } from '#kernel/time.js';

/** What a backup is of, as of when, and what its files are. Written last: a folder without it is no backup. */
export interface Manifest {
  readonly format: typeof BACKUP_FORMAT;
  readonly backupId: string;
  readonly installation: { readonly id: string; readonly createdAt: Instant; readonly simulated: boolean };
  readonly createdAt: Instant;
  /** Position of the last event in it; null where there is none. */
  readonly head: string | null;
  /** Epochs of the root key that its living cells are wrapped under. */
  readonly epochs: readonly number[];
  readonly livingCells: number;
  readonly files: readonly BackupFile[];
}

export const storeParts = ['events', 'vault', 'views'] as const;
/** A database of the installation. */
export type StorePart = (typeof storeParts)[number];
export type BackupPart = StorePart | 'certificates';
export const nameOfPart = (part: BackupPart): string =>
  part === 'certificates' ? 'certificates.jsonl' : `${part}.sqlite`;

export interface BackupFile {
  readonly part: BackupPart;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

export const BACKUP_FORMAT = 'temoin-backup/1';
export const MANIFEST = 'manifest.json';

const instant = z.custom<Instant>((value) => typeof value === 'string' && isInstant(value));
const schema: z.ZodType<Manifest> = z.strictObject({
  format: z.literal(BACKUP_FORMAT),
  backupId: z.string().regex(/^[a-z0-9-]{1,80}$/),
  installation: z.strictObject({ id: z.string().min(1), createdAt: instant, simulated: z.boolean() }),
  createdAt: instant,
  head: z.string().nullable(),
  epochs: z.array(z.int().min(1)).readonly(),
  livingCells: z.int().min(0),
  files: z
    .array(
      z.strictObject({
        part: z.enum([...storeParts, 'certificates']),
        // a plain name: nothing outside the folder is ever read
        name: z.string().regex(/^[a-z]+\.(sqlite|jsonl)$/),
        bytes: z.int().min(0),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .readonly(),
});

/** @throws BackupError `no-backup` | `damaged` */
export async function readManifest(folder: string): Promise<Manifest> {
  let text: string;
  try {
    text = await readFile(join(folder, MANIFEST), 'utf8');
  } catch {
    throw new BackupError('no-backup', `There is no backup in ${folder}: it has no ${MANIFEST}.`);
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new BackupError(
      'damaged',
      `The ${MANIFEST} in ${folder} is damaged, or of another version of the programme.`,
    );
  }
}

export async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}

export type BackupErrorCode =
  | 'no-backup'
  | 'damaged'
  /** Of another installation, or a simulation's for a real one. */
  | 'foreign'
  /** The root key of an epoch that the backup needs is gone: it was rotated since. */
  | 'dead'
  /** Something works with the files. */
  | 'in-use'
  /** The folder may not be written to, or holds something else. */
  | 'folder';

/** Known by its `code`; the message says what to do, in English. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
  constructor(
    readonly code: BackupErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
