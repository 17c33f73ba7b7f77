import type { AmendmentChannel, ParameterName } from '#domain/charter/parameters.js';
import type { ConsentMode, InterruptionReason, NotObservedReason, Outcome, RiskClass } from '#domain/session/codes.js';
import type { ConsentState } from '#views/consents-queries.js';
import type { JournalDocument, JournalStatus } from '#views/journal-document.js';

/** What the codes of the API are called in French. A code that is added does not compile until it has its words. */
const words = {
  status: {
    prepared: 'préparée',
    running: 'en cours',
    paused: 'en pause',
    ended: 'terminée, à clore',
    closed: 'close',
  } satisfies Record<JournalStatus, string>,
  outcome: {
    resolved: 'résolu',
    partly: 'résolu en partie',
    not: 'non résolu',
    transferred: 'transmis',
  } satisfies Record<Outcome, string>,
  mode: { written: 'écrit', oral: 'oral' } satisfies Record<ConsentMode, string>,
  consent: {
    live: 'valable',
    used: 'utilisé',
    withdrawn: 'retiré',
    refused: 'refusé',
    lapsed: 'périmé',
    void: 'sans effet',
  } satisfies Record<ConsentState, string>,
  consentOfSession: {
    given: 'donné',
    refused: 'refusé',
    withdrawn: 'retiré',
    none: 'aucun',
    'before-start': 'donné avant le début, noté après coup',
    'after-start': 'donné après le début',
  } satisfies Record<NonNullable<JournalDocument['consent']>, string>,
  interruption: {
    MEMBER_REQUEST: 'à la demande de l’adhérent (7.3 d)',
    HOSTILITY: 'attitude hostile (7.3 a)',
    SECURITY: 'problème de sécurité (7.3 b)',
    OUT_OF_SCOPE: 'hors du périmètre (7.3 c)',
    TECHNICAL: 'coupure technique (hors charte)',
    ABSENCE: 'adhérent absent (hors charte)',
    TIME_LIMIT: 'durée atteinte (hors charte)',
  } satisfies Record<InterruptionReason, string>,
  notObserved: {
    'session-cut': 'intervention coupée',
    'no-access': 'pas d’accès',
    'member-request': 'à la demande de l’adhérent',
    'no-time': 'pas le temps',
    'recorded-afterwards': 'notée après coup',
    other: 'autre raison',
  } satisfies Record<NotObservedReason, string>,
  risk: {
    none: '',
    'major-update': 'mise à jour majeure',
    'registry-cleaning': 'nettoyage du registre',
    reset: 'réinitialisation',
  } satisfies Record<RiskClass, string>,
  parameter: {
    sessionMinutes: 'durée d’une intervention, en minutes',
    openingDays: 'jours d’ouverture',
    opensAt: 'ouverture',
    closesAt: 'fermeture',
    complaintWindowDays: 'délai d’une réclamation, en jours',
    outerLimitMonths: 'délai maximal, en mois',
    journalRetentionMonths: 'conservation du journal, en mois',
    amendmentChannels: 'annonce d’une modification',
  } satisfies Record<ParameterName, string>,
  channel: { email: 'courriel', site: 'site', post: 'courrier' } satisfies Record<AmendmentChannel, string>,
} as const;

/** The words of a code; the code itself where the service is newer than these words, a dash where there is none. */
export function label(kind: keyof typeof words, code: unknown): string {
  if (code === undefined || code === null) return '—';
  return (words[kind] as Readonly<Record<string, string>>)[String(code)] ?? String(code);
}

const DAYS = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'];

/** The value of a parameter of the charter. */
export function parameterValue(name: string, value: unknown): string {
  if (!Array.isArray(value)) return String(value);
  if (name === 'openingDays') return value.map((day: number) => DAYS[day - 1] ?? String(day)).join(', ');
  return value.map((one) => label('channel', one)).join(', ');
}
