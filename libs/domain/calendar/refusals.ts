import { defineRefusal } from '#kernel/refusal.js';
import type { RuleId } from '../charter/rules.js';

const rule: RuleId = 'charter:7.2b';

export const closureUnknown = defineRefusal({
  code: 'closure-unknown',
  kind: 'not-found',
  rule,
  title: 'No such closure',
  detail: 'Cette fermeture n’existe pas.',
  next: 'Choisissez une fermeture dans le calendrier.',
});

export const closureExists = defineRefusal({
  code: 'closure-exists',
  kind: 'state',
  rule,
  title: 'The closure was already declared otherwise',
  detail: 'Une autre fermeture porte déjà cet identifiant.',
  next: 'Retirez la première fermeture, puis déclarez la nouvelle.',
});

export const closureRetroactive = defineRefusal({
  code: 'closure-retroactive',
  kind: 'state',
  rule,
  title: 'Opening days of the past do not change',
  detail: 'Les jours passés ne changent pas : les interventions y ont déjà été jugées.',
  next: 'Déclarez une fermeture à partir d’aujourd’hui.',
});
