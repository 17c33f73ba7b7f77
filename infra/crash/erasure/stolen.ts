import type { Certificate } from '#evidence/certificate.js';
import { type CellId, isWithinCell } from '#kernel/sealed.js';
import type { KeyVault, WrappedKey } from '#ports/key-vault/key-vault.js';
import type { RootKeys } from '#vault/root-key.js';
import { unwrapCellKey } from '#vault/wrapping.js';

/** Wrapped keys as the vault ever held them, whoever took a copy: what a certificate claims of them is held against these. */
export type Stolen = Map<string, WrappedKey>;

export async function steal(keyVault: KeyVault, stolen: Stolen): Promise<void> {
  for (let after: CellId | undefined; ; ) {
    const page = await keyVault.livingBefore(Number.MAX_SAFE_INTEGER, 500, after);
    if (page.length === 0) return;
    for (const key of page) stolen.set(Buffer.from(key.wrapped).toString('hex'), key);
    after = page.at(-1)?.cell;
  }
}

/**
 * What a certificate says of the bytes of its keys, against the copies: none was wrapped under a later epoch than it says, and
 * none that it calls dead opens under the root key of today.
 * @param engine the one that the keys are on
 */
export function untruths(
  { certificateId, cells, vault }: Certificate,
  engine: string,
  stolen: Stolen,
  roots: RootKeys,
): readonly string[] {
  if (vault === undefined) return [`the certificate ${certificateId} says nothing of the vault`];
  const { kind, state, wrappedUpToEpoch } = vault;
  const said = `the certificate ${certificateId} says « ${kind}, ${state}, ${wrappedUpToEpoch} »`;
  const faults = kind === engine ? [] : [`${said}, and the keys are on ${engine}`];
  for (const key of stolen.values()) {
    if (!cells.some(({ cell }) => isWithinCell(key.cell, cell as CellId))) continue;
    if (key.epoch > wrappedUpToEpoch) faults.push(`${said}: ${key.cell} was wrapped under epoch ${key.epoch}`);
    const opens = 'key' in unwrapCellKey(roots, key);
    if (opens && state === 'dead') faults.push(`${said}: a copy of the key of ${key.cell} opens`);
  }
  return faults;
}
