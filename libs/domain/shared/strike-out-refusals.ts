import { defineRefusal } from '#kernel/refusal.js';
import type { RuleId } from '../charter/rules.js';

const rule: RuleId = 'charter:3.3a';

export const strikeOutTargetUnknown = defineRefusal({
  code: 'strike-out-target-unknown',
  kind: 'input',
  rule,
  title: 'There is no such text',
  detail: 'Il n’y a pas de texte à cet endroit.',
  next: 'Choisissez un texte de cette intervention ou de cette demande.',
});

export const strikeOutUnknown = defineRefusal({
  code: 'strike-out-unknown',
  kind: 'not-found',
  rule,
  title: 'There is no such report here',
  detail: 'Ce signalement n’existe pas pour cette intervention ou cette demande.',
  next: 'Choisissez un signalement dans la liste des textes signalés.',
});

export const strikeOutNeedsDirector = defineRefusal({
  code: 'strike-out-needs-director',
  kind: 'forbidden',
  rule,
  title: 'Only the Director or the President has a text struck out',
  detail: 'Le retrait d’un texte signalé est décidé par le Directeur ou le Président.',
  next: 'Demandez au Directeur.',
});

export const strikeOutDecidedAlready = defineRefusal({
  code: 'strike-out-decided',
  kind: 'state',
  rule,
  title: 'The report was decided otherwise',
  detail: 'Ce signalement a déjà reçu une autre décision.',
  next: 'Signalez de nouveau le texte si un fait nouveau le demande.',
});

export const strikeOutHeld = defineRefusal({
  code: 'strike-out-held',
  kind: 'state',
  rule: 'charter:8.1f' satisfies RuleId,
  title: 'The text is under a legal hold',
  detail: 'Ce texte est gelé : il ne peut pas être supprimé pour l’instant.',
  next: 'Attendez la levée du gel, ou levez-le s’il a été placé par erreur.',
});
