import type { Instant } from '#kernel/time.js';
import { readRootKeyFile } from '#vault/root-key-file.js';
import { localDayOf, plusDays } from '#views/local-day.js';
import { isInFiles } from '../../composition/backups.js';
import { readCustodians } from '../../composition/custodians.js';
import { lastBackupAt, secondsSince } from '../../composition/figures.js';
import type { Installation } from '../../composition/installation.js';
import { nightMemory } from '../../composition/nightly-run.js';
import { lastRehearsal } from '../../composition/rehearse.js';
import { retiredVaults } from '../../composition/retired-vaults.js';
import { isRotationDue } from '../../composition/rotate-keys.js';
import { sameVolume } from '../installation-files.js';
import { type Finding, fault, lasting, note, ok } from './finding.js';

/** A backup older than this is worth a word; as the alert says it. */
const FRESH_SECONDS = 7 * 86_400;
const REHEARSED_DAYS = 92;

/** What `doctor` says of what keeps the installation: backups, custodians of the root key, the nightly run. */
export async function keepingFindings({
  config,
  clock,
  stores,
}: Pick<Installation, 'config' | 'clock' | 'stores'>): Promise<readonly Finding[]> {
  const now = clock.now();
  const findings: Finding[] = [];
  findings.push(...(isInFiles(config) ? await backups(config, now) : [ON_SERVERS]));
  findings.push(await custody(config));
  const { epochs, unswept } = await readRootKeyFile(config.rootKey);
  if (epochs.length > 1 || unswept) findings.push(note('rotation', 'inachevée', 'La finir : temoin keys rotate'));
  else if (config.keyVault.engine !== 'sqlite' && (await isRotationDue(config, stores.keyVault)))
    findings.push(note('rotation', 'des clés ont été détruites depuis la dernière', BY_HAND));
  for (const { vault, endedAt } of await retiredVaults(config.data))
    if (endedAt === undefined)
      findings.push(note('old vault', `${vault} : sa destruction est inachevée`, 'La finir : temoin keys retire'));
  findings.push(await nightly(config));
  return findings;
}

/** `temoin backup` is of files, and so is its rehearsal. */
const ON_SERVERS = note(
  'backup',
  'celle des serveurs, que Témoin ne voit pas',
  'Les sauvegarder avec leurs outils, journal d’abord, clés ensuite, et s’exercer à tout remettre : docs/guides/from-one-machine-to-a-cluster.md, 4.',
);
const BY_HAND =
  'Sur un serveur elle ne se fait pas de nuit : temoin keys rotate. Les copies du coffre faites avant n’ouvrent alors plus rien ; en refaire une.';

async function backups(config: Installation['config'], now: Instant): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const last = await lastBackupAt(config.data);
  const how = 'temoin backup DOSSIER ; ou chaque nuit avec TEMOIN_BACKUP_DIR';
  if (last === undefined) findings.push(note('backup', 'aucune connue', how));
  else {
    const age = secondsSince(last, now);
    const says = `la dernière est du ${last}, il y a ${lasting(age)}`;
    findings.push(age > FRESH_SECONDS ? note('backup', says, how, age) : ok('backup', says, age));
  }
  if (config.backupDir !== undefined && (await sameVolume(config.backupDir, config.data)))
    findings.push(
      note(
        'backup',
        `${config.backupDir} est sur le disque des données`,
        'Les deux se perdraient ensemble : nommer un dossier d’un autre disque avec TEMOIN_BACKUP_DIR.',
      ),
    );
  return [...findings, await rehearsal(config.data, localDayOf(now))];
}

async function rehearsal(data: string, today: ReturnType<typeof localDayOf>): Promise<Finding> {
  const what = 'rehearsal';
  const last = await lastRehearsal(data);
  const stale = last !== undefined && plusDays(localDayOf(last.at), REHEARSED_DAYS) < today;
  if (last?.sound && !stale) return ok(what, `une sauvegarde a été restaurée pour essai le ${last.at}`);
  const how = 'temoin backup rehearse SAUVEGARDE';
  if (last === undefined) return note(what, 'aucune sauvegarde n’a jamais été restaurée', how);
  return note(what, `${last.at} : ${last.sound ? 'il y a longtemps' : 'ÉCHEC'}`, how);
}

async function custody(config: Installation['config']): Promise<Finding> {
  const what = 'custodians';
  const custodians = await readCustodians(config).catch(() => undefined);
  const how = 'Sans elle rien de scellé ne se lit : temoin keys export';
  if (custodians === undefined) return fault(what, 'leur liste est abîmée', how);
  if (custodians.length === 0) return note(what, 'personne d’autre n’a la clé racine', how);
  const names = custodians.map(({ name }) => name).join(', ');
  return (await sameVolume(config.recoveryDir, config.data))
    ? note(what, names, 'Leurs copies scellées sont sur le disque des données : voir TEMOIN_RECOVERY_DIR.')
    : ok(what, names);
}

async function nightly({ nightlyAt, data }: Installation['config']): Promise<Finding> {
  const what = 'nightly run';
  if (nightlyAt === undefined) return note(what, 'arrêté', 'Rien ne part de soi-même : temoin retention run');
  const record = await nightMemory(data).load();
  if (record === undefined) return ok(what, `à ${nightlyAt}, pas encore eu lieu`);
  return ok(what, `à ${nightlyAt} ; dernier : ${record.night} (${record.through.join(', ') || 'commencé'})`);
}
