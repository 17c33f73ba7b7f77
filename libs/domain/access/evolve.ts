import { never } from '#kernel/decider.js';
import type { SealedAccessEvent } from './events.js';
import type { AccessState } from './state.js';

export function evolve(state: AccessState, event: SealedAccessEvent): AccessState {
  if (event.type === 'FileConsulted') return { consultations: state.consultations + 1 };
  return never(event.type);
}
