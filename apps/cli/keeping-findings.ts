import { recordedBackups } from '#application/backup/backup-record.js';
import { readRootKeyFile } from '#vault/root-key-file.js';
import { localDayOf, plusDays } from '#views/local-day.js';
import { readCustodians } from '../composition/custodians.js';
import type { Installation } from '../composition/installation.js';
import { nightMemory } from '../composition/nightly-run.js';
import { lastRehearsal } from '../composition/rehearse.js';
import { sameVolume } from './installation-files.js';

interface Finding {
  readonly what: string;
  readonly state: 'ok' | 'note' | 'fault';
  readonly says: string;
  readonly advice?: string;
}

/** A backup older than this many days is worth a word. */
const FRESH_DAYS = 7;
const REHEARSED_DAYS = 92;

/** What `doctor` says of what keeps the installation: backups, custodians of the root key, the nightly run. */
export async function keepingFindings({ config, clock }: Installation): Promise<readonly Finding[]> {
  const today = localDayOf(clock.now());
  const findings: Finding[] = [];
  const made = (await recordedBackups(config.data)).filter(({ backupId }) => !backupId.startsWith('replaced-'));
  const last = made.at(-1)?.createdAt;
  const old = last !== undefined && plusDays(localDayOf(last), FRESH_DAYS) < today;
  findings.push(
    last === undefined || old
      ? {
          what: 'backup',
          state: 'note',
          says: last === undefined ? 'none known' : `the last is of ${last}`,
          advice: 'temoin backup DIR; or every night with TEMOIN_BACKUP_DIR',
        }
      : { what: 'backup', state: 'ok', says: `the last is of ${last}` },
  );
  if (config.backupDir !== undefined && (await sameVolume(config.backupDir, config.data)))
    findings.push({
      what: 'backup',
      state: 'note',
      says: `${config.backupDir} is on the disk of the data`,
      advice: 'They are lost together: name a folder on another disk with TEMOIN_BACKUP_DIR.',
    });
  const rehearsal = await lastRehearsal(config.data);
  const stale = rehearsal !== undefined && plusDays(localDayOf(rehearsal.at), REHEARSED_DAYS) < today;
  findings.push(
    rehearsal?.sound && !stale
      ? { what: 'rehearsal', state: 'ok', says: `a backup was brought back on ${rehearsal.at}` }
      : {
          what: 'rehearsal',
          state: 'note',
          says:
            rehearsal === undefined
              ? 'no backup was ever brought back'
              : `${rehearsal.at}: ${rehearsal.sound ? 'long ago' : 'FAILED'}`,
          advice: 'temoin backup rehearse BACKUP',
        },
  );
  const custodians = await readCustodians(config).catch(() => undefined);
  if (custodians === undefined || custodians.length === 0)
    findings.push({
      what: 'custodians',
      state: custodians === undefined ? 'fault' : 'note',
      says: custodians === undefined ? 'their register is damaged' : 'nobody else has the root key',
      advice: 'Without it nothing sealed can be read: temoin keys export',
    });
  else {
    const near = await sameVolume(config.recoveryDir, config.data);
    findings.push({
      what: 'custodians',
      state: near ? 'note' : 'ok',
      says: custodians.map(({ name }) => name).join(', '),
      ...(near ? { advice: 'Their sealed copies lie on the disk of the data: see TEMOIN_RECOVERY_DIR.' } : {}),
    });
  }
  const { epochs, unswept } = await readRootKeyFile(config.rootKey);
  if (epochs.length > 1 || unswept)
    findings.push({ what: 'rotation', state: 'note', says: 'unfinished', advice: 'temoin keys rotate' });
  findings.push(await nightly(config));
  return findings;
}

async function nightly({ nightlyAt, data }: Installation['config']): Promise<Finding> {
  const what = 'nightly run';
  if (nightlyAt === undefined)
    return { what, state: 'note', says: 'off', advice: 'Nothing leaves by itself: temoin retention run' };
  const record = await nightMemory(data).load();
  if (record === undefined) return { what, state: 'ok', says: `at ${nightlyAt}, not yet` };
  return { what, state: 'ok', says: `at ${nightlyAt}; last ${record.night}: ${record.through.join(', ') || 'begun'}` };
}
