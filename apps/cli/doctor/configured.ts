import { access, stat, statfs } from 'node:fs/promises';
import type { Configuration } from '../../composition/configuration.js';
import { isReadableOnTheWay, type StoreChoice } from '../../composition/store-choice.js';
import { type Finding, fault, note, ok } from './finding.js';

const GIB = 1024 ** 3;

/** What the settings say, without asking anything of anybody. */
export function configured(config: Configuration): readonly Finding[] {
  const store = (what: string, choice: StoreChoice): Finding =>
    isReadableOnTheWay(choice)
      ? note(
          what,
          placeOf(choice),
          choice.engine !== 'sqlite' && choice.plain
            ? 'Quiconque écoute la ligne lit aussi. Retirer tls=false, sauf si la ligne elle-même est sûre.'
            : 'Quiconque répond à la place du serveur lit aussi. Nommer le certificat de son autorité (tlsCaFile, tlsCAFile) et vérifier de nouveau.',
        )
      : ok(what, placeOf(choice));
  return [
    ok('node', process.versions.node),
    ok('data folder', `${config.data}${config.simulated ? ' (simulation)' : ''}`),
    store('event store', config.eventStore),
    store('view store', config.viewStore),
    store('key vault', config.keyVault),
    ok('root key', config.rootKey),
    ok('signing key', config.signingKey),
    ok('address', `http://${config.host}:${config.port}`),
    config.mail
      ? ok('mail server', `${config.mail.host}:${config.mail.port}`)
      : note('mail server', 'aucun', 'Les lettres attendent et s’impriment. Pour les envoyer : TEMOIN_SMTP.'),
    ...(config.traces ? [ok('traces', `vers ${new URL(config.traces.url).host}`)] : []),
  ];
}

function placeOf(choice: StoreChoice): string {
  if (choice.engine === 'sqlite') return choice.file;
  const line = choice.plain ? 'sans TLS' : choice.credulous ? 'TLS, certificat non vérifié' : 'TLS';
  return choice.engine === 'mongodb'
    ? `MongoDB à ${choice.at}, base ${choice.database}, ${line}`
    : `EventStoreDB à ${choice.at}, ${line}`;
}

/** The disk, and where the root key lies. */
export async function ofFolder(config: Configuration): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const free = await statfs(config.data).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => undefined,
  );
  if (free !== undefined) {
    const says = `${(free / GIB).toFixed(1).replace('.', ',')} Gio libres`;
    const advice = 'Faire de la place : un dépôt qui ne peut plus écrire refuse toute commande.';
    if (free < GIB / 4) findings.push(fault('disk', says, advice, free));
    else findings.push(free < GIB ? note('disk', says, advice, free) : ok('disk', says, free));
  }
  if (config.rootKey.startsWith(`${config.data}/`) && (await exists(config.rootKey)))
    findings.push(
      note(
        'root key',
        'se trouve dans le dossier des données, à côté du coffre qu’elle ouvre',
        'La laisser hors des sauvegardes de ce dossier, ou la placer ailleurs avec TEMOIN_ROOT_KEY_FILE.',
      ),
    );
  return findings;
}

export const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => access(path).then(() => true),
    () => false,
  );
