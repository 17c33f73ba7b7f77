import { access } from '#domain/access/access.js';
import type { AccessCommand } from '#domain/access/commands.js';
import type { AccessFacts } from '#domain/access/decide.js';
import type { AccessState } from '#domain/access/state.js';
import type { FactsInput } from '../command.js';
import { baseFacts } from './base.js';

export const accessBinding = () => ({
  aggregate: access,
  facts: async (input: FactsInput<AccessCommand, AccessState>): Promise<AccessFacts> => baseFacts(input),
});
