/**
 * Every rule that the software takes from the charter, one line each, declared once. Refusals and deviations name these
 * ids, test titles carry them, and the traceability page is generated from them.
 *
 * R: the command is refused · S: recorded and signalled as a deviation or a warning, never blocking · C: computed ·
 * T: shown or printed · D: documented only.
 */
export type RuleMode = 'R' | 'S' | 'C' | 'T' | 'D';

/**
 * Where the charter says it: an article's number, `preamble`, `form` (one of the four statements: `form.1`), a phase of
 * the annex; `none` when the rule is the software's own.
 */
export type RuleSource =
  | 'preamble'
  | `${number}`
  | 'form'
  | `form.${1 | 2 | 3 | 4}`
  | `annex.${'before' | 'during' | 'after'}`
  | 'none';

type Row = readonly [source: RuleSource, modes: string, text: string];

const rows = {
  'P.1': ['preamble', 'R S', 'L’appui est réservé aux adhérents.'],
  'P.2': ['preamble', 'S', 'La prise de contrôle se fait avec l’outil de télémaintenance nommé par la charte.'],
  'P.3': ['preamble', 'C', 'La charte s’applique à toute demande d’appui à distance : chacune retient sa version.'],
  '1.1a-f': ['1.1', 'R', 'Six catégories d’appui ; une demande relève d’au moins une.'],
  '1.2a': ['1.2', 'S T', 'La récupération de données n’est jamais garantie.'],
  '1.2b': ['1.2', 'R', 'Pas de création ni de saisie de contenus.'],
  '1.2c': ['1.2', 'R', 'Pas de logiciel spécialisé sans formation préalable de l’intervenant.'],
  '1.2d': ['1.2', 'R', 'Pas d’intervention sur site.'],
  '1.2e': ['1.2', 'R', 'Pas de dépannage rémunéré pour un usage commercial.'],
  '2.1': ['2.1', 'T', 'Obligation de moyens, jamais de résultat.'],
  '2.2': ['2.2', 'S', 'L’état antérieur est constaté avant la première action.'],
  '2.3a': ['2.3', 'R S', 'Sauvegarde formellement conseillée avant tout acte à risque.'],
  '2.3b': ['2.3', 'T', 'L’adhérent répond de la sauvegarde de ses données.'],
  '2.3c': ['2.3', 'D', 'Perte de données : responsabilité pour faute grave ou négligence manifeste seulement.'],
  '3.1a': ['3.1', 'R S', 'Aucune prise de contrôle sans consentement explicite, préalable et propre à l’intervention.'],
  '3.1b': ['3.1', 'R', 'Le consentement est écrit ou oral, et sa preuve est complète.'],
  '3.1c': ['3.1', 'C', 'L’adhérent refuse, arrête ou se désabonne à tout moment, sans motif.'],
  '3.2a': ['3.2', 'S', 'L’accès se limite à ce que le problème rend nécessaire.'],
  '3.2b': ['3.2', 'S', 'L’adhérent ferme ses fichiers personnels.'],
  '3.2c': ['3.2', 'C T', 'L’adhérent signale les répertoires à ne pas toucher.'],
  '3.2d': ['3.2', 'R', 'L’adhérent dit s’il y a des données confidentielles ; leur contenu n’est jamais noté.'],
  '3.3a': ['3.3', 'R S', 'Rien de ce qui est vu n’est enregistré, copié ni réutilisé.'],
  '3.3b': ['3.3', 'D', 'Aucune donnée vue n’est conservée au-delà de l’intervention.'],
  '4.1': ['4.1', 'R', 'Stricte confidentialité, sauf obligation légale.'],
  '4.2a': ['4.2', 'R', 'Le journal ne sert qu’au suivi de qualité et aux litiges ; chaque consultation a un motif.'],
  '4.2b': ['4.2', 'R', 'Aucun transfert à des tiers.'],
  '4.3': ['4.3', 'R', 'Accès, rectification et suppression s’exercent auprès du Directeur.'],
  '4.4a': ['4.4', 'R', 'La connexion de télémaintenance est chiffrée.'],
  '4.4b': ['4.4', 'R', 'Seul un intervenant habilité accède à l’ordinateur.'],
  '4.4c': ['4.4', 'C', 'Les données sont supprimées régulièrement.'],
  '5.1a': ['5.1', 'R T', 'Aucun mot de passe permanent n’est demandé ni noté.'],
  '5.1b': ['5.1', 'R S', 'Un mot de passe temporaire est changé après l’intervention.'],
  '5.1c': ['5.1', 'S', 'Un compte administrateur temporaire est supprimé après l’intervention.'],
  '5.2': ['5.2', 'R', 'Chaque intervenant a signé un engagement de confidentialité.'],
  '6.1a': ['6.1', 'D', 'Responsabilité pour les dommages directs causés par faute ou négligence manifeste.'],
  '6.1b-d': ['6.1', 'C', 'Dommages indirects, défauts préexistants et conseils non suivis sont exclus.'],
  '6.2': ['6.2', 'S', 'Une assurance de responsabilité civile couvre les dommages aux adhérents.'],
  '6.3': ['6.3', 'T S', 'L’adhérent peut saisir le médiateur ou les autorités compétentes.'],
  '7.1a': ['7.1', 'S', 'Une connexion Internet stable est nécessaire.'],
  '7.1b': ['7.1', 'S', 'Le logiciel de télémaintenance est installé et fonctionne.'],
  '7.1c': ['7.1', 'R S', 'L’adhérent est présent pour valider les actions.'],
  '7.2a': ['7.2', 'R S', 'La durée d’une intervention est limitée.'],
  '7.2b': ['7.2', 'R S', 'Les interventions ont lieu aux jours et heures d’ouverture.'],
  '7.2c': ['7.2', 'R', 'Une intervention exceptionnelle fait l’objet d’un accord préalable.'],
  '7.3a': ['7.3', 'C', 'Arrêt : l’adhérent ne coopère pas ou se montre hostile.'],
  '7.3b': ['7.3', 'C', 'Arrêt : un problème de sécurité surgit.'],
  '7.3c': ['7.3', 'C', 'Arrêt : l’intervention dépasse le champ défini.'],
  '7.3d': ['7.3', 'C', 'Arrêt : l’adhérent le demande.'],
  '7.3+': ['none', 'C', 'Arrêts hors charte : coupure technique, absence, fin du temps prévu.'],
  '8.1a': ['8.1', 'R', 'Le journal porte la date et la durée de l’intervention.'],
  '8.1b': ['8.1', 'R', 'Le journal porte l’identité de l’adhérent et le problème signalé.'],
  '8.1c': ['8.1', 'R', 'Le journal porte les principales actions et les diagnostics.'],
  '8.1d': ['8.1', 'R', 'Le journal porte l’état du système avant et après.'],
  '8.1e': ['8.1', 'R', 'Le journal porte les recommandations formulées.'],
  '8.1f': ['8.1', 'C', 'Le journal se conserve le temps prévu et se consulte en cas de litige.'],
  '8.2': ['8.2', 'C', 'Un résumé écrit est remis à la demande.'],
  '9.1': ['9.1', 'S', 'La réclamation écrite va au Directeur dans le délai prévu.'],
  '9.2': ['9.2', 'R', 'L’association enquête et propose une solution amiable.'],
  '9.3': ['9.3', 'S', 'La réclamation est formalisée dans le délai maximal.'],
  '10.1': ['10.1', 'C', 'La version de charte est montrée et acceptée à chaque consentement.'],
  '10.2': ['10.2', 'R', 'Une modification est communiquée ; on ne consent qu’à la version en vigueur.'],
  '11a-c': ['11', 'S', 'Président, Directeur et responsable du support sont nommés.'],
  '11d': ['11', 'T', 'L’assureur, la couverture et le numéro de police sont donnés.'],
  'F.0': ['form', 'R', 'Le formulaire porte le numéro d’adhésion, le nom et l’acceptation de la charte.'],
  'F.1': ['form.1', 'S', 'L’adhérent déclare avoir sauvegardé ses données importantes.'],
  'F.2': ['form.2', 'R', 'L’adhérent autorise la prise de contrôle à distance.'],
  'F.3': ['form.3', 'S', 'L’adhérent comprend que l’obligation est de moyens.'],
  'F.4': ['form.4', 'S', 'L’adhérent s’engage à ne pas contester la qualité au-delà du délai ; jamais opposé.'],
  'F.5': ['form', 'R', 'Le formulaire est daté et signé.'],
  'X.1-3': [
    'annex.before',
    'T S',
    'Avant : fermer ses applications sensibles, prévenir des secrets visibles, sauvegarder.',
  ],
  'X.4-6': ['annex.during', 'T C', 'Pendant : rester et surveiller, demander des explications, interrompre.'],
  'X.7-9': [
    'annex.after',
    'T S',
    'Après : changer les mots de passe temporaires, vérifier l’ordinateur, noter les conseils.',
  ],
} as const satisfies Record<string, Row>;

type RowId = keyof typeof rows;
/** `charter:` and the rule's row: `charter:3.1a`. */
export type RuleId = `charter:${RowId}`;

export interface Rule {
  readonly id: RuleId;
  /** Without the prefix: `3.1a`, as shown to people. */
  readonly row: string;
  readonly source: RuleSource;
  readonly modes: readonly RuleMode[];
  /** One short French sentence. */
  readonly text: string;
}

export const rules: readonly Rule[] = (Object.keys(rows) as RowId[]).map((row) => {
  const [source, modes, text] = rows[row];
  return { id: `charter:${row}`, row, source, modes: modes.split(' ') as RuleMode[], text };
});

const byId: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));

export const isRuleId = (id: string): id is RuleId => byId.has(id);

/** The rule of an id; undefined for an id that the charter's rules do not have. */
export const findRule = (id: string): Rule | undefined => byId.get(id);
