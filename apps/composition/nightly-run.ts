import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { recordedBackups } from '#application/backup/backup-record.js';
import { writeDurably } from '#application/backup/durable.js';
import { type Nightly, type NightlyStep, type NightRecord, startNightly } from '#application/nightly/nightly.js';
import { type RetentionWork, retentionWork } from '#application/retention/retention-work.js';
import { isLocalDate, type LocalDate } from '#kernel/time.js';
import type { Tracer } from '#ports/tracer/tracer.js';
import { backUp, deleteOldBackups, isInFiles } from './backups.js';
import type { Installation } from './installation.js';
import { isRotationDue, rotateKeys } from './rotate-keys.js';

const time = frenchCivilTime();

/** Retention on an installation: what is condemned is destroyed at once; the erasure process reads back and certifies. */
export const retentionOf = ({ temoin, erasing }: Pick<Installation, 'temoin' | 'erasing'>): RetentionWork =>
  retentionWork({
    temoin,
    time,
    carryOut: (memberId, destructionId) => erasing.erasure.destroy({ memberId, destructionId }),
  });

export interface NightlyTold {
  readonly onDone: (night: string, step: string, report: Readonly<Record<string, unknown>>) => void;
  readonly onFault: (night: string, step: string, error: unknown) => void;
}

/**
 * The night's work of the one service of an installation, in the only order that fits: what is due is destroyed, then older
 * copies of the vault are made dead, then a backup is made that opens, then old ones are deleted.
 * @returns undefined when the nightly run is switched off
 */
export function startNightlyRun(
  installation: Installation,
  retention: RetentionWork,
  told: NightlyTold,
): Nightly | undefined {
  const { config, clock, tracer } = installation;
  if (config.nightlyAt === undefined) return undefined;
  return startNightly({
    clock,
    time,
    at: config.nightlyAt,
    steps: [
      { name: 'retention', run: async (night: LocalDate) => ({ ...(await retention.run(night)) }) },
      { name: 'rotation', run: () => rotation(installation) },
      ...backups(installation),
    ].map((one: NightlyStep) => (tracer ? tracedStep(tracer, one) : one)),
    memory: nightMemory(config.data),
    ...told,
  });
}

const tracedStep = (tracer: Tracer, { name, run }: NightlyStep): NightlyStep => ({
  name,
  run: (night) => tracer.span('night', { 'temoin.step': name }, () => run(night)),
});

/** Skipped where no key was destroyed since the last, and where it would leave no backup that opens. */
async function rotation({ config, stores }: Installation): Promise<Readonly<Record<string, unknown>>> {
  if (config.keyVault.engine !== 'sqlite') return { skipped: 'vault-on-a-server' };
  if (!(await isRotationDue(config, stores.keyVault))) return { skipped: 'no-key-destroyed' };
  if (config.backupDir === undefined && (await isBackedUpByHand(config.data))) return { skipped: 'backups-by-hand' };
  const { outcome, epoch, rewrapped, damaged } = await rotateKeys(config, stores.keyVault);
  return { outcome, epoch, rewrapped, damaged: damaged.length };
}

const isBackedUpByHand = async (data: string): Promise<boolean> =>
  (await recordedBackups(data)).some(({ backupId }) => !backupId.startsWith('replaced-'));

function backups({ config, record, clock }: Installation): readonly NightlyStep[] {
  const folder = config.backupDir;
  if (!isInFiles(config)) return [];
  const old: NightlyStep = {
    name: 'backup-rotation',
    run: async () => ({ deleted: (await deleteOldBackups(config, record, { folder, now: clock.now() })).length }),
  };
  if (folder === undefined) return [old];
  const backup: NightlyStep = {
    name: 'backup',
    async run() {
      const { backupId, livingCells, head } = await backUp(config, record, { folder, views: true, now: clock.now() });
      return { backupId, livingCells, head };
    },
  };
  return [backup, old];
}

/** Which nights are through, in the data folder. A record that cannot be read counts as none: the next night begins anew. */
export function nightMemory(data: string) {
  const file = join(data, 'nightly.json');
  return {
    async load(): Promise<NightRecord | undefined> {
      const text = await readFile(file, 'utf8').catch(() => '{}');
      const { night, through } = parsed(text);
      if (typeof night !== 'string' || !isLocalDate(night) || !Array.isArray(through)) return undefined;
      return { night, through: through.map(String) };
    },
    save: (record: NightRecord) => writeDurably(file, `${JSON.stringify(record)}\n`),
  };
}

function parsed(text: string): { readonly night?: unknown; readonly through?: unknown } {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
