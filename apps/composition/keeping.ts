import { recordedBackups } from '#application/backup/backup-record.js';
import type { Keeping } from '#application/backup/keeping.js';
import { localDayOf, plusDays } from '#views/local-day.js';
import { backUp } from './backups.js';
import { readCustodians } from './custodians.js';
import type { Installation } from './installation.js';
import { nightMemory } from './nightly-run.js';
import { lastRehearsal } from './rehearse.js';

export function keepingOf({
  config,
  record,
  clock,
  tracer,
}: Pick<Installation, 'config' | 'record' | 'clock' | 'tracer'>): Keeping {
  const { backupDir, backupDays: days, nightlyAt, data } = config;
  return {
    async status() {
      const [known, rehearsal, lastNight, custodians] = await Promise.all([
        recordedBackups(data),
        lastRehearsal(data),
        nightMemory(data).load(),
        readCustodians(config).catch(() => []),
      ]);
      return {
        everyNight: backupDir !== undefined && nightlyAt !== undefined,
        days,
        backups: known.map(({ backupId, createdAt }) => ({
          backupId,
          createdAt,
          deletedFrom: plusDays(localDayOf(createdAt), days + 1),
          replaced: backupId.startsWith('replaced-'),
        })),
        ...(rehearsal ? { rehearsal } : {}),
        ...(nightlyAt === undefined ? {} : { nightlyAt }),
        ...(lastNight ? { lastNight } : {}),
        custodians: custodians.length,
      };
    },
    async backUpNow() {
      if (backupDir === undefined) return 'no-folder';
      try {
        const backup = () => backUp(config, record, { folder: backupDir, views: true, now: clock.now() });
        const made = await (tracer ? tracer.inside('backup', {}, backup) : backup());
        const { backupId, createdAt, head, livingCells, files } = made;
        return { backupId, createdAt, head, livingCells, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
      } catch (error) {
        if ((error as { readonly code?: unknown }).code === 'keys-busy') return 'busy';
        throw error;
      }
    },
  };
}
