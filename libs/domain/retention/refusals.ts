import { defineRefusal } from '#kernel/refusal.js';
import type { RuleId } from '../charter/rules.js';

const rule: RuleId = 'charter:4.4c';

export const retentionNotYours = defineRefusal({
  code: 'retention-not-yours',
  kind: 'forbidden',
  rule,
  title: 'Only the nightly run, the Director or the administrator runs retention',
  detail: 'La purge est faite chaque nuit par le logiciel, ou à la main par le Directeur ou l’administrateur.',
  next: 'Demandez au Directeur.',
});

export const retentionDayToCome = defineRefusal({
  code: 'retention-day-to-come',
  kind: 'input',
  rule,
  title: 'Nothing is destroyed before its day',
  detail: 'Ce jour n’est pas encore venu : rien ne s’efface avant la fin de sa durée de conservation.',
  next: 'Choisissez aujourd’hui ou un jour passé, ou demandez un essai à blanc.',
});
