import { type Decider, never } from '#kernel/decider.js';
import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import { type Instant, toEpochMilliseconds } from '#kernel/time.js';
import type { BaseFacts, Role } from '../shared/facts.js';
import type { ProcessName, SkipReason, StepResult } from './codes.js';
import {
  type ProcessEvent,
  ProcessStepDone,
  ProcessStepParked,
  ProcessStepRetried,
  ProcessStepSkipped,
  processEvents,
  type SealedProcessEvent,
} from './events.js';
import { processIsMachineWork, processStepDone, processStepNotParked } from './refusals.js';

interface OfStep {
  readonly process: ProcessName;
  readonly caseId: string;
  readonly step: string;
}
export type ProcessCommand =
  | (OfStep & {
      readonly type: 'RecordStep';
      readonly result: StepResult;
      readonly to: readonly Role[];
      readonly dueAt: Instant;
    })
  | (OfStep & { readonly type: 'ParkStep'; readonly code: string; readonly attempts: number })
  | (OfStep & { readonly type: 'RetryStep' })
  | (OfStep & { readonly type: 'SkipStep'; readonly reason: SkipReason });

export interface ProcessState {
  /** Done or skipped: never done again. */
  readonly over: readonly string[];
  readonly parked: readonly string[];
}

/** A step done so long after it was due is told as late. */
const LATE_MS = 3_600_000;

function decide(command: ProcessCommand, state: ProcessState, facts: BaseFacts): readonly ProcessEvent[] | Refusal {
  const { process, caseId, step } = command;
  const which = { process, caseId, step, at: facts.now };
  const over = state.over.includes(step);
  const system = facts.actor.staffId === 'system';
  switch (command.type) {
    case 'RecordStep': {
      if (!system) return processIsMachineWork();
      const { result, to, dueAt } = command;
      const late = toEpochMilliseconds(facts.now) - toEpochMilliseconds(dueAt) > LATE_MS;
      return over ? [] : [event(ProcessStepDone, { ...which, result, to, dueAt, late })];
    }
    case 'ParkStep': {
      if (!system) return processIsMachineWork();
      const { code, attempts } = command;
      return over || state.parked.includes(step) ? [] : [event(ProcessStepParked, { ...which, code, attempts })];
    }
    case 'RetryStep':
      if (over) return processStepDone();
      return state.parked.includes(step) ? [event(ProcessStepRetried, which)] : processStepNotParked();
    case 'SkipStep':
      if (over) return processStepDone();
      return state.parked.includes(step)
        ? [event(ProcessStepSkipped, { ...which, reason: command.reason })]
        : processStepNotParked();
    default:
      return never(command);
  }
}

function evolve(state: ProcessState, one: SealedProcessEvent): ProcessState {
  const { step } = one.data;
  const parked = state.parked.filter((other) => other !== step);
  switch (one.type) {
    case 'ProcessStepParked':
      return { ...state, parked: [...parked, step] };
    case 'ProcessStepRetried':
      return { ...state, parked };
    case 'ProcessStepDone':
    case 'ProcessStepSkipped':
      return { over: [...state.over, step], parked };
    default:
      return never(one);
  }
}

const decider: Decider<ProcessCommand, ProcessEvent, SealedProcessEvent, ProcessState, BaseFacts> = {
  initial: { over: [], parked: [] },
  decide,
  evolve,
};

/** Streams `process-<process>.<caseId>`: what was done in one case, so that nothing is done twice. */
export const process = { category: 'process', decider, events: processEvents };

export const processStream = (name: ProcessName, caseId: string): string => `process-${name}.${caseId}`;
