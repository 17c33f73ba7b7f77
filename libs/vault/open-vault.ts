import type { KeyObject } from 'node:crypto';
import { type CellId, cellAndAncestors, type Opened, type Sealed, type UnreadableFault } from '#kernel/sealed.js';
import type { CellRecord, KeyVault, Tombstone } from '#ports/key-vault/key-vault.js';
import { isWellFormed, openBox, sealBox } from './box.js';
import { coalescedGetOrCreate } from './coalesce.js';
import { type KeyCache, keyCache } from './key-cache.js';
import type { RootKeys } from './root-key.js';
import type { SealRequest, SealResult, Vault } from './vault.js';
import { makeCellKey, unwrapCellKey } from './wrapping.js';

export interface VaultOptions {
  readonly keyVault: KeyVault;
  readonly roots: RootKeys;
  /** How many keys are kept in the clear at most. */
  readonly maxKeys?: number;
  /** For how long a key is used before the store is asked again, in milliseconds. */
  readonly keepMs?: number;
}

const NOTICED_AT_ONCE = 500;

/** What is known of a cell: its key, its tombstone, or why neither. */
type Standing =
  | { readonly key: KeyObject }
  | { readonly tombstone: Tombstone }
  /** `rootless`: the wrapped key is there, the root key of its epoch is not. */
  | { readonly fault: UnreadableFault; readonly rootless?: true };

const isRootless = (one: Standing | undefined): boolean => one !== undefined && 'fault' in one && one.rootless === true;

