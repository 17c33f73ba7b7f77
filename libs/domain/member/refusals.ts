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

export const restrictionNeedsDirector = defineRefusal({
  code: 'restriction-needs-director',
  kind: 'forbidden',
  rule: 'charter:4.3' satisfies RuleId,
  title: 'Only the Director, a delegate or the President restricts the use of a member’s data',
  detail: 'La limitation de l’usage des données est décidée par le Directeur, son délégué ou le Président.',
  next: 'Demandez au Directeur.',
});

export const memberNotRestricted = defineRefusal({
  code: 'member-not-restricted',
  kind: 'state',
  rule: 'charter:4.3' satisfies RuleId,
  title: 'The member’s data is not restricted',
  detail: 'Aucune limitation n’est en cours pour cet adhérent.',
  next: 'Vérifiez la fiche de l’adhérent.',
});

export const restrictionLiftNotAnnounced = defineRefusal({
  code: 'restriction-lift-not-announced',
  kind: 'state',
  rule: 'charter:4.3' satisfies RuleId,
  title: 'The member is warned before a restriction is lifted',
  detail: 'L’adhérent n’a pas encore été prévenu de la levée de la limitation.',
  next: 'Prévenez l’adhérent, notez quand et comment, puis levez la limitation.',
});

export const charterNotPublished = defineRefusal({
  code: 'charter-not-published',
  kind: 'input',
  rule: 'charter:10.2' satisfies RuleId,
  title: 'The version of the charter that was accepted is not published',
  detail: 'La version de la charte indiquée n’a pas été publiée.',
  next: 'Choisissez la version que l’adhérent a lue, dans la liste des versions publiées.',
});
