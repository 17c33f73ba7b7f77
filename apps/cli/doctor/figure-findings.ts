import { sealedWithin } from '#application/erasure/sealed-within.js';
import type { Temoin, ViewLag } from '#application/temoin.js';
import type { CellId, Sealed } from '#kernel/sealed.js';
import { mailQueue } from '#views/mail-queue.js';
import { COUNTED, lackingOf, secondsSince } from '../../composition/figures.js';
import type { Installation } from '../../composition/installation.js';
import { WORKER } from '../../composition/owning.js';
import { feedFindings } from './feed-findings.js';
import { counted, type Finding, fault, lasting, note, ok } from './finding.js';
import { figuresOf, type ServiceSeen } from './of-service.js';

/** As the alerts say it: docs/guides/alerts. */
const LAG_IS_LONG = 60;
const MAIL_IS_LATE = 4 * 3600;
/** Values opened to see whether they do, at the most. */
const TRIED = 60;
const ANSWER_WITHIN_MS = 15_000;

/** The figures that `/metrics` shows, read from the stores themselves: also where no service runs. */
export async function figureFindings(
  { temoin, config }: Pick<Installation, 'temoin' | 'config'>,
  seen: ServiceSeen,
): Promise<readonly Finding[]> {
  const silent = await silentStores(temoin);
  const stores = ['event-store', 'view-store', 'key-vault'].map((name) =>
    silent.has(name)
      ? fault(
          name,
          'ne répond pas',
          'Son serveur est-il debout, son fichier lisible, le disque plein ? Le journal du service en dit plus.',
        )
      : ok(name, 'oui'),
  );
  if (silent.has('event-store') || silent.has('view-store')) return stores;
  const lags: Finding[] = [];
  for (const view of await temoin.lag()) lags.push(await lagFinding(temoin, view, seen.runs));
  return [
    ...stores,
    await holder(temoin, seen.runs),
    ...lags,
    ...(await openings(temoin, seen)),
    ...(await mail(temoin, config.mail !== undefined)),
    ...(await feedFindings(temoin)),
  ];
}

/** Each is asked something small; how far the views are takes longer on a busy server, and says nothing of whether it answers. */
async function silentStores({ eventStore, viewStore, keyVault }: Temoin): Promise<ReadonlySet<string>> {
  const silent = new Set<string>();
  const ask = async (name: string, question: () => Promise<unknown>): Promise<void> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('no answer in time')), ANSWER_WITHIN_MS);
    });
    await Promise.race([question(), late]).catch(() => silent.add(name));
    clearTimeout(timer);
  };
  await Promise.all([
    ask('event-store', () => eventStore.head()),
    ask('view-store', () => viewStore.leases(WORKER)),
    ask('key-vault', () => keyVault.lookup(['readiness/identity' as CellId])),
  ]);
  return silent;
}

async function lagFinding(temoin: Temoin, lag: ViewLag, runs: boolean): Promise<Finding> {
  const { view, applied, head, caughtUp, parked } = lag;
  const what = `view ${view}`;
  if (parked > 0)
    return fault(
      what,
      `laisse de côté ${counted(parked, 'flux', 'flux')}`,
      `Un fait n’a pas pu être projeté. Après une mise à jour qui le répare : temoin rebuild ${view}`,
      parked,
    );
  if (caughtUp) return ok(what, 'à jour', 0);
  const { events, first } = await lackingOf(temoin, view, applied, head);
  const seconds = first === undefined ? 0 : secondsSince(recordedAt(temoin, first), temoin.clock.now());
  const many = events >= COUNTED ? `au moins ${COUNTED}` : String(events);
  const says = `en retard de ${many} ${events < 2 ? 'fait' : 'faits'}, depuis ${lasting(seconds)}`;
  if (!runs) return note(what, says, 'Elle se met à jour au démarrage du service.', events);
  return seconds > LAG_IS_LONG
    ? fault(what, says, 'Voir le travail de fond ci-dessus et le journal du service ; sinon, le redémarrer.', events)
    : note(what, says, 'Regarder de nouveau dans un instant.', events);
}

const recordedAt = (temoin: Temoin, stored: Parameters<Temoin['decode']>[0]) => {
  try {
    return temoin.decode(stored).meta.recordedAt;
  } catch {
    // of a newer version: how long ago is not known
    return temoin.clock.now();
  }
};

