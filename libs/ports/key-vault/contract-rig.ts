import { randomBytes } from 'node:crypto';
import type { CellId } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import type { KeyVault, Tombstone, WrappedKey } from './key-vault.js';

/** Where a vault lives: a file, a server. */
export interface KeyVaultPlace {
  /** Another instance on the same vault, as another process would open it. */
  open(): Promise<KeyVault>;
  /** Called when all instances are closed. */
  remove(): Promise<void>;
}

export interface KeyVaultContract {
  readonly name: string;
  readonly place: () => Promise<KeyVaultPlace>;
  /** Runs of the model test. Default 40. */
  readonly runs?: number;
}

export interface KeyVaultRig {
  readonly contract: KeyVaultContract;
  place(): Promise<KeyVaultPlace>;
  /** A vault that tests share, each with a subject of its own: not to be closed. */
  vault(): Promise<KeyVault>;
}

export function keyVaultRig(contract: KeyVaultContract): KeyVaultRig {
  let opened: KeyVault[] = [];
  let places: KeyVaultPlace[] = [];
  let shared: { readonly place: KeyVaultPlace; readonly vault: KeyVault } | undefined;
  afterAll(async () => {
    await shared?.vault.close();
    await shared?.place.remove();
  });
  afterEach(async () => {
    await Promise.all(opened.map((vault) => vault.close()));
    await Promise.all(places.map((place) => place.remove()));
    opened = [];
    places = [];
  });
  return {
    contract,
    async place() {
      const made = await contract.place();
      places.push(made);
      return {
        remove: made.remove,
        async open() {
          const vault = await made.open();
          opened.push(vault);
          return vault;
        },
      };
    },
    async vault() {
      if (!shared) {
        const made = await contract.place();
        shared = { place: made, vault: await made.open() };
      }
      return shared.vault;
    },
  };
}

/** A data subject that no other test knows. */
export const subject = (): string => `m${randomBytes(8).toString('hex')}`;

export const cellId = (name: string): CellId => name as CellId;

export const candidate = (cell: string, epoch = 1): WrappedKey => ({
  cell: cellId(cell),
  epoch,
  wrapped: Uint8Array.from(randomBytes(60)),
});

export const why = (proof = 'test', destroyedAt = '2026-06-02T07:30:00.000Z') => ({
  destroyedAt: destroyedAt as Instant,
  proof,
});

/** The key of a cell in hexadecimal, `destroyed`, or undefined when there is neither. */
export async function stateOf(vault: KeyVault, cell: string): Promise<string | undefined> {
  const [record] = await vault.lookup([cellId(cell)]);
  return record && (record.state === 'living' ? hex(record.key.wrapped) : 'destroyed');
}

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

export async function tombstonesOf(vault: KeyVault, of: string): Promise<readonly Tombstone[]> {
  const found: Tombstone[] = [];
  for await (const tombstone of vault.tombstones()) if (tombstone.cell.startsWith(of)) found.push(tombstone);
  return found;
}
