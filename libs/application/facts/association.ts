import { association } from '#domain/association/association.js';
import type { AssociationCommand } from '#domain/association/commands.js';
import type { AssociationFacts } from '#domain/association/decide.js';
import type { AssociationState } from '#domain/association/state.js';
import type { CivilTime } from '#domain/calendar/civil-time.js';
import type { FactsInput } from '../command.js';
import { baseFacts } from './base.js';

export const associationBinding = (time: CivilTime) => ({
  aggregate: association,
  facts: async (input: FactsInput<AssociationCommand, AssociationState>): Promise<AssociationFacts> => ({
    time,
    ...baseFacts(input),
  }),
});
