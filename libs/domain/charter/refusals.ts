import { defineRefusal } from '#kernel/refusal.js';
import type { RuleId } from './rules.js';

const rule: RuleId = 'charter:10.2';

export const charterIncomplete = defineRefusal<'charter-incomplete', { readonly count: number }>({
  code: 'charter-incomplete',
  kind: 'input',
  rule,
  title: 'The text lacks something that a rule needs, or says it in two ways',
  detail: ({ count }) => `Le texte pose ${count} problème(s) qui n’ont pas été acceptés.`,
  next: 'Corrigez le texte, ou acceptez chaque problème par son nom (--accept-missing).',
});

export const parameterContradictsText = defineRefusal({
  code: 'charter-parameter-contradicts-text',
  kind: 'input',
  rule,
  title: 'A parameter differs from what the text clearly says',
  detail: 'Un paramètre ne correspond pas à ce que dit le texte de la charte.',
  next: 'Corrigez le texte de la charte : les règles lisent ce qu’il dit.',
});

export const parametersInvalid = defineRefusal({
  code: 'charter-parameters-invalid',
  kind: 'input',
  rule,
  title: 'The parameters cannot rule anything',
  detail: 'Un paramètre de la charte est hors de ce qui est possible.',
  next: 'Vérifiez les durées, les jours et les heures d’ouverture.',
});

export const charterTextUnreadable = defineRefusal({
  code: 'charter-text-unreadable',
  kind: 'input',
  rule,
  title: 'The file is no text',
  detail: 'Le fichier n’est pas un texte lisible en UTF-8.',
  next: 'Enregistrez la charte en texte brut, UTF-8, et recommencez.',
});

export const charterTextUnchanged = defineRefusal({
  code: 'charter-text-unchanged',
  kind: 'state',
  rule,
  title: 'The text is that of the last version',
  detail: 'Ce texte est exactement celui de la dernière version publiée.',
  next: 'Rien à faire : la version publiée reste en vigueur.',
});

export const charterVersionExists = defineRefusal({
  code: 'charter-version-exists',
  kind: 'state',
  rule,
  title: 'Another version has this identifier',
  detail: 'Une autre version de la charte porte déjà cet identifiant.',
  next: 'Publiez sous un nouvel identifiant.',
});

export const charterDateOrder = defineRefusal({
  code: 'charter-effective-date-order',
  kind: 'state',
  rule,
  title: 'A version takes effect after the one before it',
  detail: 'Une version prend effet après la précédente, jamais le même jour ni avant.',
  next: 'Choisissez une date d’effet plus tardive.',
});

export const charterRetroactive = defineRefusal({
  code: 'charter-retroactive',
  kind: 'state',
  rule,
  title: 'A new version does not reach back',
  detail: 'Une nouvelle version ne prend pas effet dans le passé : des interventions y ont été consenties.',
  next: 'Choisissez aujourd’hui ou une date à venir.',
});

export const charterVersionUnknown = defineRefusal({
  code: 'charter-version-unknown',
  kind: 'not-found',
  rule,
  title: 'No such version of the charter',
  detail: 'Cette version de la charte n’existe pas.',
  next: 'Choisissez une version publiée.',
});

export const amendmentChannelNotAllowed = defineRefusal({
  code: 'amendment-channel-not-allowed',
  kind: 'state',
  rule,
  title: 'The charter does not name this channel for its changes',
  detail: 'La charte ne prévoit pas ce moyen pour annoncer une modification.',
  next: 'Utilisez l’un des moyens que nomme la charte.',
});
