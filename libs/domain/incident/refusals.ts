import { defineRefusal } from '#kernel/refusal.js';

export const incidentUnknown = defineRefusal({
  code: 'incident-unknown',
  kind: 'not-found',
  title: 'No such incident',
  detail: 'Cet incident n’est pas au registre des violations de données.',
  next: 'Vérifiez la référence, ou enregistrez d’abord l’incident.',
});

export const incidentExists = defineRefusal({
  code: 'incident-exists',
  kind: 'state',
  title: 'The incident is in the register already',
  detail: 'Cet incident est déjà au registre.',
  next: 'Complétez la fiche existante.',
});

export const incidentClosed = defineRefusal({
  code: 'incident-closed',
  kind: 'state',
  title: 'The incident is closed',
  detail: 'Cet incident est clos : il reste au registre tel quel.',
  next: 'Si un fait nouveau est apparu, enregistrez un nouvel incident ou envoyez un complément à la CNIL.',
});

export const incidentNeedsDirector = defineRefusal({
  code: 'incident-needs-director',
  kind: 'forbidden',
  title: 'Only the Director or the President decides on an incident',
  detail: 'Seul le Directeur, ou le Président, apprécie un incident, prévient la CNIL et les personnes, et le clôt.',
  next: 'Prévenez le Directeur tout de suite : le délai pour prévenir la CNIL court.',
});

export const incidentReferencesUnknown = defineRefusal({
  code: 'incident-references-unknown',
  kind: 'input',
  title: 'A session or a member named is not known',
  detail: 'Une intervention ou un adhérent indiqué n’est pas connu.',
  next: 'Vérifiez les références ; à défaut, indiquez le nombre approximatif de personnes.',
});

export const incidentKindMissing = defineRefusal({
  code: 'incident-kind-missing',
  kind: 'input',
  title: 'What the breach touches is missing',
  detail: 'Il faut dire ce qui est touché : confidentialité, intégrité ou disponibilité.',
  next: 'Choisissez au moins un des trois.',
});

export const delayReasonsMissing = defineRefusal({
  code: 'incident-delay-reasons-missing',
  kind: 'input',
  title: 'A late notification comes with the reasons for the delay',
  detail:
    'La notification part après la fin du délai légal, compté de la prise de connaissance : le RGPD demande d’en dire les motifs.',
  next: 'Donnez les motifs du retard ; la notification sera enregistrée, avec son retard.',
});

export const incidentNotAssessed = defineRefusal({
  code: 'incident-not-assessed',
  kind: 'state',
  title: 'The risk was not assessed',
  detail: 'Le risque pour les personnes n’a pas encore été apprécié.',
  next: 'Appréciez d’abord le risque, avec ses motifs.',
});

export const authorityNotNotified = defineRefusal({
  code: 'incident-authority-not-notified',
  kind: 'state',
  title: 'The authority was not notified',
  detail: 'Il y a un risque pour les personnes : la CNIL doit être prévenue avant la clôture.',
  next: 'Enregistrez la notification à la CNIL, même en retard, ou revoyez l’appréciation du risque.',
});

export const personsNotTold = defineRefusal({
  code: 'incident-persons-not-told',
  kind: 'state',
  title: 'The persons concerned were not told',
  detail: 'Le risque est élevé : les personnes doivent être prévenues, ou il faut dire pourquoi elles ne le sont pas.',
  next: 'Enregistrez l’information des personnes, ou l’exception de l’article 34(3) du RGPD qui s’applique.',
});
