import type { Decider } from '#kernel/decider.js';
import type { AssociationCommand } from './commands.js';
import { type AssociationFacts, decide } from './decide.js';
import { type AssociationEvent, associationEvents, type SealedAssociationEvent } from './events.js';
import { evolve } from './evolve.js';
import { type AssociationState, initialAssociation } from './state.js';

type Heart = Decider<AssociationCommand, AssociationEvent, SealedAssociationEvent, AssociationState, AssociationFacts>;
const decider: Heart = { initial: initialAssociation, decide, evolve };

/** Stream `association-records`: insurance, mediator and processors, each with its days (6.2, 6.3, 11 d, GDPR 28). */
export const association = { category: 'association', decider, events: associationEvents };
