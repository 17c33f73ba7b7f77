import { never } from '#kernel/decider.js';
import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import type { CivilTime } from '../calendar/civil-time.js';
import { lintFields } from '../lint/lint-fields.js';
import { type BaseFacts, hasAnyRole } from '../shared/facts.js';
import { refuseFutureDay, refuseReversed } from '../shared/refusals.js';
import type { AssociationCommand, EndAssociationRecord } from './commands.js';
import * as events from './events.js';
import { associationRecordEnded, associationRecordNotYours, associationRecordUnknown } from './refusals.js';
import type { AssociationState } from './state.js';

export interface AssociationFacts extends BaseFacts {
  readonly time: CivilTime;
}

type Decision = readonly events.AssociationEvent[] | Refusal;

/** Dated records of the association; a new one never ends an older one, whose last day stays what it was. */
export function decide(command: AssociationCommand, state: AssociationState, facts: AssociationFacts): Decision {
  if (!hasAnyRole(facts.actor, 'Director', 'President', 'Administrator')) return associationRecordNotYours();
  if (command.type === 'EndAssociationRecord') return end(command, state);
  if (state.records.some(({ recordId }) => recordId === command.recordId)) return [];
  const { type: _, recordId: __, from: ___, until: ____, ...fields } = command;
  const texts = Object.fromEntries(Object.entries(fields).map(([name, text]) => [`/${name}`, text]));
  const refusal =
    refuseReversed(command.from, command.until) ??
    lintFields(texts).refusal ??
    ('contractOn' in command ? refuseFutureDay(command.contractOn, facts, '/contractOn') : undefined);
  return refusal ?? [recorded(command)];
}

function recorded(command: Exclude<AssociationCommand, EndAssociationRecord>): events.AssociationEvent {
  switch (command.type) {
    case 'RecordInsurancePolicy': {
      const { type: _, ...data } = command;
      return event(events.InsurancePolicyRecorded, data);
    }
    case 'RecordMediator': {
      const { type: _, ...data } = command;
      return event(events.MediatorRecorded, data);
    }
    case 'RecordProcessor': {
      const { type: _, ...data } = command;
      return event(events.ProcessorRecorded, data);
    }
    default:
      return never(command);
  }
}

function end({ recordId, on }: EndAssociationRecord, state: AssociationState): Decision {
  const one = state.records.find((record) => record.recordId === recordId);
  if (one === undefined) return associationRecordUnknown();
  if (one.endedOn !== undefined) return one.endedOn === on ? [] : associationRecordEnded();
  return (
    refuseReversed(one.from, on, '/on') ?? [event(events.AssociationRecordEnded, { recordId, kind: one.kind, on })]
  );
}
