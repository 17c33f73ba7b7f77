import type { CivilTime } from '#domain/calendar/civil-time.js';
import { frenchMoment } from '#domain/deadlines/french-date.js';
import type { BreachKind, RiskLevel, TellingExemption } from '#domain/incident/codes.js';
import type { Opened } from '#kernel/sealed.js';
import type { IncidentDocument } from '#views/incidents.js';
import type { Unsealed } from '#views/query.js';
import { heading, type Letter, type LetterBlock, list, text } from '../documents/letter.js';
import type { IncidentEffect } from './incident-effects.js';

const kindWords: Readonly<Record<BreachKind, string>> = {
  confidentiality: 'confidentialité (des données ont pu être lues)',
  integrity: 'intégrité (des données ont pu être modifiées)',
  availability: 'disponibilité (des données ont été perdues ou inaccessibles)',
};
const riskWords: Readonly<Record<RiskLevel, string>> = { unlikely: 'improbable', risk: 'présent', high: 'élevé' };
const exemptionWords: Readonly<Record<TellingExemption, string>> = {
  'protected-data': 'les données étaient illisibles pour qui y a eu accès (RGPD, article 34(3)(a))',
  'risk-removed': 'le risque élevé a été écarté depuis (RGPD, article 34(3)(b))',
  'public-communication': 'une communication publique en tient lieu (RGPD, article 34(3)(c))',
};

/** Kinds of data by what is sealed under a cell: what article 33(3)(a) asks for, without a word of it. */
const cellWords: Readonly<Record<string, string>> = {
  member: 'toutes les données de la personne',
  identity: 'identité et coordonnées',
  session: 'journal d’une intervention',
  request: 'demande d’appui',
  complaint: 'réclamation',
  rights: 'exercice d’un droit',
};

/** The card of one breach, in the order in which the CNIL asks (GDPR 33(3)). What is erased or not yet said is told so. */
export function incidentCard(
  one: Unsealed<IncidentDocument>,
  effects: readonly IncidentEffect[],
  time: CivilTime,
): Letter {
  const moment = (at: Parameters<typeof frenchMoment>[0]) => frenchMoment(at, time);
  const persons = new Set(effects.map(({ cell }) => cell.split('/', 1)[0])).size;
  const categories = [...new Set(effects.map(({ kind }) => cellWords[kind] ?? 'autre donnée'))].sort();
  const blocks: LetterBlock[] = [
    text(
      `Référence : ${one.incidentId}. Prise de connaissance : ${moment(one.awareAt)}. Au registre : ${moment(one.recordedAt)}.`,
    ),
    text(`Notification à la CNIL : ${one.derivation}.`),
    text('Point de contact : le Directeur de l’association, à défaut le Président (RGPD, article 33(3)(b)).'),
    heading('Nature de la violation'),
    list(one.kinds.map((kind) => kindWords[kind])),
    text(words(one.nature)),
    heading('Personnes et données touchées'),
    list([
      `Personnes désignées : ${persons}${one.personsAbout === undefined ? '' : ` ; nombre approximatif indiqué : ${one.personsAbout}`}`,
      `Interventions : ${one.sessionIds.length}`,
      `Catégories de données : ${categories.length === 0 ? 'pas encore connues' : categories.join(' ; ')}`,
      `Dossiers : ${effects.length}, dont détruits depuis : ${effects.filter(({ standing }) => standing === 'destroyed').length}`,
    ]),
    heading('Conséquences probables'),
    text(words(one.consequences)),
    heading('Mesures prises'),
    text(words(one.measures)),
    heading('Appréciation du risque'),
    ...(one.assessments.length === 0 ? [text(MISSING)] : []),
    ...one.assessments.map(({ risk, reasons, assessedAt }) =>
      text(`${moment(assessedAt)} : risque ${riskWords[risk]}. ${words(reasons)}`),
    ),
    heading('Notifications à la CNIL'),
    ...(one.notifications.length === 0 ? [text('Aucune.')] : []),
    ...one.notifications.flatMap((sent) => [
      text(
        `${sent.stage === 'first' ? 'Première notification' : 'Complément'}, ${moment(sent.notifiedAt)}${sent.late ? ', après le délai' : ''}${sent.authorityReference === undefined ? '' : `, dossier ${sent.authorityReference}`} : ${words(sent.content)}`,
      ),
      ...(sent.delayReasons === undefined ? [] : [text(`Motifs du retard : ${words(sent.delayReasons)}`)]),
    ]),
    heading('Information des personnes'),
    ...(one.notices.length === 0 && one.exemption === undefined ? [text('Aucune.')] : []),
    ...one.notices.map((told) =>
      text(`${moment(told.toldAt)}, ${told.toldIds.length} personne(s) : ${words(told.message)}`),
    ),
    ...(one.exemption === undefined
      ? []
      : [text(`Non prévenues : ${exemptionWords[one.exemption.ground]}. ${words(one.exemption.reasons)}`)]),
    heading('Clôture'),
    text(one.closedAt === undefined ? 'Incident ouvert.' : `${moment(one.closedAt)}. ${words(one.conclusion)}`),
  ];
  return { title: 'Fiche de violation de données personnelles', blocks };
}

const MISSING = 'Pas encore renseigné.';
const words = (one: Opened<unknown> | undefined): string =>
  one === undefined ? MISSING : one.state === 'present' ? String(one.value) : 'Effacé.';
