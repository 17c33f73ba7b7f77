import { sealedWithin } from '#application/erasure/sealed-within.js';
import { firstEventOf } from '#application/projection/log-origin.js';
import type { CellId } from '#kernel/sealed.js';
import type { EventStore, Position } from '#ports/event-store/event-store.js';
import type { KeyVault } from '#ports/key-vault/key-vault.js';
import type { Configuration } from './configuration.js';
import { givenUpTo } from './lost-keys.js';
import { SetupFault } from './setup-fault.js';
import { describeStore } from './store-choice.js';

/** Of the log's oldest events so many are looked at, and of the vault's living cells, where the vault does not say whose it is. */
const EVENTS = 1000;
const CELLS = 50;

type Logs = { readonly eventStore: Pick<EventStore, 'readAll' | 'readStream'> };
type Keys = { readonly keyVault: Pick<KeyVault, 'livingBefore' | 'lookup' | 'note' | 'writeNote'> };

/**
 * A vault says whose keys it holds: by the first event of their log, which every copy and every backup of that log has too. It is
 * told at the first start at which log and vault are seen to belong together; from then on two small questions are all it costs.
 * @param refuseLost asked in between: a vault without any key says more by that than by what is noted in it
 * @throws SetupFault `other-vault`; what `refuseLost` throws
 */
export async function refuseOtherVault(
  config: Configuration,
  stores: Logs & Keys,
  refuseLost: () => Promise<void>,
): Promise<void> {
  const retiredAt = await stores.keyVault.note('retired');
  if (retiredAt !== undefined) throw retired(config, retiredAt);
  await refuseLost();
  const standing = await standingOf(stores, await givenUpTo(config.data));
  if (standing.state === 'other') throw other(config);
  if (standing.state === 'fits' && (await noted(stores, standing.log)) !== standing.log) throw other(config);
}

/**
 * Of two processes with different logs that start at once beside a new vault, one is told that it is the other's. What cannot be
 * written now (a full disk) is left to the next start.
 */
const noted = ({ keyVault }: Keys, log: string): Promise<string> =>
  keyVault.writeNote('log', log, 'absent').catch((error: { readonly code?: unknown }) => {
    if (error.code === 'unavailable') return log;
    throw error;
  });

/** `same`: noted so; `fits`: seen to be, not noted yet; `unknown`: neither speaks for or against it. */
export type VaultStanding =
  | { readonly state: 'same' | 'fits' | 'other'; readonly log: string }
  | { readonly state: 'unknown' }
  | { readonly state: 'other'; readonly log: undefined };

/** @param after keys were given up until there: what was sealed before is not looked at */
export async function standingOf(
  { eventStore, keyVault }: Logs & Keys,
  after: Position | undefined,
): Promise<VaultStanding> {
  const noted = await keyVault.note('log');
  const log = (await firstEventOf(eventStore))?.eventId;
  if (log === undefined) return noted === undefined ? { state: 'unknown' } : { state: 'other', log };
  if (noted !== undefined) return { state: noted === log ? 'same' : 'other', log };
  const oldest = await ofOldest(eventStore, keyVault, after);
  if (oldest === 'living') return { state: 'fits', log };
  const living = await keyVault.livingBefore(Number.MAX_SAFE_INTEGER, CELLS);
  for (const { cell } of living) if (await isOfLog(eventStore, cell)) return { state: 'fits', log };
  return oldest === 'missing' && living.length > 0 ? { state: 'other', log } : { state: 'unknown' };
}

/**
 * Whether the cells of the oldest sealed values live here. One that does is proof, since no two installations have a cell in
 * common; a destroyed one says nothing, since a start marks as destroyed what the erasure ledger names.
 */
async function ofOldest(
  eventStore: Logs['eventStore'],
  keyVault: Keys['keyVault'],
  after: Position | undefined,
): Promise<'living' | 'missing' | 'nothing'> {
  const cells = new Set<CellId>();
  for await (const { data } of eventStore.readAll({ limit: EVENTS, ...(after === undefined ? {} : { after }) }))
    for (const value of sealedWithin(JSON.parse(Buffer.from(data).toString('utf8')))) cells.add(value.$sealed.cell);
  const records = await keyVault.lookup([...cells]);
  if (records.some((record) => record?.state === 'living')) return 'living';
  return records.includes(undefined) ? 'missing' : 'nothing';
}

/** Whether the log has the stream of which a cell seals something. */
async function isOfLog(eventStore: Logs['eventStore'], cell: CellId): Promise<boolean> {
  const [subject = '', purpose = ''] = cell.split('/');
  const [kind = '', id] = purpose.split(':');
  const streams = id === undefined ? [`member-${subject}`, `staff-${subject}`] : [`${kind}-${id}`];
  for (const stream of streams) for await (const _event of eventStore.readStream(stream, { limit: 1 })) return true;
  return false;
}

const other = ({ keyVault }: Configuration): SetupFault =>
  new SetupFault(
    'other-vault',
    `The key vault (${describeStore(keyVault)}) is of another installation: it holds the keys of another event log, and nothing that this log holds would open under them. Nothing was changed. If TEMOIN_KEY_VAULT or TEMOIN_EVENT_STORE names the wrong place, correct it. If the right vault is lost, give TEMOIN_KEY_VAULT an empty place, and a backup: temoin restore. If this is the right vault all the same: temoin keys adopt`,
  );

const retired = ({ keyVault }: Configuration, at: string): SetupFault =>
  new SetupFault(
    'other-vault',
    `The key vault (${describeStore(keyVault)}) was retired (${at}): its keys were moved to another place and destroyed here. Set TEMOIN_KEY_VAULT to the vault that took its place.`,
  );
