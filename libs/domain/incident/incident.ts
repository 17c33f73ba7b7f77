import type { Decider } from '#kernel/decider.js';
import type { IncidentCommand } from './commands.js';
import { decide } from './decide.js';
import { type IncidentEvent, incidentEvents, type SealedIncidentEvent } from './events.js';
import { evolve } from './evolve.js';
import type { IncidentFacts } from './facts.js';
import { type IncidentState, initialIncident } from './state.js';

const decider: Decider<IncidentCommand, IncidentEvent, SealedIncidentEvent, IncidentState, IncidentFacts> = {
  initial: initialIncident,
  decide,
  evolve,
};

/** Streams `incident-<incidentId>`: one entry of the register of breaches with its whole course (GDPR 33–34). */
export const incident = { category: 'incident', decider, events: incidentEvents };
