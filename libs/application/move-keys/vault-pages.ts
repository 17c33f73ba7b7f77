import { createHash } from 'node:crypto';
import type { CellId } from '#kernel/sealed.js';
import type { CellRecord, KeyVault, Tombstone, WrappedKey } from '#ports/key-vault/key-vault.js';

const PAGE = 500;

/** All living keys of a vault, whatever their epoch, by cell id. No page is empty. */
export async function* livingPages(vault: KeyVault): AsyncIterable<readonly WrappedKey[]> {
  for (let after: CellId | undefined; ; ) {
    const page = await vault.livingBefore(Number.MAX_SAFE_INTEGER, PAGE, after);
    if (page.length === 0) return;
    yield page;
    after = page.at(-1)?.cell;
  }
}

/** All tombstones of a vault, oldest first. No page is empty. */
export async function* tombstonePages(vault: KeyVault): AsyncIterable<readonly Tombstone[]> {
  let page: Tombstone[] = [];
  for await (const tombstone of vault.tombstones()) {
    page.push(tombstone);
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

/** What another vault says of these cells, beside each. */
export async function beside<T extends { readonly cell: CellId }>(
  vault: KeyVault,
  page: readonly T[],
): Promise<readonly (readonly [T, CellRecord | undefined])[]> {
  const records = await vault.lookup(page.map(({ cell }) => cell));
  return page.map((one, index) => [one, records[index]] as const);
}

/** The same wrapping of the same cell, byte for byte. */
export const isSameKey = (key: WrappedKey, record: CellRecord | undefined): boolean =>
  record?.state === 'living' &&
  record.key.cell === key.cell &&
  record.key.epoch === key.epoch &&
  Buffer.compare(record.key.wrapped, key.wrapped) === 0;

/** Killed by the same destruction: its own tombstone, or that of a cell above it. */
export const isSameDestruction = (tombstone: Tombstone, record: CellRecord | undefined): boolean =>
  record?.state === 'destroyed' &&
  record.tombstone.destroyedAt === tombstone.destroyedAt &&
  record.tombstone.proof === tombstone.proof;

/** The same destruction, by a tombstone of the cell's own. */
export const isSameTombstone = (tombstone: Tombstone, record: CellRecord | undefined): boolean =>
  isSameDestruction(tombstone, record) && record?.state === 'destroyed' && record.tombstone.cell === tombstone.cell;

/** SHA-256 over records in the order given: every part of each after its length. */
export interface VaultDigest {
  add(record: CellRecord): void;
  /** Hexadecimal. Ends the digest. */
  end(): string;
}

export function vaultDigest(): VaultDigest {
  const hash = createHash('sha256');
  const parts = (record: CellRecord): readonly (string | Uint8Array)[] =>
    record.state === 'living'
      ? [record.state, record.key.cell, String(record.key.epoch), record.key.wrapped]
      : [record.state, record.tombstone.cell, record.tombstone.destroyedAt, record.tombstone.proof];
  return {
    add(record) {
      for (const part of parts(record)) {
        const bytes = typeof part === 'string' ? Buffer.from(part, 'utf8') : part;
        const length = Buffer.alloc(4);
        length.writeUInt32BE(bytes.byteLength);
        hash.update(length).update(bytes);
      }
    },
    end: () => hash.digest('hex'),
  };
}
