import { defineRefusal } from '#kernel/refusal.js';
import type { RuleId } from '../charter/rules.js';

const state = <const Code extends string>(code: Code, rule: RuleId, title: string, detail: string, next: string) =>
  defineRefusal({ code, kind: 'state', rule, title, detail, next });

export const consentContested = state(
  'consent-contested',
  'charter:3.1a',
  'The member says that the consent was not recorded as it was given',
  'L’adhérent a dit de cet accord : « ce n’est pas exact ».',
  'Appelez-le, puis recueillez un nouvel accord ou notez son retrait. Si l’intervention a commencé, arrêtez-vous : le responsable support éclaircit.',
);
export const consentReplaced = state(
  'consent-replaced',
  'charter:3.1b',
  'Another consent was recorded since',
  'Un autre accord a été noté depuis celui qui est contesté.',
  'Regardez l’accord en cours ; s’il n’est pas exact non plus, contestez celui-là.',
);
export const contestNone = state(
  'contest-none',
  'charter:3.1b',
  'Nobody says that this consent is not exact',
  'Aucune contestation de l’accord n’attend de réponse pour cette intervention.',
  'Rien à faire ici.',
);
export const contestBeforeStart = state(
  'contest-before-start',
  'charter:3.1a',
  'Before the start a contested consent is given anew or withdrawn',
  'L’intervention n’a pas commencé : il ne suffit pas de noter que l’accord était exact.',
  'Recueillez un nouvel accord auprès de l’adhérent, ou notez son retrait.',
);
export const contestNeedsLead = defineRefusal({
  code: 'contest-needs-lead',
  kind: 'forbidden',
  rule: 'charter:3.1b' satisfies RuleId,
  title: 'A contested consent is settled by the support lead, the Director or the President',
  detail: 'Seuls le responsable support, le Directeur ou le Président éclaircissent un accord contesté.',
  next: 'Demandez-le au responsable support.',
});
