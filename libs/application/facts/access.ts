import { access } from '#domain/access/access.js';
import type { AccessCommand } from '#domain/access/commands.js';
import type { AccessFacts } from '#domain/access/decide.js';
import type { AccessState } from '#domain/access/state.js';
import type { CivilTime } from '#domain/calendar/civil-time.js';
import type { FactsInput } from '../command.js';
import { baseFacts } from './base.js';
import { isDelegate } from './delegate.js';

export const accessBinding = (time: CivilTime) => ({
  aggregate: access,
  facts: async (input: FactsInput<AccessCommand, AccessState>): Promise<AccessFacts> => ({
    ...baseFacts(input),
    isDelegate: input.envelope.command.type === 'IssueMemberExport' && (await isDelegate(input, time)),
  }),
});
