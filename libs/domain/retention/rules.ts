import type { CellPurpose } from '#kernel/field.js';

/** What is kept for a time: one key cell with all that lies below it. */
export const keptKinds = [
  'session',
  'request',
  'complaint',
  'rights',
  'member',
  'staff',
  'insurance',
  'mediator',
  'processor',
  'subscriber',
  'incident',
] as const;
export type KeptKind = (typeof keptKinds)[number];

/** How long one kind is kept, since when, and why that long. A hold suspends each of them. */
export interface RetentionRule {
  /** `journal`: as the charter version says (8.1). */
  readonly months: number | 'journal';
  /** French, with its article: what the period begins after. */
  readonly from: string;
  /** French: law or article behind the length. */
  readonly basis: string;
}

const JOURNAL = { months: 'journal', basis: 'charte, article 8.1' } as const;
/** Limitation of civil claims; a hold lasts five years at most (A6). */
const FIVE_YEARS = 60;

export const retentionRules: Readonly<Record<KeptKind, RetentionRule>> = {
  session: { ...JOURNAL, from: 'la fin de l’intervention' },
  request: { ...JOURNAL, from: 'le dernier acte de la demande, ou la fin du journal qui en est issu' },
  complaint: { ...JOURNAL, from: 'la fin de la réclamation' },
  rights: { ...JOURNAL, from: 'la fin du dossier' },
  // as long as the journals that name the member; the CNIL gives former members of an association no period of their own
  member: {
    months: 12,
    from: 'le départ de l’association, tous les dossiers étant purgés',
    basis: 'durée du journal (charte, article 8.1)',
  },
  staff: {
    months: FIVE_YEARS,
    from: 'la fin de la dernière fonction, habilitation ou clé d’accès',
    basis: 'prescription civile (code civil, article 2224) : qui est intervenu doit pouvoir être dit',
  },
  insurance: {
    months: FIVE_YEARS,
    from: 'le dernier jour de garantie',
    basis: 'délai de réclamation après la fin du contrat (code des assurances, article L124-5)',
  },
  mediator: {
    months: 12,
    from: 'le dernier jour de la fiche',
    basis: 'un an pour saisir le médiateur (code de la consommation, article L612-2)',
  },
  processor: {
    months: FIVE_YEARS,
    from: 'le dernier jour de la fiche',
    basis: 'preuve du contrat (RGPD, articles 5(2) et 28 ; code civil, article 2224)',
  },
  // as long as the log of who consulted what: who was given data can be told with it
  subscriber: {
    months: 12,
    from: 'la fin de l’abonnement',
    basis: 'durée du journal des accès : les destinataires peuvent être nommés (RGPD, articles 15(1)(c) et 19)',
  },
  incident: {
    months: FIVE_YEARS,
    from: 'la clôture de l’incident',
    basis: 'registre tenu à la disposition de la CNIL (RGPD, article 33(5)) ; code civil, article 2224',
  },
};

/** Of membership that lapsed and that nobody renewed or ended: three years without any contact. */
export const LAPSED_MONTHS = 36;

/**
 * What a sealed field is kept as: by the field that its event’s subject is, and its cell. Nothing is sealed that is not
 * here: a test finds the field by its name.
 */
export const keptAs: Readonly<Record<string, Readonly<Partial<Record<CellPurpose, readonly KeptKind[]>>>>> = {
  memberId: {
    session: ['session'],
    request: ['request'],
    complaint: ['complaint'],
    rights: ['rights'],
    identity: ['member'],
  },
  staffId: { identity: ['staff'] },
  subscriberId: { identity: ['subscriber'] },
  recordId: { identity: ['insurance', 'mediator', 'processor'] },
  incidentId: { incident: ['incident'] },
};

/** Kinds whose cell is an identity: `<subject>/identity`. */
const IDENTITIES: ReadonlySet<KeptKind> = new Set([
  'member',
  'staff',
  'insurance',
  'mediator',
  'processor',
  'subscriber',
]);
export const isIdentity = (kind: KeptKind): boolean => IDENTITIES.has(kind);