/** Who projects, sends and destroys: one process, by its lease in the store of the views. */
async function holder({ viewStore }: Temoin, runs: boolean): Promise<Finding> {
  const what = 'background';
  const lease = (await viewStore.leases(WORKER)).find(({ name }) => name === WORKER);
  if (lease)
    return ok(
      what,
      `tenu par ${lease.owner}, encore ${lasting(lease.leftMs / 1000)} sans renouvellement`,
      lease.leftMs,
    );
  if (!runs) return note(what, 'tenu par personne', 'Rien n’est projeté, envoyé ni effacé tant que rien ne tourne.');
  return fault(
    what,
    'tenu par personne',
    'Un processus worker ou all doit tourner. S’il vient de démarrer, regarder dans dix secondes.',
  );
}

/**
 * Opens some values of the views, as a query would, and looks at nothing but whether they answer. What it opened is dropped at
 * once: nobody consults anything.
 */
async function openings(temoin: Temoin, { figures }: ServiceSeen): Promise<readonly Finding[]> {
  const what = 'opening';
  const values: Sealed<unknown>[] = [];
  for (const { schema } of temoin.views)
    for (const { name } of schema.collections) {
      if (values.length >= TRIED) break;
      const { documents } = await temoin.viewStore.find(schema, { collection: name, limit: 2 });
      values.push(...documents.flatMap(({ document }) => sealedWithin(document)).slice(0, 4));
    }
  const answers = await temoin.freshOpener().open(values.slice(0, TRIED));
  const faults = answers.flatMap((one) => (one.state === 'unreadable' ? [one.fault] : []));
  const findings: Finding[] = [
    faults.length === 0
      ? ok(what, `${counted(answers.length, 'valeur essayée', 'valeurs essayées')}, aucune illisible`, 0)
      : fault(
          what,
          `${counted(faults.length, 'valeur illisible', 'valeurs illisibles')} sur ${answers.length} (${[...new Set(faults)].join(', ')})`,
          'Ce n’est pas un effacement. La clé racine est-elle celle de ce coffre, le coffre répond-il ? docs/guides/alerts/VaultUnreadable.md',
          faults.length,
        ),
  ];
  const since = [...figuresOf(figures ?? '', 'temoin_vault_opens_total', 'result')].filter(
    ([result, count]) => result !== 'present' && result !== 'erased' && count > 0,
  );
  const failed = since.reduce((sum, [, count]) => sum + count, 0);
  if (failed > 0)
    findings.push(
      note(
        what,
        `${counted(failed, 'ouverture manquée', 'ouvertures manquées')} depuis le démarrage du service (${since.map(([result]) => result).join(', ')})`,
        'docs/guides/alerts/VaultUnreadable.md',
        failed,
      ),
    );
  return findings;
}

async function mail({ viewStore, clock }: Temoin, hasServer: boolean): Promise<readonly Finding[]> {
  const what = 'mail';
  const { waiting, waitingSince, toPrint } = await mailQueue(viewStore);
  const findings: Finding[] = [];
  if (waitingSince === undefined) findings.push(ok(what, 'aucune lettre en attente', 0));
  else {
    const seconds = secondsSince(waitingSince, clock.now());
    const says = `${counted(waiting, 'lettre')} en attente, la plus ancienne depuis ${lasting(seconds)}`;
    if (seconds <= MAIL_IS_LATE) findings.push(ok(what, says, waiting));
    else if (hasServer)
      findings.push(
        fault(what, says, 'Le serveur de messagerie ne les prend pas : docs/guides/alerts/MailWaits.md', waiting),
      );
    else
      findings.push(
        note(what, says, 'Sans serveur de messagerie elles s’impriment : GET /letters?standing=waiting', waiting),
      );
  }
  const { 'no-address': noAddress, returned, ...failures } = toPrint;
  const failed = Object.values(failures).reduce((sum, one) => sum + one, 0);
  const list = 'GET /letters?standing=to-print ; docs/guides/alerts/MailUndelivered.md';
  if (failed > 0)
    findings.push(note(what, `${counted(failed, 'lettre')} non parties, à imprimer ou à renvoyer`, list, failed));
  if (returned > 0)
    findings.push(note(what, `${counted(returned, 'lettre revenue', 'lettres revenues')}`, list, returned));
  if (noAddress > 0)
    findings.push(
      note(
        what,
        `${counted(noAddress, 'lettre')} sans adresse, à imprimer`,
        'GET /letters?standing=to-print',
        noAddress,
      ),
    );
  return findings;
}
