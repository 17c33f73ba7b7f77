import type { CivilTime } from '#domain/calendar/civil-time.js';
import { charter } from '#domain/charter/charter.js';
import { initialCharter } from '#domain/charter/state.js';
import type { StaffCommand } from '#domain/staff/commands.js';
import type { StaffFacts } from '#domain/staff/decide.js';
import { staff } from '#domain/staff/staff.js';
import type { StaffState } from '#domain/staff/state.js';
import type { FactsInput } from '../command.js';
import { baseFacts } from './base.js';

/** The published charter is read only for undertakings, which name a version of it. */
export const staffBinding = (time: CivilTime) => ({
  aggregate: staff,
  facts: async (input: FactsInput<StaffCommand, StaffState>): Promise<StaffFacts> => {
    const signs = input.envelope.command.type === 'SignConfidentialityUndertaking';
    const published = signs ? await input.reader.state(charter, 'association') : initialCharter;
    return { time, charter: published, ...baseFacts(input) };
  },
});
