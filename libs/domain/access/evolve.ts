import { never } from '#kernel/decider.js';
import type { SealedAccessEvent } from './events.js';
import type { AccessState } from './state.js';

export function evolve(state: AccessState, event: SealedAccessEvent): AccessState {
  switch (event.type) {
    case 'FileConsulted':
      return { ...state, consultations: state.consultations + 1 };
    case 'MemberExportIssued': {
      const { exportId, sha256, issuedBy, expiresAt } = event.data;
      return { ...state, exports: [...state.exports, { exportId, sha256, issuedBy, expiresAt }] };
    }
    case 'FileDisclosed':
      return { ...state, disclosures: [...state.disclosures, event.data.disclosureId] };
    default:
      return never(event);
  }
}
