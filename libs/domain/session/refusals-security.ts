import { defineRefusal } from '#kernel/refusal.js';
import type { RuleId } from '../charter/rules.js';

const state = <const Code extends string>(code: Code, rule: RuleId, title: string, detail: string, next: string) =>
  defineRefusal({ code, kind: 'state', rule, title, detail, next });

export const securityStopMissing = state(
  'security-stop-missing',
  'charter:7.3b',
  'The session was not stopped for security',
  'Cette intervention n’a pas été arrêtée pour un problème de sécurité.',
  'S’il y a eu violation de données, inscrivez-la au registre des incidents.',
);
export const adviceMissing = defineRefusal({
  code: 'security-advice-missing',
  kind: 'input',
  rule: 'charter:7.3b' satisfies RuleId,
  title: 'No advice is named',
  detail: 'Aucun conseil n’est indiqué.',
  next: 'Cochez au moins un conseil donné à l’adhérent.',
});