export function openVault({ keyVault, roots, maxKeys = 20_000, keepMs = 1000 }: VaultOptions): Vault {
  const cache = keyCache(maxKeys, keepMs);
  const listeners = new Set<(tombstone: Tombstone) => void>();
  const getOrCreate = coalescedGetOrCreate(keyVault);

  const bury = (tombstone: Tombstone): void => {
    if (cache.bury(tombstone)) for (const listener of [...listeners]) listener(tombstone);
  };
  const standingOf = (record: CellRecord): Standing => {
    if (record.state === 'destroyed') {
      bury(record.tombstone);
      return { tombstone: record.tombstone };
    }
    const unwrapped = unwrapCellKey(roots, record.key);
    if ('key' in unwrapped) {
      cache.put(record.key.cell, unwrapped.key);
      return unwrapped;
    }
    return unwrapped.fault === 'no-root' ? { fault: 'key-missing', rootless: true } : { fault: 'damaged' };
  };

  /** A root key of an epoch that this process does not know of yet: looked for once, then the store is asked again. */
  const withRoots = async (
    cells: ReadonlySet<CellId>,
    find: (missing: readonly CellId[], found: Map<CellId, Standing>) => Promise<void>,
  ): Promise<ReadonlyMap<CellId, Standing>> => {
    const { found, missing } = cached(cache, cells);
    if (missing.length === 0) return found;
    try {
      await find(missing, found);
    } catch (error) {
      if (!roots.refresh || (error as { code?: unknown } | undefined)?.code !== 'stale-epoch') throw error;
      await roots.refresh();
      await find(missing, found);
    }
    const rootless = missing.filter((cell) => isRootless(found.get(cell)));
    if (rootless.length === 0 || !roots.refresh) return found;
    await roots.refresh().catch(() => undefined);
    await find(rootless, found);
    return found;
  };

  async function keysToSeal(missing: readonly CellId[], found: Map<CellId, Standing>): Promise<void> {
    const made = missing.map((cell) => makeCellKey(roots, cell));
    const records = await getOrCreate(made.map(({ wrapped }) => wrapped));
    for (const [index, cell] of missing.entries()) {
      const record = records[index];
      const mine = made[index];
      if (!record || !mine) throw new TypeError('the key store left a candidate unanswered');
      if (record.state === 'living' && sameBytes(record.key.wrapped, mine.wrapped.wrapped)) {
        cache.put(cell, mine.key);
        found.set(cell, { key: mine.key });
      } else found.set(cell, standingOf(record));
    }
  }

  async function keysToOpen(missing: readonly CellId[], found: Map<CellId, Standing>): Promise<void> {
    try {
      const records = await lookupWithAncestors(keyVault, missing);
      for (const cell of missing) {
        const record = records.get(cell);
        found.set(cell, record ? standingOf(record) : { fault: 'key-missing' });
      }
    } catch (error) {
      const damaged = (error as { code?: unknown } | undefined)?.code === 'damaged';
      for (const cell of missing) found.set(cell, { fault: damaged ? 'damaged' : 'vault-unavailable' });
    }
  }

  return {
    async seal(requests) {
      const atHand = withKeysAtHand(cache, requests);
      if (atHand) return atHand.map(({ key, request }) => sealedUnder(key, request));
      const standings = await withRoots(new Set(requests.map(({ cell }) => cell)), keysToSeal);
      return requests.map((request) => sealOne(request, standings.get(request.cell)));
    },

    async open(values) {
      const standings = await withRoots(
        new Set(values.filter(isWellFormed).map((one) => one.$sealed.cell)),
        keysToOpen,
      );
      return values.map((value) => openOne(value, standings));
    },

    async destroy(cell, why) {
      cache.fence(cell);
      try {
        const tombstones = await keyVault.destroy(cell, why);
        for (const tombstone of tombstones) bury(tombstone);
        return tombstones;
      } finally {
        cache.unfence(cell);
      }
    },

    onDestroyed(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    async notice(cells) {
      for (let at = 0; at < cells.length; at += NOTICED_AT_ONCE) {
        const records = await keyVault.lookup(cells.slice(at, at + NOTICED_AT_ONCE));
        for (const record of records) if (record?.state === 'destroyed') bury(record.tombstone);
      }
    },

    list: (subject) => keyVault.list(subject),
  };
}

/** Each request with its key; undefined where one is not at hand. Most values of an event have the cell of the one before. */
function withKeysAtHand(cache: KeyCache, requests: readonly SealRequest[]) {
  const found: { readonly key: KeyObject; readonly request: SealRequest }[] = [];
  let cell: CellId | undefined;
  let key: KeyObject | undefined;
  for (const request of requests) {
    if (request.cell !== cell) {
      cell = request.cell;
      key = cache.get(cell);
    }
    if (!key) return undefined;
    found.push({ key, request });
  }
  return found;
}

function cached(cache: KeyCache, cells: ReadonlySet<CellId>) {
  const found = new Map<CellId, Standing>();
  const missing: CellId[] = [];
  for (const cell of cells) {
    const key = cache.get(cell);
    if (key) found.set(cell, { key });
    else missing.push(cell);
  }
  return { found, missing };
}

/** A cell that was never made may still lie below a destroyed one: then it is erased, not missing. */
async function lookupWithAncestors(
  keyVault: KeyVault,
  cells: readonly CellId[],
): Promise<ReadonlyMap<CellId, CellRecord>> {
  const found = new Map<CellId, CellRecord>();
  for (const [index, record] of (await keyVault.lookup(cells)).entries()) {
    const cell = cells[index];
    if (cell && record) found.set(cell, record);
  }
  const lost = cells.filter((cell) => !found.has(cell));
  const above = [...new Set(lost.flatMap((cell) => cellAndAncestors(cell).slice(1)))];
  if (above.length === 0) return found;
  const records = await keyVault.lookup(above);
  const destroyed = new Map(above.map((cell, index) => [cell, records[index]]));
  for (const cell of lost) {
    for (const ancestor of cellAndAncestors(cell).slice(1)) {
      const record = destroyed.get(ancestor);
      if (record?.state === 'destroyed') found.set(cell, record);
    }
  }
  return found;
}

function sealOne(request: SealRequest, standing: Standing | undefined): SealResult {
  if (!standing || 'fault' in standing) throw new VaultError(request.cell, standing?.fault ?? 'key-missing');
  if ('tombstone' in standing) return { outcome: 'erased', tombstone: standing.tombstone };
  return sealedUnder(standing.key, request);
}

const sealedUnder = (key: KeyObject, { at, cell, value }: SealRequest): SealResult => ({
  outcome: 'sealed',
  sealed: sealBox(key, at, cell, value),
});

function openOne(value: Sealed<unknown>, standings: ReadonlyMap<CellId, Standing>): Opened<unknown> {
  const standing = isWellFormed(value) ? standings.get(value.$sealed.cell) : { fault: 'damaged' as const };
  if (!standing) return { state: 'unreadable', fault: 'damaged' };
  if ('tombstone' in standing) {
    const { destroyedAt, proof } = standing.tombstone;
    return { state: 'erased', erasedAt: destroyedAt, proof };
  }
  if ('fault' in standing) return { state: 'unreadable', fault: standing.fault };
  if (value.$sealed.alg !== 'A256GCM') return { state: 'unreadable', fault: 'unknown-algorithm' };
  const opened = openBox(standing.key, value);
  return opened ? { state: 'present', value: opened.value } : { state: 'unreadable', fault: 'damaged' };
}

/** A living cell whose key cannot be unwrapped: nothing can be sealed there until the root key is back. */
export class VaultError extends Error {
  override readonly name = 'VaultError';
  constructor(
    readonly cell: CellId,
    readonly code: UnreadableFault,
  ) {
    super(`the key of a cell cannot be used (${code}); check that the root key is the one of this vault`);
  }
}

const sameBytes = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;
