import { defineRefusal } from '#kernel/refusal.js';

export const associationRecordUnknown = defineRefusal({
  code: 'association-record-unknown',
  kind: 'not-found',
  title: 'No such record of the association',
  detail: 'Cette fiche (assurance, médiateur ou sous-traitant) n’existe pas.',
  next: 'Vérifiez la référence dans la liste des registres.',
});

export const associationRecordNotYours = defineRefusal({
  code: 'association-record-not-yours',
  kind: 'forbidden',
  title: 'Only those who govern the association keep these records',
  detail:
    'L’assurance, le médiateur et les sous-traitants sont tenus par le Directeur, le Président ou l’administrateur.',
  next: 'Demandez au Directeur.',
});

export const associationRecordEnded = defineRefusal({
  code: 'association-record-ended',
  kind: 'state',
  title: 'The record was ended on another day',
  detail: 'Il a déjà été mis fin à cette fiche, à une autre date.',
  next: 'Vérifiez la date dans la liste des registres.',
});
