import { defineRefusal } from '#kernel/refusal.js';
import type { RuleId } from '../charter/rules.js';

const rule: RuleId = 'charter:9.2';

export const processIsMachineWork = defineRefusal({
  code: 'process-is-machine-work',
  kind: 'forbidden',
  rule,
  title: 'Only the processes record what they did',
  detail: 'Seul le service note ce qu’il a fait de lui-même.',
  next: 'Rien à faire.',
});

export const processStepDone = defineRefusal({
  code: 'process-step-done',
  kind: 'state',
  rule,
  title: 'The step was done or skipped',
  detail: 'Cette étape est déjà faite ou écartée.',
  next: 'Rien à faire.',
});

export const processStepNotParked = defineRefusal({
  code: 'process-step-not-parked',
  kind: 'state',
  rule,
  title: 'The step does not wait for anybody',
  detail: 'Cette étape n’est pas en attente d’une décision.',
  next: 'Choisissez une étape en panne dans la liste.',
});
