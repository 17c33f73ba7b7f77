import type { CivilTime } from '#domain/calendar/civil-time.js';
import type { RetentionCommand } from '#domain/retention/commands.js';
import { type RetentionFacts, retention } from '#domain/retention/retention.js';
import type { RetentionState } from '#domain/retention/state.js';
import type { FactsInput } from '../command.js';
import { baseFacts } from './base.js';

export const retentionBinding = (time: CivilTime) => ({
  aggregate: retention,
  facts: async (input: FactsInput<RetentionCommand, RetentionState>): Promise<RetentionFacts> => ({
    time,
    ...baseFacts(input),
  }),
});
