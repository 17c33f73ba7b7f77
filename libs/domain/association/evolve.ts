import { never } from '#kernel/decider.js';
import type { LocalDate } from '#kernel/time.js';
import type { RecordKind, SealedAssociationEvent } from './events.js';
import type { AssociationState } from './state.js';

export function evolve(state: AssociationState, event: SealedAssociationEvent): AssociationState {
  switch (event.type) {
    case 'InsurancePolicyRecorded':
      return added(state, 'insurance', event.data);
    case 'MediatorRecorded':
      return added(state, 'mediator', event.data);
    case 'ProcessorRecorded':
      return added(state, 'processor', event.data);
    case 'AssociationRecordEnded': {
      const { recordId, on } = event.data;
      return { records: state.records.map((one) => (one.recordId === recordId ? { ...one, endedOn: on } : one)) };
    }
    default:
      return never(event);
  }
}

const added = (
  { records }: AssociationState,
  kind: RecordKind,
  { recordId, from, until }: { readonly recordId: string; readonly from: LocalDate; readonly until?: LocalDate },
): AssociationState => ({ records: [...records, { recordId, kind, from, until, endedOn: undefined }] });
