import { defineRefusal } from '#kernel/refusal.js';
import type { RuleId } from '../charter/rules.js';

/** Refusals that requests and sessions have in common: who may be helped, by whom, and when. */
const state = <const Code extends string>(code: Code, rule: RuleId, title: string, detail: string, next: string) =>
  defineRefusal({ code, kind: 'state', rule, title, detail, next });
const input = <const Code extends string>(code: Code, rule: RuleId, title: string, detail: string, next: string) =>
  defineRefusal({ code, kind: 'input', rule, title, detail, next });

export const supportMemberUnknown = defineRefusal({
  code: 'support-member-unknown',
  kind: 'not-found',
  rule: 'charter:P.1' satisfies RuleId,
  title: 'Support is for known members',
  detail: 'L’appui est réservé aux adhérents, et cette personne n’est pas dans le fichier.',
  next: 'Enregistrez d’abord l’adhérent, puis sa demande.',
});
export const supportMemberLeft = state(
  'support-member-left',
  'charter:P.1',
  'The person has left the association',
  'Cette personne a quitté l’association : l’appui est réservé aux adhérents.',
  'Proposez une nouvelle adhésion, puis enregistrez la demande.',
);
export const supportMemberUnsubscribed = state(
  'support-member-unsubscribed',
  'charter:3.1c',
  'The member unsubscribed from the service',
  'L’adhérent s’est désabonné du service.',
  'S’il le souhaite, enregistrez son réabonnement ; sinon, ne prévoyez rien.',
);
export const noCharterInForce = state(
  'no-charter-in-force',
  'charter:P.3',
  'No charter version is in force on that day',
  'Aucune version de la charte n’est en vigueur à cette date.',
  'Demandez au Directeur de publier la charte, puis recommencez.',
);
export const factInFuture = input(
  'fact-in-future',
  'charter:8.1a',
  'A fact cannot be dated in the future',
  'L’heure indiquée n’est pas encore arrivée.',
  'Indiquez l’heure à laquelle c’est arrivé.',
);
export const skillMissing = state(
  'skill-missing',
  'charter:1.2c',
  'The technician was not trained in this specialised software',
  'Aucune formation de cet intervenant à ce logiciel spécialisé n’est enregistrée.',
  'Choisissez un intervenant formé, enregistrez sa formation, ou déclinez avec la lettre prévue.',
);
export const slotTooLong = defineRefusal<'slot-too-long', { readonly problem: string }>({
  code: 'slot-too-long',
  kind: 'state',
  rule: 'charter:7.2a' satisfies RuleId,
  title: 'The slot is longer than the charter allows',
  detail: ({ problem }) => problem,
  next: 'Choisissez un créneau plus court, ou faites enregistrer un accord exceptionnel par le responsable du support.',
});
export const slotOutsideHours = defineRefusal<'slot-outside-hours', { readonly problem: string }>({
  code: 'slot-outside-hours',
  kind: 'state',
  rule: 'charter:7.2b' satisfies RuleId,
  title: 'The slot does not lie wholly inside opening days and hours',
  detail: ({ problem }) => problem,
  next: 'Choisissez un créneau d’ouverture, ou faites enregistrer un accord exceptionnel par le responsable du support.',
});
export const technicianUnknown = defineRefusal({
  code: 'technician-unknown',
  kind: 'not-found',
  rule: 'charter:4.4b' satisfies RuleId,
  title: 'No such technician',
  detail: 'Cet intervenant n’est pas dans le fichier.',
  next: 'Choisissez un intervenant habilité dans la liste.',
});
export const technicianUnauthorised = state(
  'technician-unauthorised',
  'charter:4.4b',
  'The technician is not authorised on that day',
  'Cet intervenant n’est pas habilité ce jour-là.',
  'Choisissez un intervenant habilité, ou demandez son habilitation au Directeur.',
);
export const undertakingMissing = state(
  'undertaking-missing',
  'charter:5.2',
  'The technician has signed no undertaking of confidentiality',
  'Cet intervenant n’a pas signé son engagement de confidentialité.',
  'Faites-le signer et enregistrez-le, ou choisissez un autre intervenant.',
);
