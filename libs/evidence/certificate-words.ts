import type { Certificate } from './certificate.js';

/** French for what a certificate holds as codes. An unknown code is shown as it is: the signed file alone counts. */

const causes: Readonly<Record<string, string>> = {
  erasure: 'demande d’effacement (RGPD, article 17)',
  retention: 'fin de la durée de conservation (charte, 8.1)',
  'strike-out': 'retrait d’un texte libre (charte, 3.3)',
};
export const causeOf = ({ cause }: Certificate): string => causes[cause] ?? cause;

const grounds: Readonly<Record<string, string>> = {
  'legal-claim': 'constatation, exercice ou défense de droits en justice (article 17, paragraphe 3, e)',
  'legal-obligation': 'obligation légale (article 17, paragraphe 3, b)',
  'case-in-progress': 'dossier encore en cours',
  'still-running': 'intervention en cours',
};
export const groundOf = (ground: string): string => grounds[ground] ?? ground;

const purposes: Readonly<Record<string, string>> = {
  identity: 'identité et coordonnées',
  request: 'demande d’appui',
  session: 'intervention',
  complaint: 'réclamation',
  rights: 'exercice de droits',
  letter: 'courrier',
};

/** `<subject>/session:<id>` → « intervention »; below it, one text of it. */
export function natureOf(cell: string): string {
  const [, purpose = '', text] = cell.split('/');
  const kind = purpose.split(':', 1)[0] ?? '';
  const name = kind === '' ? 'tout ce qui concerne la personne' : (purposes[kind] ?? kind);
  return text === undefined ? name : `${name} : un texte`;
}

/** Where values were asked for again. */
export function placeOf(store: string): string {
  if (store === 'events') return 'journal des faits (toutes les écritures)';
  if (store === 'exports') return 'copies remises à l’adhérent';
  return store.startsWith('view:') ? `vue «\u00a0${store.slice('view:'.length)}\u00a0»` : store;
}

const moments = new Intl.DateTimeFormat('fr-FR', {
  dateStyle: 'full',
  timeStyle: 'medium',
  timeZone: 'Europe/Paris',
});
const days = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'full', timeZone: 'UTC' });

/** « mercredi 10 juin 2026 à 10:00:00 », in Paris; a day alone without time. What is no date is shown as it is. */
export function spelled(date: string): string {
  const time = Date.parse(date);
  if (Number.isNaN(time)) return date;
  return date.length === 10 ? days.format(time) : `${moments.format(time)}, heure de Paris`;
}
