import { defineRefusal } from '#kernel/refusal.js';
import type { RuleId } from '../charter/rules.js';

const retention: RuleId = 'charter:8.1f';
const erasure: RuleId = 'charter:4.3';

export const holdNeedsDirector = defineRefusal({
  code: 'hold-needs-director',
  kind: 'forbidden',
  rule: retention,
  title: 'Only the Director or the President places, reviews or releases a hold',
  detail: 'Un gel est décidé par le Directeur, ou par le Président s’il le remplace.',
  next: 'Demandez au Directeur.',
});

export const holdUnknown = defineRefusal({
  code: 'hold-unknown',
  kind: 'not-found',
  rule: retention,
  title: 'No such hold for this member',
  detail: 'Ce gel n’existe pas pour cet adhérent.',
  next: 'Choisissez un gel dans la liste.',
});

export const holdExists = defineRefusal({
  code: 'hold-exists',
  kind: 'state',
  rule: retention,
  title: 'Another hold has this id',
  detail: 'Un autre gel porte déjà cet identifiant.',
  next: 'Placez un nouveau gel.',
});

export const holdReleased = defineRefusal({
  code: 'hold-released',
  kind: 'state',
  rule: retention,
  title: 'The hold has ended',
  detail: 'Ce gel est déjà levé.',
  next: 'Placez un nouveau gel si le litige reprend.',
});

export const holdTooLate = defineRefusal({
  code: 'hold-too-late',
  kind: 'erased',
  rule: retention,
  title: 'All the cells are condemned already',
  detail: 'La destruction de ces données est déjà décidée : elles ne peuvent plus être gelées.',
  next: 'Notez dans le dossier que les données n’existent plus.',
});

export const holdBoundWrong = defineRefusal({
  code: 'hold-bound-wrong',
  kind: 'input',
  rule: retention,
  title: 'The outer bound of a hold lies between tomorrow and five years from now',
  detail: 'La date limite du gel doit être à venir, et dans les cinq ans au plus.',
  next: 'Choisissez une date plus proche.',
});

export const holdCellUnknown = defineRefusal({
  code: 'hold-cell-unknown',
  kind: 'input',
  rule: retention,
  title: 'A cell to hold does not exist',
  detail: 'Une des données désignées n’existe pas, ou n’existe plus.',
  next: 'Choisissez les données dans le dossier de l’adhérent.',
});

export const cellOfSomebodyElse = defineRefusal({
  code: 'cell-of-somebody-else',
  kind: 'input',
  rule: erasure,
  title: 'A cell does not belong to this member',
  detail: 'Une des données désignées n’est pas celle de cet adhérent.',
  next: 'Choisissez les données dans le dossier de l’adhérent.',
});

export const sessionStillRunning = defineRefusal({
  code: 'erasure-during-session',
  kind: 'state',
  rule: erasure,
  title: 'A session of this member is running',
  detail: 'Une intervention est en cours avec cet adhérent.',
  next: 'Terminez d’abord l’intervention, puis recommencez.',
});

export const destructionUnknown = defineRefusal({
  code: 'destruction-unknown',
  kind: 'not-found',
  rule: erasure,
  title: 'No such destruction for this member',
  detail: 'Cette destruction n’existe pas pour cet adhérent.',
  next: 'Choisissez une destruction dans la liste.',
});

export const destructionOutOfOrder = defineRefusal({
  code: 'destruction-out-of-order',
  kind: 'state',
  rule: erasure,
  title: 'A destruction goes forward only: destroyed, read back, certified',
  detail: 'Cette étape de la destruction vient avant que la précédente soit faite.',
  next: 'Attendez la fin de l’étape précédente.',
});
