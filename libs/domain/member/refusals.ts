import { defineRefusal } from '#kernel/refusal.js';
import type { RuleId } from '../charter/rules.js';

export const memberUnknown = defineRefusal({
  code: 'member-unknown',
  kind: 'not-found',
  rule: 'charter:P.1' satisfies RuleId,
  title: 'No such member',
  detail: 'Cet adhérent n’est pas enregistré.',
  next: 'Cherchez l’adhérent par nom ou numéro, ou enregistrez-le.',
});

export const memberAlreadyRegistered = defineRefusal({
  code: 'member-already-registered',
  kind: 'state',
  rule: 'charter:P.1' satisfies RuleId,
  title: 'The member is registered already',
  detail: 'Cet adhérent est déjà enregistré.',
  next: 'Ouvrez sa fiche, et corrigez-la s’il le faut.',
});

export const nothingToCorrect = defineRefusal({
  code: 'nothing-to-correct',
  kind: 'input',
  rule: 'charter:4.3' satisfies RuleId,
  title: 'A correction changes at least one field',
  detail: 'La correction ne porte sur aucun champ.',
  next: 'Indiquez au moins une valeur corrigée.',
});

export const memberHasLeft = defineRefusal({
  code: 'member-has-left',
  kind: 'state',
  rule: 'charter:P.1' satisfies RuleId,
  title: 'The member has left the association',
  detail: 'Cette personne a quitté l’association.',
  next: 'Renouvelez d’abord son adhésion.',
});

export const minorNeedsGuardian = defineRefusal({
  code: 'minor-needs-guardian',
  kind: 'state',
  rule: 'charter:3.1a' satisfies RuleId,
  title: 'Only a guardian consents for a minor',
  detail: 'Seul un représentant légal peut consentir pour une personne mineure.',
  next: 'Enregistrez le représentant légal et ce qui fonde sa qualité.',
});

export const representativeExists = defineRefusal({
  code: 'representative-exists',
  kind: 'state',
  rule: 'charter:3.1b' satisfies RuleId,
  title: 'The representative is on record in another capacity',
  detail: 'Ce représentant est déjà enregistré, en une autre qualité.',
  next: 'Enregistrez-le à nouveau sous sa nouvelle qualité.',
});
