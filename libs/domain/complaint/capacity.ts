import type { Refusal } from '#kernel/refusal.js';
import { type BaseFacts, hasAnyRole } from '../shared/facts.js';
import { complaintNeedsDirector, complaintNeedsPresident, deciderConcerned } from './refusals.js';
import type { ComplaintCase } from './state.js';

export type Capacity = 'director' | 'president';

/**
 * In which capacity the actor decides; a refusal when in none. Nobody decides on a complaint against themselves or on a
 * session that they ran; against the Director the President decides, who may always stand in for them (A12).
 */
export function capacityOf(
  state: Pick<ComplaintCase, 'concerned' | 'concernsDirector'>,
  { actor }: BaseFacts,
): Capacity | Refusal {
  const isPresident = hasAnyRole(actor, 'President');
  if (!isPresident && !hasAnyRole(actor, 'Director')) return complaintNeedsDirector();
  if (state.concerned.includes(actor.staffId)) return deciderConcerned();
  if (isPresident) return 'president';
  return state.concernsDirector ? complaintNeedsPresident() : 'director';
}
