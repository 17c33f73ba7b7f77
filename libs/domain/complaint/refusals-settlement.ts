import { defineRefusal } from '#kernel/refusal.js';
import type { RuleId } from '../charter/rules.js';

const rule: RuleId = 'charter:9.2';

export const proposalPending = defineRefusal({
  code: 'complaint-proposal-pending',
  kind: 'state',
  rule,
  title: 'A proposal still waits for the member’s answer',
  detail: 'Une proposition attend encore la réponse de l’adhérent.',
  next: 'Enregistrez sa réponse, ou notez qu’il ne l’accepte pas.',
});

export const proposalUnknown = defineRefusal({
  code: 'complaint-proposal-unknown',
  kind: 'not-found',
  rule,
  title: 'No such proposal in this complaint',
  detail: 'Cette proposition n’existe pas dans cette réclamation.',
  next: 'Choisissez une proposition de la réclamation.',
});

export const proposalAnswered = defineRefusal({
  code: 'complaint-proposal-answered',
  kind: 'state',
  rule,
  title: 'The proposal was answered otherwise before',
  detail: 'L’adhérent a déjà répondu autrement à cette proposition.',
  next: 'Faites une nouvelle proposition si les positions ont changé.',
});

export const nothingAgreed = defineRefusal({
  code: 'complaint-nothing-agreed',
  kind: 'state',
  rule,
  title: 'No proposal was agreed to, so nothing is settled',
  detail: 'Aucune proposition n’a été acceptée : la réclamation ne peut pas être close comme réglée.',
  next: 'Enregistrez l’accord de l’adhérent, ou choisissez une autre issue.',
});

export const nothingReferred = defineRefusal({
  code: 'complaint-nothing-referred',
  kind: 'state',
  rule,
  title: 'The dispute was referred to nobody',
  detail: 'Aucune saisine n’est enregistrée : la réclamation ne peut pas être close comme transmise.',
  next: 'Enregistrez la saisine du médiateur, de l’assureur ou de l’autorité, ou choisissez une autre issue.',
});

export const mediatorContactMissing = defineRefusal({
  code: 'complaint-mediator-missing',
  kind: 'input',
  rule: 'charter:6.3' satisfies RuleId,
  title: 'A final answer gives the mediator’s contact',
  detail: 'La réponse finale doit indiquer comment saisir le médiateur.',
  next: 'Enregistrez le médiateur dans les registres, ou ajoutez ses coordonnées à la réponse, puis recommencez.',
});

export const groundDoesNotFit = defineRefusal({
  code: 'complaint-ground-wrong',
  kind: 'input',
  rule: 'charter:4.1' satisfies RuleId,
  title: 'The ground does not allow a disclosure to this recipient',
  detail: 'Ce motif ne permet pas de communiquer le dossier à ce destinataire.',
  next: 'Choisissez le motif qui correspond au destinataire, ou n’envoyez rien.',
});
