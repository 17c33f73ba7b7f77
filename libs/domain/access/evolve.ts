import { never } from '#kernel/decider.js';
import type { SealedAccessEvent } from './events.js';
import type { AccessState } from './state.js';

export function evolve(state: AccessState, event: SealedAccessEvent): AccessState {
  switch (event.type) {
    case 'FileConsulted':
      return { ...state, consultations: state.consultations + 1 };
    case 'MemberExportIssued':
      return { ...state, exports: [...state.exports, event.data.exportId] };
    default:
      return never(event);
  }
}
