import { defineRefusal } from '#kernel/refusal.js';
import type { RuleId } from '../charter/rules.js';

const rule: RuleId = 'charter:8.2';

export const reportBeforeEnd = defineRefusal({
  code: 'report-before-end',
  kind: 'state',
  rule,
  title: 'The session has not taken place, or is under way',
  detail: 'L’intervention n’a pas eu lieu, ou elle est en cours : il n’y a encore rien à résumer.',
  next: 'Attendez la fin de l’intervention.',
});

export const reportOfOpenJournal = defineRefusal({
  code: 'report-journal-open',
  kind: 'state',
  rule,
  title: 'The journal of the session is not complete',
  detail: 'Le journal de l’intervention n’est pas clos : le rapport serait incomplet.',
  next: 'Complétez et clôturez l’intervention, puis établissez le rapport.',
});
