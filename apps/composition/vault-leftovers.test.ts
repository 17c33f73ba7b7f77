import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryKeyVault } from '#adapters/key-vault-memory/key-vault-memory.js';
import { openSqliteKeyVault } from '#adapters/key-vault-sqlite/key-vault-sqlite.js';
import type { CellId } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import type { KeyVault } from '#ports/key-vault/key-vault.js';
import { openVault } from '#vault/open-vault.js';
import { createRootKeyFile, rootKeyFile } from '#vault/root-key-file.js';
import { type Configuration, loadConfiguration } from './configuration.js';
import { rememberRetired } from './retired-vaults.js';
import { rotateKeys } from './rotate-keys.js';
import { vaultLeftovers } from './vault-leftovers.js';

const destroyedAt = '2026-06-10T08:00:00.000Z' as Instant;
const cell = (name: string) => `${name}/identity` as CellId;

let folder: string;
let keyVault: KeyVault;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temoin-leftovers-'));
  await mkdir(join(folder, 'data'), { mode: 0o700 });
});
afterEach(async () => {
  await keyVault.close();
  await rm(folder, { recursive: true, force: true });
});
const configured = (env: Readonly<Record<string, string>> = {}): Configuration =>
  loadConfiguration(env, ['--data', join(folder, 'data')]);

/** A key that sealed something, destroyed. */
async function destroyed(config: Configuration, name: string): Promise<CellId> {
  const vault = openVault({ keyVault, roots: await rootKeyFile(config.rootKey).load() });
  const at = { stream: 's', eventId: 'e', type: 'T', version: 1, path: 'p' };
  await vault.seal([{ at, cell: cell(name), value: 1 }]);
  await vault.destroy(cell(name), { destroyedAt, proof: 'erasure-1' });
  return cell(name);
}

const engines: readonly (readonly [
  string,
  Readonly<Record<string, string>>,
  () => Promise<KeyVault>,
  readonly string[],
])[] = [
  ['sqlite', {}, () => openSqliteKeyVault({ file: join(folder, 'data', 'vault.sqlite') }), ['older-copies']],
  [
    // the configuration of a server, over a vault in memory: what is said does not depend on who answers
    'mongodb',
    { TEMOIN_KEY_VAULT: 'mongodb://u:p@db.example/temoin_keys' },
    async () => memoryKeyVault(),
    ['server-journal', 'oplog', 'unreclaimed-pages', 'older-copies'],
  ],
];

describe.each(engines)('what may be left of destroyed keys, on %s', (kind, env, open, leftovers) => {
  it('opens until the next rotation and is dead from then on; what is destroyed later is not', async () => {
    const config = configured(env);
    await createRootKeyFile(config.rootKey);
    keyVault = await open();
    const first = await destroyed(config, 'm1');
    const said = { kind, leftovers, custodians: 0 };
    expect(await vaultLeftovers(config, keyVault, [first])).toEqual({
      ...said,
      wrappedUpToEpoch: 1,
      state: 'until-rotation',
    });
    expect((await rotateKeys(config, keyVault)).outcome).toBe('rotated');
    const dead = { ...said, wrappedUpToEpoch: 1, state: 'dead' };
    expect(await vaultLeftovers(config, keyVault, [first])).toEqual(dead);
    const second = await destroyed(config, 'm2');
    const alive = { ...said, wrappedUpToEpoch: 2, state: 'until-rotation' };
    expect(await vaultLeftovers(config, keyVault, [second])).toEqual(alive);
    expect(await vaultLeftovers(config, keyVault, [first, second])).toEqual(alive);
    expect(await vaultLeftovers(config, keyVault, [cell('never')])).toEqual(alive);
    expect(await vaultLeftovers(config, keyVault, [first])).toEqual(dead);
  });

  it('may be with a server too whose vault was retired, until the root key that wrapped its keys is gone', async () => {
    const config = configured(env);
    await createRootKeyFile(config.rootKey);
    keyVault = await open();
    const first = await destroyed(config, 'm1');
    const old = {
      vault: 'MongoDB at db.old',
      kind: 'mongodb' as const,
      begunAt: destroyedAt,
      keys: 3,
      wrappedUpToEpoch: 1,
    };
    await rememberRetired(config.data, old);
    await rememberRetired(config.data, { ...old, endedAt: destroyedAt });
    const { leftovers: both } = await vaultLeftovers(config, keyVault, [first]);
    expect([...both].sort()).toEqual(['older-copies', 'oplog', 'server-journal', 'unreclaimed-pages']);
    await rotateKeys(config, keyVault);
    expect((await vaultLeftovers(config, keyVault, [first])).leftovers).toEqual(leftovers);
  });

  it('is not taken for dead where a rotation was cut off and finished later: its new epoch lives', async () => {
    const config = configured(env);
    await createRootKeyFile(config.rootKey);
    keyVault = await open();
    const cut = rotateKeys(config, keyVault, {
      onStep: (step) => {
        if (step === 'epoch-added') throw new Error('killed');
      },
    });
    await expect(cut).rejects.toThrow('killed');
    const meanwhile = await destroyed(config, 'm1');
    expect(await rotateKeys(config, keyVault)).toMatchObject({ outcome: 'rotated', resumed: true, epoch: 2 });
    const said = await vaultLeftovers(config, keyVault, [meanwhile]);
    expect(said).toMatchObject({ wrappedUpToEpoch: 2, state: 'until-rotation' });
    expect(await rotateKeys(config, keyVault)).toMatchObject({ resumed: false, epoch: 3 });
    expect(await vaultLeftovers(config, keyVault, [meanwhile])).toMatchObject({ wrappedUpToEpoch: 2, state: 'dead' });
  });
});
