import { never } from '#kernel/decider.js';
import type { SealedIncidentEvent } from './events.js';
import type { IncidentState } from './state.js';

export function evolve(state: IncidentState, event: SealedIncidentEvent): IncidentState {
  if (event.type === 'IncidentRecorded') {
    const { incidentId, awareAt, notifyBefore } = event.data;
    return {
      incidentId,
      awareAt,
      notifyBefore,
      risk: undefined,
      notifications: [],
      notices: [],
      exempt: false,
      closed: false,
    };
  }
  if (state === undefined) return undefined;
  switch (event.type) {
    case 'IncidentComplemented':
      return state;
    case 'IncidentAssessed':
      return { ...state, risk: event.data.risk };
    case 'AuthorityNotified':
      return { ...state, notifications: [...state.notifications, event.data.notificationId] };
    case 'PersonsTold':
      return { ...state, notices: [...state.notices, event.data.noticeId] };
    case 'PersonsNotTold':
      return { ...state, exempt: true };
    case 'IncidentClosed':
      return { ...state, closed: true };
    default:
      return never(event);
  }
}
