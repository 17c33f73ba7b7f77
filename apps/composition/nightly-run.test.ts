import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { backupsIn } from '#application/backup/rotate-backups.js';
import type { CellId } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import { backupStory, openEverything, register } from './backup-story.test-data.js';
import { backUp } from './backups.js';
import { type Configuration, loadConfiguration } from './configuration.js';
import { type Installation, openInstallation } from './installation.js';
import { retentionOf, startNightlyRun } from './nightly-run.js';

let folder: string;
let installation: Installation;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temoin-nightly-'));
});
afterEach(async () => {
  await installation.close();
  await rm(folder, { recursive: true, force: true });
});

/** A simulation on 1 June 2026 at ten, with one person, and the steps of its nights as they are told. */
async function simulation(env: Record<string, string> = {}) {
  const rootKey = join(folder, 'keys', 'root-key.json');
  const args = ['--data', join(folder, 'data'), '--simulate', '2026-06-01T10:00:00+02:00'];
  const config: Configuration = loadConfiguration({ TEMOIN_ROOT_KEY_FILE: rootKey, ...env }, args);
  await mkdir(dirname(rootKey), { recursive: true, mode: 0o700 });
  installation = await openInstallation(config, { lock: true });
  await register(installation, 'Une personne');
  const told: { night: string; step: string; report: unknown }[] = [];
  const nightly = startNightlyRun(installation, retentionOf(installation), {
    onDone: (night, step, report) => told.push({ night, step, report }),
    onFault: (night, step, error) => told.push({ night, step, report: error }),
  });
  await nightly?.look();
  return {
    config,
    told,
    nightly,
    stepsOf: (night: string) => told.filter((one) => one.night === night).map(({ step, report }) => ({ step, report })),
    async moveTo(moment: string) {
      installation.simulation?.moveTo(moment as Instant);
      await nightly?.look();
    },
    destroyOne: () =>
      installation.temoin.vault.destroy('m1/identity' as CellId, {
        destroyedAt: installation.clock.now(),
        proof: 'e1',
      }),
  };
}

describe('a night of an installation', () => {
  it('destroys what is due, makes older copies dead, and leaves a backup that opens [charter:4.4c]', async () => {
    const backups = join(folder, 'backups');
    const one = await simulation({ TEMOIN_BACKUP_DIR: backups });
    await one.moveTo('2026-06-02T01:00:00.000Z');
    expect(one.stepsOf('2026-06-02')).toMatchObject([
      { step: 'retention', report: { due: 0, repeated: false } },
      { step: 'rotation', report: { skipped: 'no-key-destroyed' } },
      { step: 'backup', report: { livingCells: 1 } },
      { step: 'backup-rotation', report: { deleted: 0 } },
    ]);
    await one.destroyOne();
    await one.moveTo('2026-06-03T01:00:00.000Z');
    expect(one.stepsOf('2026-06-03')).toMatchObject([
      { step: 'retention' },
      { step: 'rotation', report: { outcome: 'rotated', epoch: 2 } },
      { step: 'backup' },
      { step: 'backup-rotation' },
    ]);
    const made = await backupsIn(backups, installation.record.id);
    expect(made.map(({ manifest }) => manifest.epochs)).toEqual([[1], [2]]);
    expect((await openEverything(installation)).states).toEqual({ present: 1 });
    await one.moveTo('2026-07-10T01:00:00.000Z');
    expect((await readdir(backups)).length).toBe(1);
    await one.nightly?.stop();
  });

  it('leaves the root key alone where no backup would open any more', async () => {
    const one = await simulation();
    const { now } = backupStory(folder);
    await backUp(one.config, installation.record, { folder: join(folder, 'by-hand'), views: false, now });
    await one.destroyOne();
    await one.moveTo('2026-06-02T01:00:00.000Z');
    expect(one.stepsOf('2026-06-02')[1]).toEqual({ step: 'rotation', report: { skipped: 'backups-by-hand' } });
    expect(JSON.parse(await readFile(one.config.rootKey, 'utf8')).epochs).toHaveLength(1);
    await one.nightly?.stop();
  });

  it('does not happen where it is switched off', async () => {
    expect((await simulation({ TEMOIN_NIGHTLY_AT: 'off' })).nightly).toBeUndefined();
  });
});
