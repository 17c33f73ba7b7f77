import { type NoteRefusal, type RefusalState, refusal } from '#domain/refusal/refusal.js';
import type { BaseFacts } from '#domain/shared/facts.js';
import type { FactsInput } from '../command.js';
import { baseFacts } from './base.js';

export const refusalBinding = () => ({
  aggregate: refusal,
  facts: async (input: FactsInput<NoteRefusal, RefusalState>): Promise<BaseFacts> => baseFacts(input),
});
