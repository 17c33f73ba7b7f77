import { appendFile, copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDatabaseInUse } from '#adapters/backup-sqlite/in-use.js';
import { recordedBackups } from '#application/backup/backup-record.js';
import { type RestoreOptions, restoreBackup } from '#application/backup/restore-backup.js';
import { plusMilliseconds } from '#kernel/time.js';
import { rotateRootKey } from '#vault/rotate.js';
import { backupStory, openEverything, register, wrongViews } from './backup-story.test-data.js';
import { backUp, deleteOldBackups, restore, storeFiles } from './backups.js';
import type { Configuration } from './configuration.js';
import { loadConfiguration } from './configuration.js';
import { RECORD_FILE } from './data-folder.js';
import { openInstallation } from './installation.js';
import { takeServiceLock } from './service-lock.js';

const never = new Promise<never>(() => undefined);

let folder: string;
let story: ReturnType<typeof backupStory>;
let config: Configuration;
let from: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temoin-restore-'));
  story = backupStory(folder);
  config = story.configOf('one');
  const installation = await story.open(config);
  await register(installation, 'Avant la sauvegarde');
  const request = { folder: join(folder, 'backups'), views: true, now: story.now };
  from = (await backUp(config, installation.record, request)).folder;
  await register(installation, 'Après la sauvegarde');
  await installation.close();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const request = () => ({ from, keepVault: false, now: story.now });
const staffIn = async (where: Configuration, views = false): Promise<number> => {
  const opened = await openInstallation(where, { lock: false, create: false, project: views });
  try {
    const { states, streams } = await openEverything(opened);
    expect(Object.keys(states)).toEqual(['present']);
    if (views) expect(await wrongViews(opened)).toEqual([]);
    return streams.size;
  } finally {
    await opened.close();
  }
};
/** Every file below a folder with its bytes. */
async function contentOf(where: string): Promise<readonly string[]> {
  const names = await readdir(where, { recursive: true, withFileTypes: true });
  const files = names.filter((one) => one.isFile() && !one.name.endsWith('.lock'));
  return Promise.all(
    files.map(async ({ parentPath, name }) => `${name} ${(await readFile(join(parentPath, name))).toString('base64')}`),
  );
}

