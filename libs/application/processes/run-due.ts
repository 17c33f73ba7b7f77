import type { CivilTime } from '#domain/calendar/civil-time.js';
import { type ProcessCommand, processStream } from '#domain/process/process.js';
import type { Instant } from '#kernel/time.js';
import { plusMilliseconds } from '#kernel/time.js';
import type { Tracer } from '#ports/tracer/tracer.js';
import type { PendingStep, ProcessCaseDocument } from '#views/process-case.js';
import { caseKeyOf } from '#views/process-case.js';
import { dueCases, processesView } from '#views/processes.js';
import { codeOf } from '../fault.js';
import type { Alarm } from '../projection/reports.js';
import type { Temoin } from '../temoin.js';
import { withStandIns } from './stand-ins.js';
import { StepFault, type StepOutcome } from './step.js';
import { stepOf } from './steps.js';

export interface RunDueOptions {
  readonly temoin: Temoin;
  readonly time: CivilTime;
  readonly onAlarm: (alarm: Alarm) => void;
  /** Attempts at a step before its case is parked. */
  readonly attempts?: number;
  readonly tracer?: Tracer | undefined;
}

/** What one look at the clock came to. */
export interface DueReport {
  readonly done: number;
  /** Of these, more than an hour after they were due. */
  readonly late: number;
  readonly parked: number;
  /** Not yet by the calendar, or to be tried again. */
  readonly waiting: number;
}

const PAGE = 100;
/** How long the view may take to show what is stored. */
const PATIENCE_MS = 30_000;
/** Codes of what stands in everybody’s way: nothing is parked for it. */
const OUT_OF_REACH: ReadonlySet<string> = new Set(['unavailable', 'unknown-outcome', 'closed', 'vault-unavailable']);

/** Carries out steps that are due; made once, because it remembers what it tried. */
export function dueRunner({
  temoin,
  time,
  onAlarm,
  attempts: most = 3,
  tracer,
}: RunDueOptions): () => Promise<DueReport> {
  const attempts = new Map<string, number>();
  const notBefore = new Map<string, Instant>();

  async function give(one: ProcessCaseDocument, label: string, command: ProcessCommand): Promise<boolean> {
    const stream = processStream(one.process, one.caseId);
    const commandId = label === '' ? temoin.ids.freshCommandId() : idOf(temoin, one, command.step, label);
    const correlationId = temoin.ids.correlationId(one.caseId);
    const outcome = await temoin.execute({
      commandId,
      actor: 'system',
      actorRoles: [],
      correlationId,
      stream,
      command,
    });
    return outcome.outcome === 'accepted' && outcome.receipt.events.length > 0 && !outcome.repeated;
  }

  /** @returns what came of it; `waiting`: nothing was changed */
  async function perform(one: ProcessCaseDocument, { step, dueAt }: PendingStep): Promise<Performed> {
    const { process, caseId } = one;
    const key = `${caseKeyOf(process, caseId)} ${step}`;
    if ((notBefore.get(key) ?? dueAt) > temoin.clock.now()) return 'waiting';
    let outcome: StepOutcome;
    try {
      const known = stepOf(process, step);
      if (known === undefined) throw new StepFault('no-such-step');
      const commandId = (label: string) => idOf(temoin, one, step, label);
      outcome = await known({ temoin, time, one, step, dueAt, commandId });
    } catch (error) {
      const code = codeOf(error) ?? 'fault';
      if (OUT_OF_REACH.has(code)) throw error;
      const tried = (attempts.get(key) ?? 0) + 1;
      attempts.set(key, tried);
      if (tried < most && !(error instanceof StepFault)) return 'waiting';
      attempts.delete(key);
      await give(one, '', { type: 'ParkStep', process, caseId, step, code: plain(code), attempts: tried });
      onAlarm({ kind: 'process-parked', process, caseId, code });
      return 'parked';
    }
    if ('notBefore' in outcome) {
      notBefore.set(key, outcome.notBefore);
      return 'waiting';
    }
    attempts.delete(key);
    notBefore.delete(key);
    const { done: result } = outcome;
    const to = await withStandIns(temoin, outcome.to ?? []);
    await give(one, 'step', { type: 'RecordStep', process, caseId, step, result, to, dueAt });
    return 'done';
  }

  /**
   * One case at a time, the oldest first, until nothing is due any more. A view that is behind the log is waited for: a
   * rebuild or a first start acts on nothing that was done already, and what it would repeat has the same command ids.
   * @throws what stands in everybody’s way
   */
  return async () => {
    const report = { done: 0, late: 0, parked: 0, waiting: 0 };
    for (let again = true; again; ) {
      again = false;
      report.waiting = 0;
      const head = await temoin.eventStore.head();
      if (head !== undefined && !(await temoin.waitFor(processesView.schema.name, head, PATIENCE_MS)))
        throw Object.assign(new Error('the view of the processes is behind'), { code: 'unavailable' });
      let cursor: string | undefined;
      do {
        const now = temoin.clock.now();
        const page = await dueCases(
          { viewStore: temoin.viewStore, now },
          { limit: PAGE, ...(cursor === undefined ? {} : { cursor }) },
        );
        for (const one of page.items) {
          const next = one.pending[0];
          if (next === undefined) continue;
          const outcome = await (tracer ? traced(tracer, one, next, perform) : perform(one, next));
          report[outcome] += 1;
          if (outcome === 'waiting') continue;
          again = true;
          if (outcome === 'done' && plusMilliseconds(next.dueAt, 3_600_000) < now) report.late += 1;
        }
        cursor = page.next;
      } while (cursor !== undefined);
    }
    return report;
  };
}

type Performed = 'done' | 'parked' | 'waiting';

const traced = (
  tracer: Tracer,
  one: ProcessCaseDocument,
  next: PendingStep,
  perform: (one: ProcessCaseDocument, next: PendingStep) => Promise<Performed>,
): Promise<Performed> =>
  tracer.span('process step', { 'temoin.process': one.process, 'temoin.step': next.step }, async (span) => {
    const outcome = await perform(one, next);
    span.add({ 'temoin.outcome': outcome });
    return outcome;
  });

const idOf = ({ ids }: Temoin, { process, caseId }: ProcessCaseDocument, step: string, label: string): string =>
  ids.commandId('system', `process ${process} ${caseId} ${step} ${label}`);

/** A code that may stand in the log. */
const plain = (code: string): string => (/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/.test(code) ? code : 'fault');
