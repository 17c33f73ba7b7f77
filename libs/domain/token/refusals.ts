import { defineRefusal } from '#kernel/refusal.js';
import type { RuleId } from '../charter/rules.js';

const rule: RuleId = 'charter:4.1';

export const tokenUnknown = defineRefusal({
  code: 'token-unknown',
  kind: 'not-found',
  rule,
  title: 'No such token',
  detail: 'Ce jeton d’accès n’existe pas.',
  next: 'Choisissez un jeton dans la liste.',
});

export const tokenExists = defineRefusal({
  code: 'token-exists',
  kind: 'state',
  rule,
  title: 'The token was issued already',
  detail: 'Un jeton d’accès porte déjà cet identifiant.',
  next: 'Demandez un nouveau jeton.',
});

export const tokenWithoutRole = defineRefusal({
  code: 'token-without-role',
  kind: 'input',
  rule,
  title: 'A token needs at least one role',
  detail: 'Un jeton d’accès porte au moins un rôle.',
  next: 'Choisissez un rôle.',
});

export const tokenExpired = defineRefusal({
  code: 'token-expiry-past',
  kind: 'input',
  rule,
  title: 'The token would expire before it is issued',
  detail: 'La date de fin du jeton d’accès est déjà passée.',
  next: 'Choisissez une date de fin à venir.',
});

export const tokenForUnknownStaff = defineRefusal({
  code: 'token-for-unknown-staff',
  kind: 'input',
  rule,
  title: 'A token belongs to a registered person',
  detail: 'Un jeton d’accès appartient à une personne enregistrée.',
  next: 'Enregistrez d’abord la personne.',
});
