import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyDatabase } from '#adapters/backup-sqlite/copy-database.js';
import { recordedBackups } from '#application/backup/backup-record.js';
import { type BackupStep, makeBackup } from '#application/backup/make-backup.js';
import { backupsIn } from '#application/backup/rotate-backups.js';
import { verifyBackup } from '#application/backup/verify-backup.js';
import { type Instant, plusMilliseconds } from '#kernel/time.js';
import { backupStory, openEverything, register, wrongViews } from './backup-story.test-data.js';
import { backUp, deleteOldBackups, restore, storeFiles } from './backups.js';

const never = new Promise<never>(() => undefined);
const later = (now: Instant, days: number) => plusMilliseconds(now, days * 86_400_000);

let folder: string;
let story: ReturnType<typeof backupStory>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temoin-backup-'));
  story = backupStory(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a backup', () => {
  it('made while writes go on is an installation in which every value opens and views agree', async () => {
    const config = story.configOf('one');
    const installation = await story.open(config);
    const before: string[] = [];
    for (let n = 0; n < 20; n += 1) before.push(await register(installation, `Avant ${n}`));
    let writing = true;
    let during = 0;
    const writer = async () => {
      while (writing) {
        await register(installation, `Pendant ${during}`);
        during += 1;
        // a slow machine makes no longer log than a fast one, or it would be slower still afterwards
        await new Promise((resolve) => setTimeout(resolve, 5 + 2 * during));
      }
    };
    const writers = [writer(), writer(), writer()];
    const made: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      const request = { folder: join(folder, 'backups'), views: n !== 1, now: later(story.now, n) };
      made.push((await backUp(config, installation.record, request)).folder);
    }
    writing = false;
    await Promise.all(writers);
    expect(during).toBeGreaterThan(3);
    await installation.close();

    for (const [n, from] of made.entries()) {
      const copy = story.configOf(`copy${n}`);
      await story.sameKeys(config, copy);
      const report = await restore(copy, { from, keepVault: false, now: story.now });
      expect(report.parts.includes('views')).toBe(n !== 1);
      const opened = await story.open(copy);
      expect(opened.record.id).toBe(installation.record.id);
      const { states, streams } = await openEverything(opened);
      expect(Object.keys(states)).toEqual(['present']);
      expect(before.filter((id) => !streams.has(`staff-${id}`))).toEqual([]);
      expect(await wrongViews(opened)).toEqual([]);
      await register(opened, 'Après');
      await opened.close();
    }
  });

  it('holds its files closed to others, and neither root key nor anything else', async () => {
    const config = story.configOf('one');
    const installation = await story.open(config);
    await register(installation, 'Une personne');
    const made = await backUp(config, installation.record, { folder, views: true, now: story.now });
    await installation.close();
    expect((await readdir(made.folder)).sort()).toEqual([
      'events.sqlite',
      'manifest.json',
      'vault.sqlite',
      'views.sqlite',
    ]);
    for (const name of await readdir(made.folder))
      expect((await stat(join(made.folder, name))).mode & 0o777).toBe(0o600);
    const { epochs } = JSON.parse(await readFile(config.rootKey, 'utf8')) as { epochs: { key: string }[] };
    for (const name of await readdir(made.folder))
      for (const { key } of epochs) {
        const bytes = await readFile(join(made.folder, name));
        expect(bytes.includes(Buffer.from(key, 'base64url')) || bytes.includes(key)).toBe(false);
      }
    expect(made).toMatchObject({ epochs: [1], livingCells: 1, head: expect.any(String) });
  });

  it.each<BackupStep>(['events-copied', 'vault-copied', 'manifest-written'])(
    'that dies after « %s » is none, and stands in no way of the next',
    async (step) => {
      const config = story.configOf('one');
      const installation = await story.open(config);
      await register(installation, 'Une personne');
      const backups = join(folder, 'backups');
      await new Promise<void>((stopped) => {
        void makeBackup({
          folder: backups,
          data: config.data,
          files: storeFiles(config),
          certificates: join(config.data, 'certificates'),
          views: true,
          installation: installation.record,
          now: story.now,
          copy: copyDatabase,
          describe: async () => ({ head: null, epochs: [1], livingCells: 1 }),
          onStep: (now) => {
            if (now !== step) return undefined;
            stopped();
            return never;
          },
        });
      });
      expect(await backupsIn(backups, installation.record.id)).toEqual([]);
      // its keys may lie about: a certificate counts it
      expect(await recordedBackups(config.data)).toHaveLength(1);
      const made = await backUp(config, installation.record, { folder: backups, views: true, now: story.now });
      expect(await backupsIn(backups, installation.record.id)).toMatchObject([{ folder: made.folder }]);
      expect(await readdir(backups)).toHaveLength(1);
      expect(await recordedBackups(config.data)).toMatchObject([{ backupId: made.backupId }]);
      await installation.close();
    },
  );

  it('that was changed, cut or robbed of a file is found out', async () => {
    const config = story.configOf('one');
    const installation = await story.open(config);
    await register(installation, 'Une personne');
    const made = await backUp(config, installation.record, { folder, views: true, now: story.now });
    await installation.close();
    expect(await verifyBackup(made.folder)).toMatchObject({ backupId: made.backupId });
    await appendFile(join(made.folder, 'events.sqlite'), 'x');
    await expect(verifyBackup(made.folder)).rejects.toMatchObject({ code: 'damaged' });
    await rm(join(made.folder, 'events.sqlite'));
    await expect(verifyBackup(made.folder)).rejects.toMatchObject({ code: 'damaged' });
    await rm(join(made.folder, 'manifest.json'));
    await expect(verifyBackup(made.folder)).rejects.toMatchObject({ code: 'no-backup' });
  });
});

describe('a folder that cannot be written', () => {
  it.each(['/proc/temoin/backups', 'file/backups', 'file'])(
    '(%s) is said at once, and nothing is left',
    async (name) => {
      const config = story.configOf('one');
      const { record, close } = await story.open(config);
      await writeFile(join(folder, 'file'), '');
      const where = name.startsWith('/') ? name : join(folder, name);
      const made = backUp(config, record, { folder: where, views: true, now: story.now });
      await expect(made).rejects.toMatchObject({ code: 'folder' });
      expect(await recordedBackups(config.data)).toEqual([]);
      await close();
    },
  );
});

describe('old backups', () => {
  it('leave on the day after their age, others’ and younger ones never [charter:4.4c]', async () => {
    const [one, two] = [story.configOf('one'), story.configOf('two')];
    const [first, second] = [await story.open(one), await story.open(two)];
    const backups = join(folder, 'backups');
    const request = { folder: backups, views: false };
    const old = await backUp(one, first.record, { ...request, now: story.now });
    const young = await backUp(one, first.record, { ...request, now: later(story.now, 1) });
    const foreign = await backUp(two, second.record, { ...request, now: story.now });
    const rotate = (days: number) =>
      deleteOldBackups(one, first.record, { folder: backups, now: later(story.now, days) });
    expect(await rotate(31)).toEqual([]);
    expect(await rotate(32)).toEqual([old.backupId]);
    expect(await rotate(32)).toEqual([]);
    expect((await readdir(backups)).sort()).toEqual(
      [young.folder, foreign.folder].map((path) => path.split('/').pop()).sort(),
    );
    expect(await recordedBackups(one.data)).toMatchObject([{ backupId: young.backupId }]);
    await first.close();
    await second.close();
  });
});
