import type { Decider } from '#kernel/decider.js';
import type { StaffCommand } from './commands.js';
import { decide, type StaffFacts } from './decide.js';
import { type SealedStaffEvent, type StaffEvent, staffEvents } from './events.js';
import { evolve } from './evolve.js';
import { initialStaff, type StaffState } from './state.js';

const decider: Decider<StaffCommand, StaffEvent, SealedStaffEvent, StaffState, StaffFacts> = {
  initial: initialStaff,
  decide,
  evolve,
};

/** Streams `staff-<staffId>`. */
export const staff = { category: 'staff', decider, events: staffEvents };
