import type { LetterCommand } from '#domain/letter/commands.js';
import { letter } from '#domain/letter/letter.js';
import type { LetterState } from '#domain/letter/state.js';
import type { BaseFacts } from '#domain/shared/facts.js';
import type { FactsInput } from '../command.js';
import { baseFacts } from './base.js';

export const letterBinding = () => ({
  aggregate: letter,
  facts: async (input: FactsInput<LetterCommand, LetterState>): Promise<BaseFacts> => baseFacts(input),
});
