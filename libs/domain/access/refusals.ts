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
