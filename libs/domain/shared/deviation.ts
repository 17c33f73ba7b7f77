import type { RuleId } from '../charter/rules.js';

/** A fact that breaks a rule (« écart »): recorded all the same, shown with the rule, commented by the support lead. */
export interface DeviationKind {
  readonly code: DeviationCode;
  readonly rule: RuleId;
  /** A serious one alerts the Director. */
  readonly serious: boolean;
  /** Short French name. */
  readonly text: string;
}

export const deviationCodes = [
  'no-consent',
  'consent-after-start',
  'out-of-hours',
  'overrun',
  'split-sessions',
  'outside-scope',
  'no-backup-answer',
  'absence',
  'unhabilitated-technician',
  'late-recording',
  'credential-follow-up-open',
  'report-late',
  'stale-charter',
] as const;
export type DeviationCode = (typeof deviationCodes)[number];

type Row = readonly [rule: RuleId, serious: boolean, text: string];

const rows: Readonly<Record<DeviationCode, Row>> = {
  'no-consent': ['charter:3.1a', true, 'Intervention sans consentement'],
  'consent-after-start': ['charter:3.1a', true, 'Consentement donné après le début'],
  'out-of-hours': ['charter:7.2b', false, 'Intervention hors des jours ou heures d’ouverture'],
  overrun: ['charter:7.2a', false, 'Durée dépassée'],
  'split-sessions': ['charter:7.2a', false, 'Plusieurs interventions le même jour'],
  'outside-scope': ['charter:3.2a', false, 'Action hors du périmètre'],
  'no-backup-answer': ['charter:2.3a', false, 'Acte à risque sans réponse sur la sauvegarde'],
  absence: ['charter:7.1c', false, 'Adhérent absent pendant l’intervention'],
  'unhabilitated-technician': ['charter:4.4b', true, 'Intervenant sans habilitation ou sans engagement'],
  'late-recording': ['charter:8.1a', false, 'Enregistrement tardif'],
  'credential-follow-up-open': ['charter:5.1b', false, 'Accès temporaire non refermé'],
  'report-late': ['charter:8.2', false, 'Rapport remis en retard'],
  'stale-charter': ['charter:10.2', false, 'Consentement sur une version de charte dépassée'],
};

export const deviationKinds: readonly DeviationKind[] = deviationCodes.map((code) => deviationKind(code));

export function deviationKind(code: DeviationCode): DeviationKind {
  const [rule, serious, text] = rows[code];
  return { code, rule, serious, text };
}
