import { defineRefusal } from '#kernel/refusal.js';
import type { RuleId } from '../charter/rules.js';

const state = <const Code extends string>(code: Code, rule: RuleId, title: string, detail: string, next: string) =>
  defineRefusal({ code, kind: 'state', rule, title, detail, next });
const input = <const Code extends string>(code: Code, rule: RuleId, title: string, detail: string, next: string) =>
  defineRefusal({ code, kind: 'input', rule, title, detail, next });

export const sessionUnknown = defineRefusal({
  code: 'session-unknown',
  kind: 'not-found',
  rule: 'charter:3.1a' satisfies RuleId,
  title: 'No such session or appointment',
  detail: 'Cette intervention n’existe pas et aucun rendez-vous ne la prévoit.',
  next: 'Prenez d’abord le rendez-vous dans la demande de l’adhérent.',
});
export const sessionNotPlanned = state(
  'session-not-planned',
  'charter:3.1a',
  'The appointment of this session was cancelled or its request is not open',
  'Le rendez-vous de cette intervention est annulé, ou sa demande n’est plus ouverte.',
  'Prenez un nouveau rendez-vous dans une demande qualifiée.',
);
export const sessionOver = state(
  'session-over',
  'charter:3.1a',
  'The session is over: consent comes before it',
  'Cette intervention est terminée : un consentement se donne avant, jamais après.',
  'Pour une autre intervention, prenez un nouveau rendez-vous ; le consentement y sera demandé.',
);
export const consentDayPassed = state(
  'consent-day-passed',
  'charter:3.1a',
  'The planned day has passed',
  'Le jour prévu pour cette intervention est passé.',
  'Déplacez le rendez-vous, puis demandez le consentement.',
);
export const consentMissing = state(
  'consent-missing',
  'charter:3.1a',
  'No consent was given for this session',
  'L’adhérent n’a pas donné son consentement pour cette intervention.',
  'Recueillez-le par écrit ou de vive voix, puis démarrez.',
);
export const consentRefused = state(
  'consent-refused',
  'charter:3.1c',
  'The member refused this session',
  'L’adhérent a refusé cette intervention.',
  'N’insistez pas. S’il change d’avis de lui-même, enregistrez son consentement.',
);
export const consentWithdrawn = state(
  'consent-withdrawn',
  'charter:3.1c',
  'The member withdrew the consent',
  'L’adhérent a retiré son consentement.',
  'N’insistez pas. S’il change d’avis de lui-même, enregistrez un nouveau consentement.',
);
export const consentVoid = state(
  'consent-void',
  'charter:3.1c',
  'The consent became void when the member unsubscribed',
  'Ce consentement est tombé quand l’adhérent s’est désabonné.',
  'Demandez un nouveau consentement avant de démarrer.',
);
export const consentNotToday = state(
  'consent-not-today',
  'charter:3.1a',
  'The consent counts on its planned day only',
  'Le consentement ne vaut que le jour prévu, et ce n’est pas aujourd’hui.',
  'Déplacez le rendez-vous à aujourd’hui, puis demandez un nouveau consentement.',
);
export const charterStale = state(
  'charter-stale',
  'charter:10.2',
  'The consent is on a charter version that is not in force',
  'Le consentement porte sur une version de la charte qui n’est pas celle en vigueur.',
  'Montrez la version en vigueur à l’adhérent et recueillez son consentement sur elle.',
);
export const charterNotAccepted = input(
  'charter-not-accepted',
  'charter:F.0',
  'The charter was not declared read and accepted',
  'L’adhérent n’a pas déclaré avoir lu et accepté la charte.',
  'Montrez-lui la charte ; s’il l’accepte, cochez la case.',
);
export const signerMissing = input(
  'signer-missing',
  'charter:F.0',
  'The name of the person who consents is blank',
  'Le nom de la personne qui consent manque.',
  'Écrivez le nom tel qu’il figure sur le formulaire ou tel qu’il a été dit.',
);
export const authorisationMissing = input(
  'authorisation-missing',
  'charter:F.2',
  'The takeover was not authorised',
  'La case « J’autorise la prise de contrôle à distance » n’est pas cochée par l’adhérent.',
  'Sans elle, pas d’intervention : enregistrez un refus, ou reposez la question à l’adhérent.',
);
export const statementUnanswered = input(
  'statement-unanswered',
  'charter:3.1b',
  'A statement of the form has no answer',
  'Une des quatre déclarations du formulaire n’a pas de réponse.',
  'Posez chaque question à l’adhérent et notez oui ou non ; rien n’est coché d’avance.',
);
export const signatureMismatch = input(
  'signature-mismatch',
  'charter:F.5',
  'The signature does not fit the way of consenting',
  'Le mode de signature ne correspond pas au mode de consentement.',
  'Oral : attestation de la personne qui recueille. Écrit : lien, code, courriel ou papier.',
);
export const consentProofMissing = input(
  'consent-proof-missing',
  'charter:3.1b',
  'Part of the proof of the consent is missing',
  'Il manque une partie de la preuve du consentement.',
  'Complétez les champs signalés, puis recommencez.',
);
export const representativeUnknown = input(
  'representative-unknown',
  'charter:3.1b',
  'This person may not consent for the member',
  'Cette personne n’est pas enregistrée comme représentant de l’adhérent.',
  'Enregistrez sa qualité et son fondement dans la fiche de l’adhérent, ou faites signer l’adhérent.',
);
export const guardianNeeded = state(
  'guardian-needed',
  'charter:3.1b',
  'A guardian consents for a minor',
  'L’adhérent est mineur : seul un responsable légal enregistré peut consentir.',
  'Enregistrez le responsable légal dans la fiche, puis recueillez son consentement.',
);
