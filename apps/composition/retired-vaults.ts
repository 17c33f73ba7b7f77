import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from '#application/backup/durable.js';
import type { Instant } from '#kernel/time.js';
import type { Configuration } from './configuration.js';

/** What the data folder remembers of key vaults whose keys were moved elsewhere and destroyed there. */
export interface RetiredVault {
  /** Where it was, without credentials. */
  readonly vault: string;
  readonly kind: Configuration['keyVault']['engine'];
  readonly begunAt: Instant;
  /** Undefined: begun, and not known to be through. */
  readonly endedAt?: Instant;
  readonly keys: number;
  /** The last epoch of the root key that wrapped one of its keys: while that exists, copies of it open. */
  readonly wrappedUpToEpoch: number;
}

const RECORD = 'retired-vaults.json';

/** Oldest first; none where the record is gone. */
export async function retiredVaults(data: string): Promise<readonly RetiredVault[]> {
  return readFile(join(data, RECORD), 'utf8')
    .then((text) => JSON.parse(text) as readonly RetiredVault[])
    .catch(() => []);
}

/** In the place of what was known of the same vault. */
export async function rememberRetired(data: string, one: RetiredVault): Promise<void> {
  const others = (await retiredVaults(data)).filter(({ vault }) => vault !== one.vault);
  await writeDurably(join(data, RECORD), `${JSON.stringify([...others, one], null, 2)}\n`);
}
