import { defineRefusal } from '#kernel/refusal.js';
import type { RuleId } from '../charter/rules.js';

const filing: RuleId = 'charter:9.1';
const course: RuleId = 'charter:9.2';

export const complaintUnknown = defineRefusal({
  code: 'complaint-unknown',
  kind: 'not-found',
  rule: filing,
  title: 'No such complaint',
  detail: 'Cette réclamation n’existe pas.',
  next: 'Choisissez une réclamation dans la liste.',
});

export const complaintExists = defineRefusal({
  code: 'complaint-exists',
  kind: 'state',
  rule: filing,
  title: 'Another complaint has this id',
  detail: 'Une autre réclamation porte déjà cet identifiant.',
  next: 'Enregistrez une nouvelle réclamation.',
});

export const complaintOfNobody = defineRefusal({
  code: 'complaint-member-unknown',
  kind: 'not-found',
  rule: filing,
  title: 'Neither a member nor a session says whose complaint it is',
  detail: 'Rien ne dit de quel adhérent vient cette réclamation.',
  next: 'Cherchez l’adhérent, ou indiquez la référence d’intervention qui figure sur son reçu.',
});

export const complaintSessionUnknown = defineRefusal({
  code: 'complaint-session-unknown',
  kind: 'not-found',
  rule: filing,
  title: 'A session named does not exist, or is another member’s',
  detail: 'Une des interventions désignées n’est pas une intervention de cet adhérent.',
  next: 'Corrigez la référence. Si l’intervention n’a jamais été enregistrée, laissez la liste vide et racontez-la dans les faits.',
});

export const complainantMissing = defineRefusal({
  code: 'complaint-identity-missing',
  kind: 'input',
  rule: filing,
  title: 'The member’s identity was erased: it must be given anew',
  detail: 'L’identité de cette personne a été effacée à sa demande : la réclamation doit dire qui la présente.',
  next: 'Notez le nom et le moyen de répondre que la personne redonne elle-même.',
});

export const representativeUnknown = defineRefusal({
  code: 'complaint-representative-unknown',
  kind: 'not-found',
  rule: filing,
  title: 'No such representative of this member',
  detail: 'Aucun représentant de cet adhérent ne porte cette référence.',
  next: 'Enregistrez d’abord le représentant, avec le fondement de son pouvoir, puis recommencez.',
});

export const complaintDatesWrong = defineRefusal({
  code: 'complaint-dates-wrong',
  kind: 'input',
  rule: filing,
  title: 'The member learned of it after complaining, or an answer left before the complaint came',
  detail: 'Cette date ne va pas avec celle de la réception de la réclamation.',
  next: 'Corrigez l’une des deux dates.',
});

export const complaintStaffUnknown = defineRefusal({
  code: 'complaint-staff-unknown',
  kind: 'not-found',
  rule: course,
  title: 'A person named is not registered as staff',
  detail: 'Une des personnes désignées n’est pas dans le fichier des intervenants et responsables.',
  next: 'Choisissez la personne dans la liste.',
});

export const complaintEnded = defineRefusal({
  code: 'complaint-ended',
  kind: 'state',
  rule: course,
  title: 'The complaint is closed or withdrawn',
  detail: 'Cette réclamation est terminée.',
  next: 'Rouvrez-la s’il y a un fait nouveau.',
});

export const complaintNeedsDirector = defineRefusal({
  code: 'complaint-needs-director',
  kind: 'forbidden',
  rule: course,
  title: 'Only the Director, or the President in their place, decides on a complaint',
  detail: 'Cette décision revient au Directeur, ou au Président s’il le remplace.',
  next: 'Transmettez la réclamation au Directeur.',
});

export const complaintNeedsPresident = defineRefusal({
  code: 'complaint-needs-president',
  kind: 'forbidden',
  rule: course,
  title: 'The complaint concerns the Director: the President decides',
  detail: 'La réclamation met en cause le Directeur : elle revient au Président.',
  next: 'Transmettez-la au Président.',
});

export const deciderConcerned = defineRefusal({
  code: 'complaint-decider-concerned',
  kind: 'forbidden',
  rule: course,
  title: 'A person complained of, or who ran the session, decides nothing on the complaint',
  detail:
    'Vous êtes mis en cause, ou vous avez conduit l’intervention : vous ne pouvez pas décider de cette réclamation.',
  next: 'Transmettez-la au Président, ou au Directeur si le Président est concerné.',
});

export const inquirerConcerned = defineRefusal({
  code: 'complaint-inquirer-concerned',
  kind: 'state',
  rule: course,
  title: 'Nobody inquires into a complaint against themselves or into a session that they ran',
  detail: 'Cette personne est mise en cause, ou elle a conduit l’intervention : elle ne peut pas enquêter.',
  next: 'Désignez quelqu’un d’autre.',
});

export const notTheInquirer = defineRefusal({
  code: 'complaint-not-inquirer',
  kind: 'forbidden',
  rule: course,
  title: 'Findings are written by the person appointed to inquire',
  detail: 'Les constatations sont écrites par la personne chargée de l’enquête.',
  next: 'Demandez-lui de les enregistrer, ou faites désigner une autre personne.',
});

export const notInvestigated = defineRefusal({
  code: 'complaint-not-investigated',
  kind: 'state',
  rule: course,
  title: 'Fault and damage are qualified after an inquiry was opened',
  detail: 'Aucune enquête n’est ouverte : la faute et le dommage ne peuvent pas être qualifiés.',
  next: 'Désignez d’abord une personne chargée de l’enquête.',
});

export const qualifiedAlready = defineRefusal({
  code: 'complaint-qualified-already',
  kind: 'state',
  rule: 'charter:6.1a' satisfies RuleId,
  title: 'Fault and damage are qualified already',
  detail: 'La faute et le dommage sont déjà qualifiés.',
  next: 'Si un fait nouveau apparaît, terminez la réclamation puis rouvrez-la avec ce fait.',
});

export const evidenceUnknown = defineRefusal({
  code: 'complaint-evidence-unknown',
  kind: 'input',
  rule: 'charter:6.1b-d' satisfies RuleId,
  title: 'A piece of evidence is no entry of that kind in a session concerned',
  detail: 'Une des pièces désignées n’est pas un élément de cette sorte dans le journal d’une intervention concernée.',
  next: 'Choisissez les pièces dans le journal des interventions de la réclamation.',
});
