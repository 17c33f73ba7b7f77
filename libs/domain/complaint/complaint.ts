import type { Decider } from '#kernel/decider.js';
import type { ComplaintCommand } from './commands.js';
import { decide } from './decide.js';
import { type ComplaintEvent, complaintEvents, type SealedComplaintEvent } from './events.js';
import { evolve } from './evolve.js';
import type { ComplaintFacts } from './facts.js';
import { type ComplaintState, initialComplaint } from './state.js';

const decider: Decider<ComplaintCommand, ComplaintEvent, SealedComplaintEvent, ComplaintState, ComplaintFacts> = {
  initial: initialComplaint,
  decide,
  evolve,
};

/** Streams `complaint-<complaintId>`: one complaint with its whole course (charter 9). */
export const complaint = { category: 'complaint', decider, events: complaintEvents };
