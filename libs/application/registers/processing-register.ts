import type { SubscriberTopic } from '#domain/subscriber/codes.js';
import { htmlPage, inFrench } from '../documents/letter.js';
import { categoryWords } from '../member-export/category-words.js';
import { type Activity, activities } from './activities.js';

/** An activity as the register shows it. */
export interface RegisterEntry {
  readonly code: string;
  readonly name: string;
  readonly purpose: string;
  readonly legalBasis: string;
  readonly persons: string;
  /** French: kinds of personal data, from the declarations of the events. */
  readonly categories: readonly string[];
  /** Types of the events that carry such data. */
  readonly events: readonly string[];
  readonly recipients: readonly string[];
  readonly retention: string;
}

export interface ProcessingRegister {
  readonly controller: string;
  readonly entries: readonly RegisterEntry[];
  /** General description of the measures (GDPR 30(1)(g)). */
  readonly measures: readonly string[];
  readonly transfers: string;
}

/** Somebody who is given the feed, in French words, and what of. */
export interface NamedRecipient {
  readonly words: string;
  readonly topics: readonly SubscriberTopic[];
}

/** Of which activity a subscriber is told something. */
const ACTIVITY: Readonly<Record<SubscriberTopic, string>> = {
  consent: 'support',
  session: 'support',
  request: 'support',
  complaint: 'complaints',
};

const MEASURES = [
  'Chaque texte personnel est chiffré sous une clé propre à la personne et au dossier ; l’effacement détruit la clé.',
  'Chaque rôle ne voit que ce qui lui sert ; chaque consultation d’un dossier a un motif et est relevée.',
  'Aucune copie d’écran, aucun fichier, aucun mot de passe n’est enregistré.',
  'Sauvegardes vérifiées, gardées 31 jours au plus ; purge chaque nuit, avec certificat d’effacement.',
];

/**
 * The register of GDPR 30, made from the declarations of the events: a new personal field is in it without anybody
 * thinking of it.
 * @param months how long journals are kept under the charter in force
 * @param subscribers who is given the feed now; none where the register is not that of an installation
 */
export function processingRegister(months: number, subscribers: readonly NamedRecipient[] = []): ProcessingRegister {
  const of = (code: string) =>
    subscribers.filter(({ topics }) => topics.some((topic) => ACTIVITY[topic] === code)).map(({ words }) => words);
  return {
    controller: 'L’association, représentée par son Président ; contact pour les droits : le Directeur.',
    entries: activities.map((one) => {
      const { recipients, ...rest } = entry(one, months);
      return { ...rest, recipients: [...recipients, ...of(one.code)] };
    }),
    measures: MEASURES,
    transfers: 'Ce logiciel ne transfère aucune donnée hors de l’Union européenne.',
  };
}

function entry({ aggregates, retention, ...told }: Activity, months: number): RegisterEntry {
  const marked = aggregates
    .flatMap(({ events }) => events)
    .map(({ type, data }) => ({ type, marks: Object.values(data).flatMap(({ personal }) => personal ?? []) }))
    .filter(({ marks }) => marks.length > 0);
  const found = new Set(
    marked.flatMap(({ marks }) => marks.map(({ category }) => categoryWords[category] ?? category)),
  );
  return {
    ...told,
    categories: [...found].sort(),
    events: marked.map(({ type }) => type).sort(),
    retention: retention(months),
  };
}

/** For printing and for the CNIL. */
export function registerHtml({ controller, entries, measures, transfers }: ProcessingRegister): string {
  const row = (name: string, words: string) =>
    `<tr><th scope="row">${inFrench(name)}</th><td>${inFrench(words)}</td></tr>`;
  const sections = entries.map(
    (one) => `<section>
<h2>${inFrench(one.name)}</h2>
<table>
${row('Finalité', one.purpose)}
${row('Base légale', one.legalBasis)}
${row('Personnes concernées', one.persons)}
${row('Catégories de données', one.categories.length === 0 ? 'aucune' : one.categories.join(' ; '))}
${row('Destinataires', one.recipients.join(' ; '))}
${row('Durée de conservation', one.retention)}
</table>
</section>`,
  );
  const title = 'Registre des activités de traitement (RGPD, article 30)';
  const body = [
    `<h1>${inFrench(title)}</h1>`,
    `<p>Responsable du traitement : ${inFrench(controller)}</p>`,
    `<p>${inFrench(transfers)}</p>`,
    ...sections,
    `<h2>Mesures de sécurité</h2>\n<ul>\n${measures.map((one) => `<li>${inFrench(one)}</li>`).join('\n')}\n</ul>`,
  ];
  return htmlPage(title, body.join('\n'));
}
