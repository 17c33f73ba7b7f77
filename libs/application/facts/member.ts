import type { CivilTime } from '#domain/calendar/civil-time.js';
import type { MemberCommand } from '#domain/member/commands.js';
import type { MemberFacts } from '#domain/member/decide.js';
import { member } from '#domain/member/member.js';
import type { MemberState } from '#domain/member/state.js';
import type { FactsInput } from '../command.js';
import { baseFacts } from './base.js';

export const memberBinding = (time: CivilTime) => ({
  aggregate: member,
  facts: async (input: FactsInput<MemberCommand, MemberState>): Promise<MemberFacts> => ({ ...baseFacts(input), time }),
});
