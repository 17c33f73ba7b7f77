import { never } from '#kernel/decider.js';
import type { LocalDate } from '#kernel/time.js';
import type { SealedStaffEvent } from './events.js';
import { isOpenOn, type Period, type StaffState } from './state.js';

export function evolve(state: StaffState, event: SealedStaffEvent): StaffState {
  const { data } = event;
  switch (event.type) {
    case 'StaffRegistered':
      return { ...state, registered: true, staffId: data.staffId };
    case 'OfficeHolderAppointed': {
      const { office, from, until } = event.data;
      return { ...state, offices: [...state.offices, { office, from, until, cutOn: undefined }] };
    }
    case 'OfficeHolderDismissed': {
      const { office, on } = event.data;
      return {
        ...state,
        offices: state.offices.map((period) => (period.office === office ? cut(period, on) : period)),
      };
    }
    case 'TechnicianAuthorised': {
      const { from, until } = event.data;
      return { ...state, habilitations: [...state.habilitations, { from, until, cutOn: undefined }] };
    }
    case 'TechnicianRevoked': {
      const { on } = event.data;
      return { ...state, habilitations: state.habilitations.map((period) => cut(period, on)) };
    }
    case 'ConfidentialityUndertakingSigned': {
      const { signedOn, charterVersionId } = event.data;
      return { ...state, undertakings: [...state.undertakings, { signedOn, charterVersionId }] };
    }
    case 'TechnicianSkillRecorded': {
      const { software, evidenceDate } = event.data;
      return { ...state, skills: [...state.skills, { software, evidenceDate }] };
    }
    default:
      return never(event);
  }
}

const cut = <P extends Period>(period: P, on: LocalDate): P =>
  isOpenOn(period, on) ? { ...period, cutOn: on } : period;
