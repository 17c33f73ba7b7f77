import type { Decider } from '#kernel/decider.js';
import type { MemberCommand } from './commands.js';
import { decide } from './decide.js';
import { type MemberEvent, memberEvents, type SealedMemberEvent } from './events.js';
import { evolve } from './evolve.js';
import type { MemberFacts } from './facts.js';
import { initialMember, type MemberState } from './state.js';

const decider: Decider<MemberCommand, MemberEvent, SealedMemberEvent, MemberState, MemberFacts> = {
  initial: initialMember,
  decide,
  evolve,
};

/** Streams `member-<memberId>`. */
export const member = { category: 'member', decider, events: memberEvents };
