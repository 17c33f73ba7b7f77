import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from '#application/backup/durable.js';
import { sealedWithin } from '#application/erasure/sealed-within.js';
import type { CellId } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import type { EventStore, Position } from '#ports/event-store/event-store.js';
import type { KeyVault } from '#ports/key-vault/key-vault.js';
import type { Configuration } from './configuration.js';
import { SetupFault } from './setup-fault.js';
import { describeStore } from './store-choice.js';

/** Cells asked for together. */
const AT_ONCE = 500;

type Reads = { readonly eventStore: Pick<EventStore, 'readAll'> };
type Keys = { readonly keyVault: Pick<KeyVault, 'livingBefore' | 'lookup'> };

/**
 * A vault without one living key beside a log that holds values whose keys nobody destroyed: the wrong vault, or a lost one. To
 * go on would make new keys, silently, under which nothing that was written opens. Asked before the gate, which leaves
 * tombstones in a vault that has none.
 * @throws SetupFault `keys-lost`
 */
export async function refuseLostKeys(config: Configuration, stores: Reads & Keys): Promise<void> {
  const lost = await firstWithoutKey(stores, await givenUpTo(config.data));
  if (lost === undefined) return;
  throw new SetupFault(
    'keys-lost',
    `The event log holds sealed values (the first at position ${lost}), and the key vault (${describeStore(config.keyVault)}) holds no key for them, nor any other: nothing that was written could be read, and new keys would be made beside it. If TEMOIN_KEY_VAULT names the wrong place, correct it. If the vault was lost, put it back: temoin restore, or the tools of its server. If it is lost for good: temoin keys give-up`,
  );
}

/**
 * @param after what was given up before is not looked at
 * @returns the position of the first event that holds a value whose cell was never destroyed and has no key; undefined where the
 *   vault holds any living key
 */
export async function firstWithoutKey(
  { eventStore, keyVault }: Reads & Keys,
  after: Position | undefined,
): Promise<Position | undefined> {
  if ((await keyVault.livingBefore(Number.MAX_SAFE_INTEGER, 1)).length > 0) return undefined;
  let waiting: { readonly cell: CellId; readonly position: Position }[] = [];
  const look = async (): Promise<Position | undefined> => {
    const records = await keyVault.lookup(waiting.map(({ cell }) => cell));
    const at = records.indexOf(undefined);
    const found = waiting[at]?.position;
    waiting = [];
    return found;
  };
  for await (const { data, position } of eventStore.readAll(after === undefined ? {} : { after })) {
    const values = sealedWithin(JSON.parse(Buffer.from(data).toString('utf8')));
    waiting.push(...values.map((value) => ({ cell: value.$sealed.cell, position })));
    if (waiting.length < AT_ONCE) continue;
    const found = await look();
    if (found !== undefined) return found;
  }
  return look();
}

/** Whoever lost the keys for good says so: from here on the log may be written under new ones. */
export const giveUpKeys = (config: Configuration, at: Instant, upTo: Position): Promise<void> =>
  writeDurably(join(config.data, RECORD), `${JSON.stringify({ at, upTo })}\n`);

const RECORD = 'keys-given-up.json';

/** @returns the last position whose keys were given up; undefined where none were */
export async function givenUpTo(data: string): Promise<Position | undefined> {
  const { upTo } = await readFile(join(data, RECORD), 'utf8')
    .then((text) => JSON.parse(text) as { readonly upTo?: unknown })
    .catch(() => ({ upTo: undefined }));
  return typeof upTo === 'string' ? (upTo as Position) : undefined;
}
