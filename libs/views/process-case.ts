import type { ProcessName, StepResult } from '#domain/process/codes.js';
import type { SealedProcessEvent } from '#domain/process/events.js';
import type { Role } from '#domain/shared/facts.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import { fromEpochMilliseconds, toEpochMilliseconds } from '#kernel/time.js';
import { plusDays, startOfLocalDay } from './local-day.js';

export interface PendingStep {
  /** `remind`; `review.2026-12-01` where it comes again. */
  readonly step: string;
  readonly dueAt: Instant;
}

/** What a case is about: opaque ids, and the event that began it. */
export interface CaseSubject {
  readonly memberId?: string;
  readonly sessionId?: string;
  readonly requestId?: string;
  readonly complaintId?: string;
  readonly rightsId?: string;
  readonly holdId?: string;
  readonly staffId?: string;
  readonly charterVersionId?: string;
  readonly deviationId?: string;
  readonly credentialId?: string;
  readonly recordId?: string;
  readonly incidentId?: string;
  /** Last day of what ends by itself. */
  readonly until?: LocalDate;
  /** When it came to be known, where days are counted from then. */
  readonly since?: Instant;
  /** How many working days, where another number than the usual was set. */
  readonly days?: number;
  readonly stream?: string;
  readonly revision?: number;
}

/** One thing that a process watches over: what is to come, what was done, what stands in the way. */
export interface ProcessCaseDocument {
  readonly process: ProcessName;
  readonly caseId: string;
  readonly state: 'waiting' | 'parked' | 'ended';
  /** When the next step is due; absent once the case has ended. */
  readonly dueAt?: Instant;
  readonly about: CaseSubject;
  /** What was waited for has happened: reminders of it are over. */
  readonly settled: boolean;
  readonly pending: readonly PendingStep[];
  readonly done: readonly {
    readonly step: string;
    readonly result: StepResult | 'skipped';
    readonly to: readonly string[];
    readonly at: Instant;
    readonly late: boolean;
  }[];
  readonly parked?: { readonly step: string; readonly code: string; readonly at: Instant };
}

/** Somebody was reminded, by role, of something that the clock asks for. */
export interface ReminderDocument {
  readonly process: ProcessName;
  readonly caseId: string;
  readonly step: string;
  readonly to: readonly Role[];
  readonly at: Instant;
  readonly dueAt: Instant;
  readonly late: boolean;
}

export const caseKeyOf = (process: string, caseId: string): string => `${process}.${caseId}`;

/** One case that an event moves. */
export interface Moved {
  readonly process: ProcessName;
  readonly caseId: string;
  readonly move: CaseMove;
}

export type CaseMove = (before: ProcessCaseDocument | undefined) => ProcessCaseDocument | undefined;

/** The state that follows from what is pending. */
export function standing(one: ProcessCaseDocument): ProcessCaseDocument {
  const pending = [...one.pending].sort((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0));
  const { dueAt: _, parked, ...rest } = one;
  const [next] = pending;
  if (next === undefined) return { ...rest, pending, state: 'ended' };
  const stuck = parked !== undefined && pending.some(({ step }) => step === parked.step);
  return { ...rest, pending, dueAt: next.dueAt, ...(stuck ? { parked } : {}), state: stuck ? 'parked' : 'waiting' };
}

/** Opens a case, or gives one that exists other steps to come; what was done is never to come again. */
export const schedule =
  (process: ProcessName, caseId: string, about: CaseSubject, pending: readonly PendingStep[]): CaseMove =>
  (before) => {
    const done = before?.done ?? [];
    const over = new Set(done.map(({ step }) => step));
    return standing({
      process,
      caseId,
      state: 'waiting',
      about: { ...before?.about, ...about },
      settled: false,
      pending: pending.filter(({ step }) => !over.has(step)),
      done,
      ...(before?.parked === undefined ? {} : { parked: before.parked }),
    });
  };

/** Nothing more is to come: what was waited for has happened. */
export const end: CaseMove = (before) => before && standing({ ...before, pending: [], settled: true });

/** One step is not to come any more. */
export const without =
  (step: string): CaseMove =>
  (before) =>
    before && standing({ ...before, pending: before.pending.filter((one) => one.step !== step) });

/** What the process itself recorded. */
export const recorded =
  (event: SealedProcessEvent): CaseMove =>
  (before) => {
    if (before === undefined) return undefined;
    const { step, at } = event.data;
    const { parked: _, ...free } = before;
    switch (event.type) {
      case 'ProcessStepDone': {
        const { result, to, late } = event.data;
        const pending = before.pending.filter((one) => one.step !== step);
        return standing({ ...free, pending, done: [...before.done, { step, result, to, at, late }] });
      }
      case 'ProcessStepSkipped': {
        const pending = before.pending.filter((one) => one.step !== step);
        const skipped = { step, result: 'skipped', to: [], at, late: false } as const;
        return standing({ ...free, pending, done: [...before.done, skipped] });
      }
      case 'ProcessStepParked':
        return standing({ ...free, parked: { step, code: event.data.code, at } });
      default:
        return standing(free);
    }
  };

/** That hour of a day in Paris: counted back from the next midnight, because the clocks change in the night. */
export const atHour = (day: LocalDate, hour: number): Instant =>
  fromEpochMilliseconds(toEpochMilliseconds(startOfLocalDay(plusDays(day, 1))) - (24 - hour) * 3_600_000);
