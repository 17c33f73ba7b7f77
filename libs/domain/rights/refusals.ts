import { defineRefusal } from '#kernel/refusal.js';
import type { RuleId } from '../charter/rules.js';

const rule: RuleId = 'charter:4.3';

export const rightsUnknown = defineRefusal({
  code: 'rights-request-unknown',
  kind: 'not-found',
  rule,
  title: 'No such rights request',
  detail: 'Cette demande de droits n’existe pas.',
  next: 'Choisissez une demande dans la liste.',
});

export const rightsExists = defineRefusal({
  code: 'rights-request-exists',
  kind: 'state',
  rule,
  title: 'Another rights request has this id',
  detail: 'Une autre demande de droits porte déjà cet identifiant.',
  next: 'Enregistrez une nouvelle demande.',
});

export const rightsOfUnknownMember = defineRefusal({
  code: 'rights-member-unknown',
  kind: 'not-found',
  rule,
  title: 'No such member',
  detail: 'Cette personne n’est pas connue de l’association.',
  next: 'Cherchez l’adhérent par son nom ou son numéro, puis recommencez.',
});

export const rightsEnded = defineRefusal({
  code: 'rights-request-ended',
  kind: 'state',
  rule,
  title: 'The rights request is closed or withdrawn',
  detail: 'Cette demande de droits est terminée.',
  next: 'Enregistrez une nouvelle demande si la personne revient.',
});

export const identityNotChecked = defineRefusal({
  code: 'rights-identity-not-checked',
  kind: 'state',
  rule,
  title: 'The identity of the person was not checked',
  detail: 'Il n’est pas encore établi que la demande vient bien de l’adhérent.',
  next: 'Vérifiez l’identité : le numéro d’adhésion suffit en général. Ne demandez pas de copie de pièce d’identité.',
});

export const decisionNeedsDirector = defineRefusal({
  code: 'rights-needs-director',
  kind: 'forbidden',
  rule,
  title: 'Only the Director or a dated delegate decides',
  detail: 'Cette décision revient au Directeur ou à son délégué du jour.',
  next: 'Transmettez la demande au Directeur.',
});

export const decisionNeedsPresident = defineRefusal({
  code: 'rights-needs-president',
  kind: 'forbidden',
  rule,
  title: 'The Director is concerned: the President decides',
  detail: 'La demande concerne le Directeur : le Président décide.',
  next: 'Transmettez la demande au Président.',
});

export const extensionTooLate = defineRefusal({
  code: 'rights-extension-too-late',
  kind: 'state',
  rule,
  title: 'An extension is told within the first month, once',
  detail: 'Le délai ne peut plus être prolongé : il fallait le dire pendant le premier mois, une seule fois.',
  next: 'Répondez maintenant ; le retard est indiqué dans la réponse.',
});

export const decisionMissing = defineRefusal({
  code: 'rights-not-decided',
  kind: 'state',
  rule,
  title: 'Nothing was decided yet',
  detail: 'Aucune décision n’est encore prise sur cette demande.',
  next: 'Faites décider le Directeur.',
});

export const decidedAlready = defineRefusal({
  code: 'rights-decided',
  kind: 'state',
  rule,
  title: 'The rights request was decided already',
  detail: 'Une décision est déjà prise sur cette demande.',
  next: 'Enregistrez une nouvelle demande si la personne revient.',
});

export const reasonsMissing = defineRefusal({
  code: 'rights-reasons-missing',
  kind: 'input',
  rule,
  title: 'A refusal, whole or partial, gives its ground and reasons',
  detail: 'Un refus, même partiel, se motive : la personne doit savoir pourquoi et à qui se plaindre.',
  next: 'Indiquez le motif et une explication en clair.',
});

export const gridIncomplete = defineRefusal({
  code: 'rights-grid-incomplete',
  kind: 'input',
  rule,
  title: 'The grid names every living cell of the member, each once',
  detail: 'La grille doit dire, pour chaque donnée de l’adhérent, si elle est effacée ou gardée.',
  next: 'Complétez les lignes indiquées.',
});

export const heldCellErased = defineRefusal({
  code: 'rights-cell-held',
  kind: 'state',
  rule,
  title: 'A cell under a legal hold cannot be erased',
  detail: 'Une des données à effacer est gelée pour un litige.',
  next: 'Gardez cette ligne avec le motif « litige », ou levez d’abord le gel.',
});

export const answerMissing = defineRefusal({
  code: 'rights-not-answered',
  kind: 'state',
  rule,
  title: 'No answer was sent yet',
  detail: 'La réponse n’est pas encore partie.',
  next: 'Envoyez la réponse, puis fermez la demande.',
});

export const erasureUnfinished = defineRefusal({
  code: 'rights-erasure-unfinished',
  kind: 'state',
  rule,
  title: 'The erasure is decided but not finished',
  detail: 'L’effacement est décidé mais n’est pas encore terminé et vérifié.',
  next: 'Attendez le certificat d’effacement, puis fermez la demande.',
});

export const runningCellErased = defineRefusal({
  code: 'rights-session-running',
  kind: 'state',
  rule,
  title: 'A session that is running cannot be erased',
  detail: 'Une intervention avec cet adhérent est en cours : elle ne peut pas être effacée maintenant.',
  next: 'Terminez d’abord l’intervention, ou gardez-la avec le motif « still-running ».',
});

export const rightsRepresentativeUnknown = defineRefusal({
  code: 'rights-representative-unknown',
  kind: 'not-found',
  rule,
  title: 'No such representative of this member',
  detail: 'Aucun représentant de cet adhérent ne porte cette référence.',
  next: 'Enregistrez d’abord le représentant, avec le fondement de son pouvoir, puis recommencez.',
});
