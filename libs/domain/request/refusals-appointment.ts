import { defineRefusal } from '#kernel/refusal.js';
import type { RuleId } from '../charter/rules.js';

const state = <const Code extends string>(code: Code, rule: RuleId, title: string, detail: string, next: string) =>
  defineRefusal({ code, kind: 'state', rule, title, detail, next });

export const notQualified = state(
  'request-not-qualified',
  'charter:1.1a-f',
  'The request is not qualified yet',
  'La demande n’est pas encore qualifiée.',
  'Choisissez ses catégories et son périmètre, puis prenez le rendez-vous.',
);
export const appointmentUnknown = defineRefusal({
  code: 'appointment-unknown',
  kind: 'not-found',
  rule: 'charter:7.2b' satisfies RuleId,
  title: 'No such appointment in this request',
  detail: 'Cette demande n’a pas ce rendez-vous.',
  next: 'Choisissez un rendez-vous dans la demande.',
});
export const appointmentCancelled = state(
  'appointment-cancelled',
  'charter:7.2b',
  'The appointment was cancelled',
  'Ce rendez-vous est annulé.',
  'Prenez un nouveau rendez-vous.',
);
export const appointmentBegun = state(
  'appointment-begun',
  'charter:7.2b',
  'The session of this appointment has started',
  'L’intervention de ce rendez-vous a déjà commencé.',
  'Terminez l’intervention, ou prenez un autre rendez-vous.',
);
export const appointmentOverlaps = state(
  'appointment-overlaps',
  'charter:7.2a',
  'Another appointment of the request takes the same time',
  'Un autre rendez-vous de la demande occupe déjà ce moment.',
  'Déplacez ou annulez l’autre rendez-vous.',
);
export const slotReversed = defineRefusal({
  code: 'slot-reversed',
  kind: 'input',
  rule: 'charter:7.2a' satisfies RuleId,
  title: 'The slot ends before it starts',
  detail: 'Le créneau finit avant de commencer.',
  next: 'Corrigez l’heure de début ou de fin.',
});
export const slotPast = state(
  'slot-past',
  'charter:7.2b',
  'The slot lies in the past',
  'Ce créneau est déjà passé.',
  'Choisissez un créneau à venir ; une intervention qui a eu lieu s’enregistre après coup.',
);
export const exceptionNeedsLead = defineRefusal({
  code: 'exception-needs-lead',
  kind: 'forbidden',
  rule: 'charter:7.2c' satisfies RuleId,
  title: 'Only the support lead or the Director grants an exceptional slot',
  detail: 'Seul le responsable du support ou le Directeur accorde un créneau exceptionnel.',
  next: 'Demandez-le à l’un d’eux, ou choisissez un créneau d’ouverture.',
});
export const exceptionNotAccepted = defineRefusal({
  code: 'exception-not-accepted',
  kind: 'input',
  rule: 'charter:7.2c' satisfies RuleId,
  title: 'The member has not accepted the exceptional slot',
  detail: 'L’accord de l’adhérent, sa date et son moyen manquent.',
  next: 'Demandez l’accord de l’adhérent avant le créneau, puis notez quand et comment il l’a donné.',
});
export const exceptionTooLate = state(
  'exception-too-late',
  'charter:7.2c',
  'An exceptional agreement comes before the slot',
  'L’accord exceptionnel doit être enregistré avant le début du créneau.',
  'Choisissez un créneau à venir ; une intervention déjà faite s’enregistre après coup, avec son écart.',
);
