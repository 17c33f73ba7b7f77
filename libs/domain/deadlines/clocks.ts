import type { CharterParameters } from '#domain/charter/parameters.js';
import type { ClockCode, ClockRule, Length } from './clock-rule.js';

/** What the association may set itself; the charter and the law leave these open. */
export interface ClockSettings {
  readonly acknowledgementWorkingDays: number;
  readonly proposalDays: number;
  readonly deviationReviewWorkingDays: number;
  /** 72 by GDPR 33(1); a setting because a change of the law is under discussion. */
  readonly breachHours: number;
  readonly backupDays: number;
  /** Until a temporary password is changed, a temporary account removed. */
  readonly credentialDays: number;
  /** After a stop for security: well before the 72 hours that may follow. */
  readonly triageHours: number;
  /** The association holds that consumer mediation applies to it (L612-1): only then do the mediator’s clocks run (A9). */
  readonly consumerMediation: boolean;
}

export const defaultClockSettings: ClockSettings = {
  acknowledgementWorkingDays: 5,
  proposalDays: 30,
  deviationReviewWorkingDays: 5,
  breachHours: 72,
  backupDays: 31,
  credentialDays: 3,
  triageHours: 24,
  consumerMediation: false,
};

type Read = (parameters: CharterParameters, settings: ClockSettings) => Length;
type Row = readonly [name: string, source: string, length: Read, shifts: boolean];

const days = (count: number): Length => ({ unit: 'days', count });
const workingDays = (count: number): Length => ({ unit: 'working-days', count });
const months = (count: number): Length => ({ unit: 'months', count });
const hours = (count: number): Length => ({ unit: 'hours', count });

const rows: Readonly<Record<ClockCode, Row>> = {
  'consent-validity': ['Validité du consentement', 'article 3.1', () => days(0), false],
  session: ['Durée de l’intervention', 'article 7.2', (p) => ({ unit: 'minutes', count: p.sessionMinutes }), false],
  'prompt-complaint': ['Réclamation rapide', 'article 9.1', (p) => days(p.complaintWindowDays), true],
  'formal-complaint': ['Réclamation formalisée', 'article 9.3', (p) => months(p.outerLimitMonths), false],
  'complaint-acknowledgement': [
    'Accusé de réception d’une réclamation',
    'règle de l’association',
    (_, s) => workingDays(s.acknowledgementWorkingDays),
    true,
  ],
  'complaint-proposal': ['Proposition amiable', 'règle de l’association', (_, s) => days(s.proposalDays), true],
  'mediator-wait': ['Saisine du médiateur possible', 'code de la consommation, L612-2', () => months(2), false],
  'mediator-referral': [
    'Saisine du médiateur au plus tard',
    'code de la consommation, L612-2',
    () => months(12),
    false,
  ],
  'mediator-admissibility': [
    'Le médiateur dit si la demande est recevable',
    'code de la consommation, L612-2',
    () => days(21),
    false,
  ],
  'mediator-outcome': ['Issue de la médiation', 'code de la consommation, R612-5', () => days(90), false],
  'rights-answer': ['Réponse à une demande de droits', 'RGPD, article 12(3)', () => months(1), true],
  'rights-answer-extended': ['Réponse prolongée à une demande de droits', 'RGPD, article 12(3)', () => months(3), true],
  'breach-notification': [
    'Notification d’une violation de données',
    'RGPD, article 33(1)',
    (_, s) => hours(s.breachHours),
    false,
  ],
  'journal-retention': ['Conservation du journal', 'article 8.1', (p) => months(p.journalRetentionMonths), false],
  'access-log': ['Conservation des consultations', 'règle de l’association', () => months(12), false],
  'backup-rotation': ['Rotation des sauvegardes', 'règle de l’association', (_, s) => days(s.backupDays), false],
  'hold-review': ['Réexamen du gel', 'règle de l’association', () => months(6), true],
  'deviation-review': [
    'Commentaire d’un écart',
    'règle de l’association',
    (_, s) => workingDays(s.deviationReviewWorkingDays),
    true,
  ],
  'follow-up': ['Message de suivi', 'annexe, après l’intervention', () => days(1), false],
  'credential-change': [
    'Accès temporaire à refermer',
    'article 5.1, règle de l’association',
    (_, s) => days(s.credentialDays),
    false,
  ],
  'breach-triage': [
    'Des données ont-elles pu être touchées ?',
    'article 7.3, règle de l’association',
    (_, s) => hours(s.triageHours),
    false,
  ],
  'undertaking-renewal': ['Engagement de confidentialité à renouveler', 'article 5.2', () => months(12), false],
};

export const clockCodes = Object.keys(rows) as ClockCode[];

/** The rule of one clock under a version of the charter and the association's settings. */
export function clockRule(
  code: ClockCode,
  parameters: CharterParameters,
  settings: ClockSettings = defaultClockSettings,
): ClockRule {
  const [name, source, length, shifts] = rows[code];
  return { code, name, source, length: length(parameters, settings), shifts };
}
