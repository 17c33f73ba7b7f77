import { defineRefusal } from '#kernel/refusal.js';
import type { RuleId } from '../charter/rules.js';

export const staffUnknown = defineRefusal({
  code: 'staff-unknown',
  kind: 'not-found',
  title: 'No such person of the association',
  detail: 'Cette personne n’est pas enregistrée dans l’association.',
  next: 'Enregistrez d’abord la personne.',
});

export const staffAlreadyRegistered = defineRefusal({
  code: 'staff-already-registered',
  kind: 'state',
  title: 'The person is registered already',
  detail: 'Cette personne est déjà enregistrée.',
  next: 'Utilisez la fiche existante.',
});

export const officeAlreadyHeld = defineRefusal({
  code: 'office-already-held',
  kind: 'state',
  rule: 'charter:11a-c' satisfies RuleId,
  title: 'The office is held already during these days',
  detail: 'Cette fonction a déjà un titulaire sur une partie de la période.',
  next: 'Mettez d’abord fin au mandat en cours, ou choisissez une autre période.',
});

export const officeNotHeld = defineRefusal({
  code: 'office-not-held',
  kind: 'state',
  rule: 'charter:11a-c' satisfies RuleId,
  title: 'The person does not hold this office',
  detail: 'Cette personne n’exerce pas cette fonction à la date indiquée.',
  next: 'Vérifiez la fonction et la date.',
});

export const alreadyAuthorised = defineRefusal({
  code: 'already-authorised',
  kind: 'state',
  rule: 'charter:4.4b' satisfies RuleId,
  title: 'The technician is authorised already during these days',
  detail: 'Cet intervenant est déjà habilité sur une partie de la période.',
  next: 'Choisissez une période qui commence après l’habilitation en cours.',
});

export const notAuthorised = defineRefusal({
  code: 'not-authorised',
  kind: 'state',
  rule: 'charter:4.4b' satisfies RuleId,
  title: 'There is no habilitation to revoke',
  detail: 'Cette personne n’a pas d’habilitation à la date indiquée.',
  next: 'Vérifiez la date dans la liste des habilitations.',
});

export const undertakingCharterUnknown = defineRefusal({
  code: 'undertaking-charter-unknown',
  kind: 'input',
  rule: 'charter:5.2' satisfies RuleId,
  title: 'The undertaking names a version of the charter that was not published',
  detail: 'L’engagement se réfère à une version de charte qui n’a pas été publiée.',
  next: 'Choisissez une version publiée de la charte.',
});
