import { mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backupStory, openEverything, register } from './backup-story.test-data.js';
import { backUp, restore } from './backups.js';
import type { Configuration } from './configuration.js';
import { exportForCustodians, importFromCustodian, readCustodians, sealedCopyOf } from './custodians.js';
import type { Installation } from './installation.js';
import { isRotationDue, rotateKeys } from './rotate-keys.js';

const PASSPHRASES = { presidente: 'girafe lavande moteur', tresorier: 'nuage poire velours seize' };

let folder: string;
let story: ReturnType<typeof backupStory>;
let config: Configuration;
let installation: Installation;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temoin-custodians-'));
  story = backupStory(folder);
  config = { ...story.configOf('one'), recoveryDir: join(folder, 'apart') };
  installation = await story.open(config);
  await register(installation, 'Une personne');
});
afterEach(async () => {
  await installation.close();
  await rm(folder, { recursive: true, force: true });
});

const rotate = () => rotateKeys(config, installation.stores.keyVault);
const give = () =>
  exportForCustodians(config, {
    folder: join(folder, 'usb'),
    installation: installation.record.id,
    rounds: 1000,
    custodians: Object.entries(PASSPHRASES).map(([name, passphrase]) => ({ name, passphrase })),
  });
const take = (
  where: Configuration,
  name: keyof typeof PASSPHRASES,
  sealed: string | undefined,
  needed: readonly number[] = [],
) =>
  importFromCustodian(where, {
    file: join(folder, 'usb', `temoin-custodian-${name}.jwe`),
    passphrase: PASSPHRASES[name],
    expected: undefined,
    needed,
    sealed,
  });

describe('custodians', () => {
  it.each(['presidente', 'tresorier'] as const)(
    'with everything lost but a backup and the files kept apart, %s alone brings all back',
    async (name) => {
      await give();
      await rotate();
      await rotate();
      const { folder: from } = await backUp(config, installation.record, { folder, views: false, now: story.now });
      const other = { ...story.configOf('two'), recoveryDir: config.recoveryDir };
      expect(await take(other, name, sealedCopyOf(config, name))).toMatchObject({ epoch: 3, rootKey: 'written' });
      await restore(other, { from, keepVault: false, now: story.now });
      const opened = await story.open(other);
      expect((await openEverything(opened)).states).toEqual({ present: 1 });
      // and they are custodians there too
      expect(await readCustodians(other)).toEqual(await readCustodians(config));
      await opened.close();
    },
  );

  it('never overwrites a key that is there, nor a file that was given', async () => {
    await give();
    const given = await Promise.all(
      (await readdir(join(folder, 'usb'))).map((name) => readFile(join(folder, 'usb', name))),
    );
    await expect(give()).rejects.toMatchObject({ code: 'EEXIST' });
    expect(
      await Promise.all((await readdir(join(folder, 'usb'))).map((name) => readFile(join(folder, 'usb', name)))),
    ).toEqual(given);
    await rotate();
    const living = await readFile(config.rootKey, 'utf8');
    expect(await take(config, 'presidente', undefined)).toMatchObject({ rootKey: 'there' });
    const stranger = story.configOf('stranger');
    await (await story.open(stranger)).close();
    await expect(take(stranger, 'presidente', undefined)).rejects.toMatchObject({ code: 'root-key-exists' });
    expect(await readFile(config.rootKey, 'utf8')).toBe(living);
  });

  it('bring back no root key that opens nothing of the vault that is there', async () => {
    await give();
    await rotate();
    await rename(config.rootKey, `${config.rootKey}.lost`);
    await expect(take(config, 'presidente', undefined, [2])).rejects.toMatchObject({ code: 'stale' });
    await expect(stat(config.rootKey)).rejects.toThrow();
    expect(await take(config, 'presidente', sealedCopyOf(config, 'presidente'), [2])).toMatchObject({ epoch: 2 });
  });

  it('are closed out when others take their place', async () => {
    await give();
    const former = sealedCopyOf(config, 'presidente');
    await rename(former, join(folder, 'kept.jwe'));
    await exportForCustodians(config, {
      folder: join(folder, 'usb-2'),
      installation: installation.record.id,
      rounds: 1000,
      custodians: [
        { name: 'presidente', passphrase: PASSPHRASES.presidente },
        { name: 'secretaire', passphrase: 'ancre bougie cerise dune' },
      ],
    });
    await expect(stat(sealedCopyOf(config, 'tresorier'))).rejects.toThrow();
    const other = story.configOf('two');
    await expect(take(other, 'presidente', former)).rejects.toMatchObject({ code: 'damaged' });
  });
});

describe('a rotation', () => {
  it('waits while another process works on the keys, and is due only when a key was destroyed', async () => {
    expect(await isRotationDue(config, installation.stores.keyVault)).toBe(false);
    await installation.temoin.vault.destroy('m1/identity' as never, { destroyedAt: story.now, proof: 'e1' });
    expect(await isRotationDue(config, installation.stores.keyVault)).toBe(true);
    expect(await Promise.all([rotate(), rotate()])).toMatchObject([{ outcome: 'rotated' }, { outcome: 'rotated' }]);
    expect(await isRotationDue(config, installation.stores.keyVault)).toBe(false);
    expect((await openEverything(installation)).states).toEqual({ present: 1 });
  });

  it('does not destroy the old root key when the custodians could not be given the new one', async () => {
    await give();
    await rm(config.recoveryDir, { recursive: true });
    const blocked = { ...config, recoveryDir: join(config.rootKey, 'not-a-folder') };
    await expect(rotateKeys(blocked, installation.stores.keyVault)).rejects.toThrow();
    const { epochs } = JSON.parse(await readFile(config.rootKey, 'utf8'));
    expect(epochs.map(({ epoch }: { epoch: number }) => epoch)).toEqual([1, 2]);
    expect(await rotate()).toMatchObject({ outcome: 'rotated', resumed: true, epoch: 2 });
    expect((await openEverything(installation)).states).toEqual({ present: 1 });
  });
});
