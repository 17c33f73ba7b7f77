import { defineRefusal } from '#kernel/refusal.js';
import type { RuleId } from '../charter/rules.js';

export const purposeUnknown = defineRefusal({
  code: 'purpose-unknown',
  kind: 'input',
  rule: 'charter:4.2a' satisfies RuleId,
  title: 'The file is read for a purpose of the charter only',
  detail: 'Un dossier ne se consulte que pour la qualité, un litige, l’exercice d’un droit ou l’appui en cours.',
  next: 'Indiquez le motif : quality, dispute, rights ou support.',
});

export const partUnknown = defineRefusal({
  code: 'consulted-part-unknown',
  kind: 'input',
  rule: 'charter:4.2a' satisfies RuleId,
  title: 'No such part of a file',
  detail: 'Cette partie du dossier n’existe pas.',
  next: 'Choisissez une partie du dossier.',
});

export const notNeedToKnow = defineRefusal({
  code: 'not-need-to-know',
  kind: 'forbidden',
  rule: 'charter:4.1' satisfies RuleId,
  title: 'The role gives no right to read the file for this purpose',
  detail: 'Votre rôle ne permet pas de consulter ce dossier pour ce motif.',
  next: 'Adressez-vous au Directeur.',
});

export const exportNeedsDirector = defineRefusal({
  code: 'export-needs-director',
  kind: 'forbidden',
  rule: 'charter:4.3' satisfies RuleId,
  title: 'Only the Director, a delegate or the President has a member’s data put together',
  detail: 'La copie de toutes les données d’un adhérent est remise par le Directeur, son délégué ou le Président.',
  next: 'Demandez au Directeur.',
});

export const exportValidityWrong = defineRefusal({
  code: 'export-validity-wrong',
  kind: 'input',
  rule: 'charter:4.3' satisfies RuleId,
  title: 'An export is kept for thirty-one days at most',
  detail: 'Une copie reste disponible trente et un jours au plus.',
  next: 'Choisissez une durée plus courte.',
});

export const disclosureNeedsDirector = defineRefusal({
  code: 'disclosure-needs-director',
  kind: 'forbidden',
  rule: 'charter:4.1' satisfies RuleId,
  title: 'Only the Director or the President gives anything of a file to somebody outside',
  detail: 'Seul le Directeur, ou le Président, communique quelque chose d’un dossier à l’extérieur.',
  next: 'N’envoyez rien, et transmettez la demande au Directeur.',
});

export const disclosedMemberUnknown = defineRefusal({
  code: 'disclosure-member-unknown',
  kind: 'not-found',
  rule: 'charter:4.1' satisfies RuleId,
  title: 'No such member',
  detail: 'Cet adhérent n’est pas enregistré.',
  next: 'Cherchez l’adhérent par nom ou numéro.',
});

export const disclosureGroundWrong = defineRefusal({
  code: 'disclosure-ground-wrong',
  kind: 'input',
  rule: 'charter:4.1' satisfies RuleId,
  title: 'The ground does not open the file to this recipient',
  detail: 'Ce motif ne permet pas de communiquer quelque chose du dossier à ce destinataire.',
  next: 'Choisissez le motif qui correspond au destinataire, ou n’envoyez rien.',
});

export const recipientNotRegistered = defineRefusal({
  code: 'recipient-not-registered',
  kind: 'state',
  rule: 'charter:4.2b' satisfies RuleId,
  title: 'The recipient is not on record with a contract',
  detail: 'Ce destinataire n’est pas inscrit comme sous-traitant, avec un contrat en cours ce jour-là.',
  next: 'Inscrivez d’abord le sous-traitant et son contrat au registre, ou n’envoyez rien.',
});
