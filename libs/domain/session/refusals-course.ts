import { defineRefusal } from '#kernel/refusal.js';
import type { RuleId } from '../charter/rules.js';

const state = <const Code extends string>(code: Code, rule: RuleId, title: string, detail: string, next: string) =>
  defineRefusal({ code, kind: 'state', rule, title, detail, next });
const input = <const Code extends string>(code: Code, rule: RuleId, title: string, detail: string, next: string) =>
  defineRefusal({ code, kind: 'input', rule, title, detail, next });

export const sessionAlreadyBegun = state(
  'session-already-begun',
  'charter:3.1a',
  'The session has begun already',
  'Cette intervention a déjà commencé ou eu lieu.',
  'Pour une autre intervention, prenez un autre rendez-vous ; une erreur se corrige dans le journal.',
);
export const linkNotEncrypted = state(
  'link-not-encrypted',
  'charter:4.4a',
  'The link is not encrypted',
  'La connexion de télémaintenance n’est pas chiffrée.',
  'Activez le chiffrement dans l’outil, vérifiez-le, puis démarrez.',
);
export const memberAbsent = state(
  'member-absent',
  'charter:7.1c',
  'The member is not present',
  'L’adhérent n’est pas présent devant son ordinateur.',
  'Attendez son retour ; s’il ne revient pas, interrompez l’intervention.',
);
export const connectivityUnanswered = input(
  'connectivity-unanswered',
  'charter:7.1a',
  'The pre-check of the connection has no answer',
  'On n’a pas vérifié que la connexion Internet est stable.',
  'Posez la question à l’adhérent et notez oui ou non.',
);
export const toolUnanswered = input(
  'tool-unanswered',
  'charter:7.1b',
  'The pre-check of the tool has no answer',
  'On n’a pas vérifié que l’outil de télémaintenance est installé et fonctionne.',
  'Vérifiez-le avec l’adhérent et notez oui ou non.',
);
export const slotOver = state(
  'slot-over',
  'charter:7.2b',
  'The planned slot is over',
  'Le créneau prévu est terminé.',
  'Déplacez le rendez-vous, puis recueillez le consentement.',
);
export const sessionNotBegun = state(
  'session-not-begun',
  'charter:8.1a',
  'The session has not begun',
  'Cette intervention n’a pas commencé.',
  'Démarrez-la ; si elle a eu lieu sans le logiciel, enregistrez-la après coup.',
);
export const sessionNotUnderWay = state(
  'session-not-under-way',
  'charter:8.1a',
  'The session is not under way',
  'Cette intervention n’est pas en cours.',
  'Complétez le journal ; une heure erronée se corrige avec son motif.',
);
export const timeBeforeTurn = input(
  'time-before-turn',
  'charter:8.1a',
  'The time lies before what is recorded already',
  'L’heure indiquée précède le début, la dernière pause ou reprise, ou la dernière action notée.',
  'Indiquez une heure plus tardive, ou corrigez l’entrée précédente.',
);
export const timeBeforeStart = input(
  'time-before-start',
  'charter:8.1a',
  'The time lies before the start of the session',
  'L’heure indiquée précède le début de l’intervention.',
  'Vérifiez l’heure ; ce qui a eu lieu avant s’enregistre comme une autre intervention, après coup.',
);
export const timesImpossible = input(
  'times-impossible',
  'charter:8.1a',
  'Start, end and segments do not fit together',
  'Les heures de début, de fin et de pause ne vont pas ensemble.',
  'Vérifiez que la fin suit le début et que les périodes se suivent à l’intérieur.',
);
export const extensionNotAccepted = input(
  'extension-not-accepted',
  'charter:7.2a',
  'The member has not accepted the extension',
  'L’adhérent n’a pas accepté la prolongation.',
  'Demandez-lui son accord ; sinon, terminez à l’heure prévue.',
);
export const extensionInvalid = input(
  'extension-invalid',
  'charter:7.2a',
  'An extension is 1 to 240 whole minutes',
  'La durée de la prolongation ne convient pas.',
  'Indiquez un nombre entier de minutes, de 1 à 240.',
);
export const extensionTooLate = state(
  'extension-too-late',
  'charter:7.2a',
  'The allowed time is used up',
  'Le temps prévu est déjà écoulé : une prolongation s’accorde avant.',
  'Terminez l’intervention ; le dépassement sera signalé. Prenez un autre rendez-vous pour la suite.',
);
export const extensionOutsideHours = state(
  'extension-outside-hours',
  'charter:7.2b',
  'The extension would go beyond opening hours',
  'La prolongation dépasserait les heures d’ouverture.',
  'Choisissez une prolongation plus courte, ou prenez un autre rendez-vous.',
);
export const recordedMemberMismatch = input(
  'recorded-member-mismatch',
  'charter:8.1b',
  'The member is not the one of the request',
  'L’adhérent indiqué n’est pas celui de la demande.',
  'Choisissez la demande de cet adhérent, ou enregistrez l’intervention sans demande.',
);
