import { defineRefusal } from '#kernel/refusal.js';
import type { RuleId } from '../charter/rules.js';

const state = <const Code extends string>(code: Code, rule: RuleId, title: string, detail: string, next: string) =>
  defineRefusal({ code, kind: 'state', rule, title, detail, next });
const input = <const Code extends string>(code: Code, rule: RuleId, title: string, detail: string, next: string) =>
  defineRefusal({ code, kind: 'input', rule, title, detail, next });

export const requestUnknown = defineRefusal({
  code: 'request-unknown',
  kind: 'not-found',
  rule: 'charter:P.3' satisfies RuleId,
  title: 'No such request',
  detail: 'Cette demande n’existe pas.',
  next: 'Cherchez-la dans la liste des demandes, ou enregistrez-en une nouvelle.',
});
export const requestExists = state(
  'request-exists',
  'charter:P.3',
  'Another request has this id',
  'Une autre demande porte déjà cet identifiant.',
  'Recommencez l’enregistrement de la demande.',
);
export const commercialUseUnanswered = input(
  'commercial-use-unanswered',
  'charter:1.2e',
  'The question on commercial use was not answered',
  'On ne sait pas si l’ordinateur sert à un usage commercial.',
  'Posez la question à l’adhérent et cochez sa réponse.',
);
export const confidentialDataUnanswered = input(
  'confidential-data-unanswered',
  'charter:3.2d',
  'The question on confidential data was not answered',
  'On ne sait pas s’il y a des données confidentielles sur l’ordinateur.',
  'Posez la question et cochez oui ou non, sans noter lesquelles.',
);
export const categoryMissing = input(
  'category-missing',
  'charter:1.1a-f',
  'No service category was chosen',
  'La demande n’entre dans aucune des six catégories d’appui.',
  'Choisissez au moins une catégorie, ou déclinez la demande avec la lettre prévue.',
);
export const noGuaranteeUnacknowledged = input(
  'no-guarantee-unacknowledged',
  'charter:1.2a',
  'Recovery of data is never guaranteed, and the member was not told',
  'La récupération de données peut être tentée, mais n’est jamais garantie.',
  'Lisez cet avertissement à l’adhérent, puis cochez qu’il l’a reçu.',
);
export const contentCreationExcluded = state(
  'content-creation-excluded',
  'charter:1.2b',
  'Creating or typing content is outside the service',
  'La création ou la saisie de contenus n’entre pas dans l’appui.',
  'Déclinez avec la lettre prévue ; le responsable du support peut en faire une demande de conseil.',
);
export const onSiteExcluded = state(
  'on-site-excluded',
  'charter:1.2d',
  'There is no support on site',
  'L’association n’intervient pas sur place.',
  'Proposez un appui à distance, ou déclinez avec la lettre prévue.',
);
export const requestDeclined = state(
  'request-declined',
  'charter:1.1a-f',
  'The request was declined',
  'Cette demande a été déclinée.',
  'Enregistrez une nouvelle demande si le besoin a changé.',
);
export const requestClosed = state(
  'request-closed',
  'charter:P.3',
  'The request is closed',
  'Cette demande est close.',
  'Enregistrez une nouvelle demande.',
);
export const adviceNeedsLead = defineRefusal({
  code: 'advice-needs-lead',
  kind: 'forbidden',
  rule: 'charter:1.2b' satisfies RuleId,
  title: 'Only the support lead or the Director takes a content request as advice',
  detail: 'Seul le responsable du support ou le Directeur peut en faire une demande de conseil.',
  next: 'Demandez-le au responsable du support.',
});
export const notContentRequest = state(
  'not-a-content-request',
  'charter:1.2b',
  'Only a content request is taken as advice',
  'Seule une demande de création ou de saisie de contenus peut devenir une demande de conseil.',
  'Qualifiez la demande, ou enregistrez-en une nouvelle.',
);
export const appointmentPending = state(
  'appointment-pending',
  'charter:3.2a',
  'An appointment is still planned',
  'Un rendez-vous est encore prévu pour cette demande.',
  'Annulez d’abord le rendez-vous, puis recommencez.',
);
