import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { captured } from './captured.fixture.js';

/** Backup, restore, keys and retention from the command line, without a service. */

let folder: string;
let env: Record<string, string>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temoin-custody-'));
  env = {
    TEMOIN_RECOVERY_DIR: join(folder, 'apart'),
    TEMOIN_PASSPHRASE_PRESIDENTE: 'girafe lavande moteur',
  };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const temoin = (...args: readonly string[]) => captured(['--data', join(folder, 'data'), ...args], env);
const json = async (...args: readonly string[]) => {
  const answer = await temoin('--json', ...args);
  expect(answer).toMatchObject({ code: 0, err: '' });
  return JSON.parse(answer.out);
};

describe('backup and restore', () => {
  let made: string;

  it('answers 5 where there is nothing to copy, and 4 where there is no backup', async () => {
    expect((await temoin('backup', join(folder, 'backups'))).code).toBe(5);
    expect((await temoin('backup', 'verify', folder)).code).toBe(4);
    expect((await temoin('restore', '--yes', folder)).code).toBe(4);
    expect((await temoin('restore')).code).toBe(2);
  });

  it('copies, lists and verifies', async () => {
    await json('staff', 'add', '--name', 'Camille Exemple');
    const copied = await json('backup', join(folder, 'backups'));
    made = copied.folder;
    expect(copied).toMatchObject({ format: 'temoin-backup/1', livingCells: 1 });
    const { items } = await json('backup', 'list', join(folder, 'backups'));
    expect(items).toMatchObject([{ backupId: copied.backupId, state: 'restorable', views: true }]);
    expect(await json('backup', 'verify', made)).toMatchObject({ sound: true, restorable: true });
    expect(await json('backup', 'rotate', join(folder, 'backups'))).toEqual({ deleted: [] });
  });

  it('asks before it replaces anything, and takes silence for no', async () => {
    await json('staff', 'add', '--name', 'Dominique Exemple');
    const refused = await temoin('restore', made);
    expect([refused.code, refused.err]).toEqual([3, expect.stringContaining('Nothing was touched')]);
    expect(await json('restore', '--yes', made)).toMatchObject({
      finished: false,
      parts: ['views', 'events', 'vault'],
    });
    expect((await json('doctor')).findings).toEqual(
      expect.arrayContaining([expect.objectContaining({ what: 'backup', state: 'ok' })]),
    );
  });

  it('rehearses: every value opens and every view agrees, the installation is not touched', async () => {
    const report = await json('backup', 'rehearse', made);
    expect(report).toMatchObject({ events: 1, present: 1, erased: 0, unreadable: 0, wrongViews: [], sound: true });
    expect((await json('doctor')).findings).toEqual(
      expect.arrayContaining([expect.objectContaining({ what: 'rehearsal', state: 'ok' })]),
    );
  });

  it('finds a damaged backup out, with exit code 1', async () => {
    const file = join(made, 'vault.sqlite');
    const whole = await readFile(file);
    await writeFile(file, whole.subarray(0, -1));
    expect((await temoin('backup', 'verify', made)).code).toBe(1);
    expect((await temoin('restore', '--yes', made)).code).toBe(1);
    await writeFile(file, whole);
  });

  it('says of a backup older than the root key that it is dead, and what still works', async () => {
    expect(await json('keys', 'rotate')).toMatchObject({ outcome: 'rotated', epoch: 2 });
    expect((await json('backup', 'list', join(folder, 'backups'))).items).toMatchObject([{ state: 'dead' }]);
    const refused = await temoin('restore', '--yes', made);
    expect([refused.code, refused.err]).toEqual([3, expect.stringContaining('--keep-vault')]);
    expect(await json('restore', '--yes', '--keep-vault', made)).toMatchObject({ parts: ['views', 'events'] });
  });
});

describe('the custodians', () => {
  const usb = () => join(folder, 'usb');

  it('are two, each with a passphrase that is on no command line', async () => {
    const exported = (...more: readonly string[]) =>
      temoin('keys', 'export', '--custodian', 'presidente', 'tresorier', '--to', usb(), ...more);
    expect((await temoin('keys', 'export', '--custodian', 'presidente', '--to', usb())).code).toBe(2);
    const without = await exported();
    expect([without.code, without.err]).toEqual([2, expect.stringContaining('TEMOIN_PASSPHRASE_TRESORIER')]);
    env.TEMOIN_PASSPHRASE_TRESORIER = 'court';
    expect((await exported()).code).toBe(3);
    env.TEMOIN_PASSPHRASE_TRESORIER = String(env.TEMOIN_PASSPHRASE_PRESIDENTE);
    expect((await exported()).code).toBe(3);
    expect(await readdir(folder)).not.toContain('usb');
    env.TEMOIN_PASSPHRASE_TRESORIER = 'nuage poire velours seize';
    expect((await exported()).code).toBe(0);
    expect((await exported()).code).toBe(3);
  });

  it('bring the keys back where they are lost, and overwrite none that is there', async () => {
    const file = join(usb(), 'temoin-custodian-tresorier.jwe');
    const { epoch } = await json('keys', 'rotate');
    const passphrase = join(folder, 'passphrase.txt');
    await writeFile(passphrase, `${env.TEMOIN_PASSPHRASE_TRESORIER}\r\n`);
    const rootKey = join(folder, 'data', 'root-key.json');
    await rename(rootKey, `${rootKey}.lost`);
    expect((await temoin('doctor')).code).toBe(1);
    const sealed = join(folder, 'apart', 'root-key-for-tresorier.jwe');
    const args = ['keys', 'import', file, '--sealed', sealed, '--passphrase-file', passphrase];
    expect(await json(...args)).toMatchObject({ epoch, rootKey: 'written', signingKey: 'there' });
    expect(await readFile(rootKey, 'utf8')).toBe(await readFile(`${rootKey}.lost`, 'utf8'));
    expect(await json(...args)).toMatchObject({ rootKey: 'there' });
    env.TEMOIN_PASSPHRASE = 'pas la bonne du tout';
    expect((await temoin('keys', 'import', file)).code).toBe(3);
    expect(await json('keys', 'show')).toMatchObject({ epoch, unfinished: false });
  });
});

describe('retention', () => {
  it('says what leaves, runs once for a day and never for one to come [charter:4.4c]', async () => {
    expect(await json('retention', 'plan')).toMatchObject({ items: [] });
    expect(await json('retention', 'run', '--dry', '--day', '2099-01-01')).toMatchObject({ dry: true, due: 0 });
    expect((await temoin('retention', 'run', '--day', '2099-01-01')).code).toBe(2);
    expect((await temoin('retention', 'plan', '--month', '2027-13')).code).toBe(2);
    expect(await json('retention', 'run')).toMatchObject({ repeated: false, destroyed: 0 });
    expect(await json('retention', 'run')).toMatchObject({ repeated: true });
    expect((await json('retention', 'runs')).items).toHaveLength(1);
  });
});

describe('help', () => {
  it.each([
    'backup',
    'backup list',
    'backup verify',
    'backup rehearse',
    'backup rotate',
    'restore',
    'keys show',
    'keys rotate',
    'keys export',
    'keys import',
    'retention plan',
    'retention run',
    'retention runs',
  ])('of %s has an example', async (command) => {
    const { code, out } = await temoin(...command.split(' '), '--help');
    expect([code, out]).toEqual([0, expect.stringMatching(/Examples?:/)]);
  });
});
