import { type ProcessCommand, type ProcessState, process } from '#domain/process/process.js';
import type { BaseFacts } from '#domain/shared/facts.js';
import type { FactsInput } from '../command.js';
import { baseFacts } from './base.js';

export const processBinding = () => ({
  aggregate: process,
  facts: async (input: FactsInput<ProcessCommand, ProcessState>): Promise<BaseFacts> => baseFacts(input),
});