describe('a restore', () => {
  it('brings the installation back as it was, and keeps what was there aside until backups of its age go', async () => {
    expect(await staffIn(config)).toBe(2);
    const key = await readFile(config.rootKey, 'utf8');
    const { replaced } = await restore(config, request());
    expect(await staffIn(config, true)).toBe(1);
    expect(await readFile(config.rootKey, 'utf8')).toBe(key);
    expect(replaced).toHaveLength(1);
    expect(await readdir(replaced[0] ?? '')).toEqual(
      expect.arrayContaining(['events.sqlite', 'vault.sqlite', 'views.sqlite']),
    );
    expect((await recordedBackups(config.data)).map(({ backupId }) => backupId)).toHaveLength(2);
    const { record } = await openAndClose(config);
    const later = plusMilliseconds(story.now, 32 * 86_400_000);
    await deleteOldBackups(config, record, { folder: undefined, now: later });
    await expect(stat(replaced[0] ?? '')).rejects.toThrow();
  });

  it('into a new folder makes the same installation there', async () => {
    const other = story.configOf('two');
    await story.sameKeys(config, other);
    const { replaced } = await restore(other, request());
    expect(replaced).toEqual([]);
    expect(await staffIn(other)).toBe(1);
    const record = (where: Configuration) => readFile(join(where.data, RECORD_FILE), 'utf8').then(JSON.parse);
    expect(await record(other)).toEqual(await record(config));
  });

  it('brings back certificates that are missing, and never writes over one', async () => {
    const folderOf = (where: Configuration) => join(where.data, 'certificates');
    await mkdir(folderOf(config));
    await writeFile(join(folderOf(config), 'c1.json'), 'first');
    await writeFile(join(folderOf(config), 'c2.json'), 'second');
    const opened = await openAndClose(config);
    const again = { folder: join(folder, 'backups'), views: false, now: story.now };
    const made = await backUp(config, opened.record, again);
    await writeFile(join(folderOf(config), 'c1.json'), 'later');
    await rm(join(folderOf(config), 'c2.json'));
    await restore(config, { ...request(), from: made.folder });
    const texts = (where: Configuration) =>
      Promise.all(['c1.json', 'c2.json'].map((name) => readFile(join(folderOf(where), name), 'utf8')));
    expect(await texts(config)).toEqual(['later', 'second']);
    const other = story.configOf('two');
    await story.sameKeys(config, other);
    await restore(other, { ...request(), from: made.folder });
    expect(await texts(other)).toEqual(['first', 'second']);
    expect(await staffIn(other)).toBe(2);
  });

  it('touches nothing of what it refuses', async () => {
    const stranger = story.configOf('stranger');
    await (await story.open(stranger)).close();
    const damaged = join(folder, 'damaged');
    await copyBackup(from, damaged);
    await appendFile(join(damaged, 'vault.sqlite'), 'x');
    const simulated = loadConfiguration({}, ['--data', join(folder, 'sim')], { simulation: true });
    const before = await contentOf(config.data);
    await expect(restore(config, { ...request(), from: damaged })).rejects.toMatchObject({ code: 'damaged' });
    await expect(restore(config, { ...request(), from: folder })).rejects.toMatchObject({ code: 'no-backup' });
    await expect(restore(stranger, request())).rejects.toMatchObject({ code: 'foreign' });
    await expect(restore(simulated, request())).rejects.toMatchObject({ code: 'foreign' });
    const noKey = story.configOf('no-key');
    await expect(restore(noKey, request())).rejects.toMatchObject({ code: 'dead' });
    expect(await contentOf(config.data)).toEqual(before);
    expect(await staffIn(config)).toBe(2);
  });

  it('waits for nobody: a service or a tool at work makes it refuse', async () => {
    const opened = await openInstallation(config, { lock: false, create: false, project: false });
    await expect(restore(config, request())).rejects.toMatchObject({ code: 'in-use' });
    await opened.close();
    const lock = takeServiceLock(config.data);
    await expect(restore(config, request())).rejects.toMatchObject({ code: 'already-running' });
    lock.release();
    expect(await staffIn(config)).toBe(2);
  });

  it('of a backup older than the root key is refused, but for its events under the present vault', async () => {
    const opened = await openInstallation(config, { lock: false, create: false, project: false });
    await rotateRootKey({ path: config.rootKey, keyVault: opened.stores.keyVault });
    await opened.close();
    await expect(restore(config, request())).rejects.toMatchObject({ code: 'dead' });
    const { parts } = await restore(config, { ...request(), keepVault: true });
    expect([...parts].sort()).toEqual(['events', 'views']);
    expect(await staffIn(config, true)).toBe(1);
  });

  it.each(['checked', 'staged', 'decided', 'moved 1', 'moved 4', 'moved 6'] as const)(
    'that dies at « %s » leaves the old installation or is finished by the next',
    async (at) => {
      const { record } = await openAndClose(config);
      await new Promise<void>((stopped, failed) => {
        let moved = 0;
        const options: RestoreOptions = {
          ...request(),
          data: config.data,
          files: storeFiles(config),
          certificates: join(config.data, 'certificates'),
          installation: record,
          recordFile: join(config.data, RECORD_FILE),
          simulated: false,
          epochs: [1],
          isInUse: isDatabaseInUse,
          onStep: (step) => {
            if (step === 'moved') moved += 1;
            if (step !== at && `${step} ${moved}` !== at) return undefined;
            stopped();
            return never;
          },
        };
        restoreBackup(options).catch(failed);
      });
      if (at === 'checked' || at === 'staged') {
        expect(await staffIn(config)).toBe(2);
        expect(await restore(config, request())).toMatchObject({ finished: false });
      } else {
        await expect(story.open(config)).rejects.toMatchObject({ code: 'restore-unfinished' });
        expect(await restore(config, request())).toMatchObject({ finished: true });
      }
      expect(await staffIn(config)).toBe(1);
      expect((await readdir(config.data)).filter((name) => /restor/.test(name))).toEqual([]);
    },
  );
});

async function openAndClose(where: Configuration) {
  const opened = await openInstallation(where, { lock: false, create: false, project: false });
  await opened.close();
  return opened;
}

async function copyBackup(source: string, to: string): Promise<void> {
  await mkdir(to);
  for (const name of await readdir(source)) await copyFile(join(source, name), join(to, name));
  await writeFile(join(to, 'notes.txt'), 'whatever else lies there is left out');
}
