import { staff } from '#domain/staff/staff.js';
import type { TokenCommand } from '#domain/token/commands.js';
import type { TokenFacts } from '#domain/token/decide.js';
import type { TokenState } from '#domain/token/state.js';
import { token } from '#domain/token/token.js';
import type { FactsInput } from '../command.js';
import { baseFacts } from './base.js';

export const tokenBinding = () => ({
  aggregate: token,
  facts: async (input: FactsInput<TokenCommand, TokenState>): Promise<TokenFacts> => {
    const { command } = input.envelope;
    const owner = command.type === 'IssueAccessToken' ? await input.reader.state(staff, command.staffId) : undefined;
    return { staffRegistered: owner?.registered ?? false, ...baseFacts(input) };
  },
});
