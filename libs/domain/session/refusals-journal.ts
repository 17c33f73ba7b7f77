import { defineRefusal } from '#kernel/refusal.js';
import type { RuleId } from '../charter/rules.js';

const state = <const Code extends string>(code: Code, rule: RuleId, title: string, detail: string, next: string) =>
  defineRefusal({ code, kind: 'state', rule, title, detail, next });
const input = <const Code extends string>(code: Code, rule: RuleId, title: string, detail: string, next: string) =>
  defineRefusal({ code, kind: 'input', rule, title, detail, next });

export const backupAnswerMissing = state(
  'backup-answer-missing',
  'charter:2.3a',
  'A risky act needs the answer on the backup first',
  'Avant un acte à risque, la sauvegarde doit être conseillée et la réponse de l’adhérent notée.',
  'Conseillez la sauvegarde et notez oui, non ou ne sait pas. Si l’acte est déjà fait, cochez « déjà fait ».',
);
export const adviceNotShown = input(
  'advice-not-shown',
  'charter:2.3a',
  'The advice to back up is given before the question',
  'Le conseil de sauvegarde n’a pas été donné.',
  'Lisez le conseil à l’adhérent, puis notez sa réponse.',
);
export const observationIncomplete = input(
  'observation-incomplete',
  'charter:8.1d',
  'An observed state has a text, an unobserved one a reason',
  'Il manque le constat, ou la raison pour laquelle rien n’a été constaté.',
  'Décrivez l’état, ou choisissez « non constaté » et sa raison.',
);
export const stateRecordedAlready = state(
  'state-recorded-already',
  'charter:8.1d',
  'This state is recorded already',
  'Cet état est déjà noté.',
  'Pour le changer, corrigez l’entrée du journal avec un motif : l’original reste visible.',
);
export const actionsExist = state(
  'actions-exist',
  'charter:8.1c',
  'Actions are recorded already',
  'Des actions sont déjà notées : on ne peut pas déclarer qu’il n’y en a eu aucune.',
  'Laissez les actions, ou corrigez l’entrée erronée avec un motif.',
);
export const recommendationsMissing = input(
  'recommendations-missing',
  'charter:8.1e',
  'Either recommendations or an explicit none',
  'Il faut au moins une recommandation, ou cocher « aucune », mais pas les deux.',
  'Écrivez les conseils donnés, ou cochez « aucune ».',
);
export const recommendationsRecordedAlready = state(
  'recommendations-recorded-already',
  'charter:8.1e',
  'Recommendations are recorded already',
  'Les recommandations sont déjà notées.',
  'Pour les changer, corrigez l’entrée du journal avec un motif.',
);
export const credentialUnknown = defineRefusal({
  code: 'credential-unknown',
  kind: 'not-found',
  rule: 'charter:5.1b' satisfies RuleId,
  title: 'No such temporary credential in this session',
  detail: 'Cet accès temporaire n’est pas noté dans l’intervention.',
  next: 'Choisissez un accès temporaire de la liste.',
});
export const credentialMismatch = state(
  'credential-mismatch',
  'charter:5.1c',
  'A password is changed, an account is removed',
  'Un mot de passe temporaire se change ; un compte temporaire se supprime.',
  'Choisissez la confirmation qui correspond à l’accès noté.',
);
export const followUpTooMany = state(
  'follow-up-too-many',
  'charter:X.7-9',
  'The member is reminded once at most',
  'L’adhérent a déjà reçu les questions et un rappel.',
  'N’insistez pas : laissez le suivi sans réponse.',
);
export const sessionNotOver = state(
  'session-not-over',
  'charter:8.1a',
  'The session has not ended',
  'Cette intervention n’est pas terminée.',
  'Terminez-la d’abord, avec son heure de fin.',
);
export const sessionClosedAlready = state(
  'session-closed-already',
  'charter:8.1a',
  'The journal of the session is closed already',
  'Le journal de cette intervention est déjà clos.',
  'Pour changer une entrée, corrigez-la avec un motif.',
);
export const problemMissing = state(
  'problem-missing',
  'charter:8.1b',
  'The reported problem is missing',
  'Le problème signalé manque.',
  'Notez le problème signalé par l’adhérent.',
);
export const actionsMissing = state(
  'actions-missing',
  'charter:8.1c',
  'Neither an action nor the statement that there was none',
  'Le journal ne dit ni ce qui a été fait, ni que rien n’a été fait.',
  'Notez au moins une action, ou déclarez qu’il n’y en a eu aucune.',
);
export const statesMissing = state(
  'states-missing',
  'charter:8.1d',
  'The state before or after is missing',
  'L’état du système avant ou après l’intervention manque.',
  'Notez les deux états, ou « non constaté » avec la raison.',
);
export const recommendationsAbsent = state(
  'recommendations-absent',
  'charter:8.1e',
  'The recommendations are missing',
  'Les recommandations manquent.',
  'Écrivez les conseils donnés, ou cochez « aucune ».',
);
export const reviewNeedsLead = defineRefusal({
  code: 'review-needs-lead',
  kind: 'forbidden',
  rule: 'charter:8.1a' satisfies RuleId,
  title: 'Deviations are reviewed by the support lead, the Director or the President',
  detail: 'Un écart est commenté par le responsable du support, le Directeur ou le Président.',
  next: 'Demandez à l’un d’eux de commenter l’écart.',
});
export const deviationUnknown = defineRefusal({
  code: 'deviation-unknown',
  kind: 'not-found',
  rule: 'charter:8.1a' satisfies RuleId,
  title: 'No such deviation in this session',
  detail: 'Cette intervention n’a pas cet écart.',
  next: 'Choisissez un écart dans la liste.',
});
export const deviationReviewedAlready = state(
  'deviation-reviewed-already',
  'charter:8.1a',
  'The deviation is reviewed already',
  'Cet écart a déjà son commentaire.',
  'Pour le changer, corrigez l’entrée du journal avec un motif.',
);
export const correctionTargetUnknown = defineRefusal({
  code: 'correction-target-unknown',
  kind: 'not-found',
  rule: 'charter:8.1c' satisfies RuleId,
  title: 'No such entry or field to correct in this session',
  detail: 'Cette entrée ou ce champ ne se corrige pas dans cette intervention.',
  next: 'Choisissez une entrée du journal de cette intervention et l’un de ses champs.',
});
