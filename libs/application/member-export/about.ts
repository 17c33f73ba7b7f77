import type { CivilTime } from '#domain/calendar/civil-time.js';
import { charter } from '#domain/charter/charter.js';
import { fallbackParameters } from '#domain/charter/parameters.js';
import { versionInForce } from '#domain/charter/state.js';
import type { Instant } from '#kernel/time.js';
import type { StateReader } from '../command.js';
import { memberRetention } from '../registers/retention-words.js';
import type { MemberExport } from './export-data.js';

/** Events by which something of a member left the association. */
const DISCLOSURES = ['MediationReferred', 'AuthorityReferred', 'InsurerNotified', 'FileDisclosed'];

interface AboutDeps {
  readonly reader: StateReader;
  readonly time: CivilTime;
  readonly now: Instant;
}

/**
 * What goes with a copy (GDPR 15(1)): purposes, categories, recipients, periods, source, rights. Subscribers of the feed are
 * named behind the first recipient when the copy is opened.
 * @param categories kinds of data that the copy holds, in the words of the processing register
 * @param types types of the events in the copy
 */
export async function aboutProcessing(
  { reader, time, now }: AboutDeps,
  categories: readonly string[],
  types: readonly string[],
): Promise<MemberExport['about']> {
  const versions = await reader.state(charter, 'association');
  const parameters = versionInForce(versions, time.toLocal(now).date)?.parameters ?? fallbackParameters;
  const months = parameters.journalRetentionMonths;
  const disclosed = types.filter((type) => DISCLOSURES.includes(type)).length;
  return {
    purposes: [
      'Rendre le service d’appui technique demandé et en tenir le journal (charte, articles 1 et 8.1).',
      'Prouver le consentement à chaque intervention (charte, article 3.1).',
      'Suivre la qualité du service et traiter les réclamations et les litiges (charte, articles 4.2 et 9).',
      'Répondre à l’exercice de vos droits (charte, article 4.3).',
    ],
    categories: [...categories].sort(),
    recipients: [
      'Au sein de l’association, les seules personnes habilitées : Directeur, Président, responsable support, intervenants, auditeur. Chaque consultation de votre dossier est relevée ci-dessous avec son motif.',
      disclosed === 0
        ? 'Aucune remise de votre dossier à un tiers n’est enregistrée.'
        : `Remises à un tiers : ${disclosed}, relevées ci-dessous avec leur motif.`,
      'Aucun transfert hors de l’Union européenne n’est fait par ce logiciel.',
    ],
    periods: [
      { what: 'Journal et consentement d’une intervention', howLong: `${months} mois à compter de sa fin` },
      { what: 'Relevé des consultations', howLong: '12 mois' },
      {
        what: 'Ce qui est gelé pour un litige',
        howLong: 'le temps du litige, réexaminé tous les six mois, cinq ans au plus',
      },
      { what: 'Dossier d’exercice d’un droit', howLong: `${months} mois à compter de sa fin` },
      { what: 'Réclamation', howLong: `${months} mois à compter de sa fin` },
      { what: 'Identité et coordonnées', howLong: memberRetention(months) },
    ],
    source:
      'Vous-même ou la personne qui vous représente, et les intervenants pour ce qu’ils ont constaté et fait. Aucune décision n’est prise de façon automatique.',
    rights: [
      'Accès, rectification, effacement, limitation, portabilité, opposition : auprès du Directeur, par tout moyen.',
      'Réclamation auprès de la CNIL, 3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07, www.cnil.fr/fr/plaintes.',
    ],
  };
}
