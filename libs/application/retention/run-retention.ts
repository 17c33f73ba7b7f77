import type { CivilTime } from '#domain/calendar/civil-time.js';
import { custody } from '#domain/custody/custody.js';
import { type CustodyState, destructionOf, holdOn } from '#domain/custody/state.js';
import { member } from '#domain/member/member.js';
import { cellOfKept } from '#domain/retention/due.js';
import { retention } from '#domain/retention/retention.js';
import { isThrough, runIdOf } from '#domain/retention/state.js';
import type { Role } from '#domain/shared/facts.js';
import { isWithinCell } from '#kernel/sealed.js';
import type { LocalDate } from '#kernel/time.js';
import { ACCESS_LOG_MONTHS } from '#views/accesses.js';
import { plusMonths, startOfLocalDay } from '#views/local-day.js';
import { condemnedBy, stillOnFile } from '#views/retention-queries.js';
import type { CommandOutcome } from '../command.js';
import type { Temoin } from '../temoin.js';
import { planRetention } from './plan-retention.js';

export interface RetentionOptions {
  readonly temoin: Temoin;
  readonly time: CivilTime;
  /**
   * Carries a decided destruction out: fence, destroy, evict, read back, certify. Idempotent; answers when the keys are gone.
   */
  readonly carryOut: (memberId: string, destructionId: string) => Promise<void>;
  /** Who has it run by hand; the run's end is recorded as theirs. */
  readonly by?: { readonly actor: string; readonly actorRoles: readonly Role[] };
  /** For tests of crashes: called before each step that leaves a trace. */
  readonly onStep?: (step: 'condemn' | 'carry-out' | 'complete') => void | Promise<void>;
}

export interface RetentionReport {
  readonly runId: string;
  readonly day: LocalDate;
  /** The day's run was through already: nothing was looked at. */
  readonly repeated: boolean;
  readonly due: number;
  readonly destroyed: number;
  readonly held: number;
  readonly failed: number;
}

/** Cells of one decision: far below what an event may hold. */
const CELLS_AT_ONCE = 500;
const VIEW_PATIENCE = 60_000;

/**
 * Destroys what has reached the end of its period by that day. The run is known by its day: interrupted, it is taken up
 * where it stopped; through, it changes nothing any more. A machine that slept takes with one run all that became due.
 * @param day not after today
 * @throws RetentionError `day-to-come` | `view-behind`; what the stores throw: run it again
 */
export async function runRetention(options: RetentionOptions, day: LocalDate): Promise<RetentionReport> {
  const { temoin, time, carryOut, by, onStep = () => undefined } = options;
  const runId = runIdOf(day);
  const none = { runId, day, due: 0, destroyed: 0, held: 0, failed: 0 };
  const startedAt = temoin.clock.now();
  if (day > time.toLocal(startedAt).date) throw new RetentionError('day-to-come', `${day} has not come yet`);
  if (isThrough(await temoin.reader.state(retention, 'association'), day)) return { ...none, repeated: true };
  await caughtUp(temoin);

  const cells = new Map<string, Set<string>>();
  const add = (memberId: string, cell: string) => cells.set(memberId, (cells.get(memberId) ?? new Set()).add(cell));
  for (const one of await planRetention(temoin, time, day))
    if (one.standing !== 'condemned') add(one.memberId, one.cell);
  // of an earlier attempt of this very run
  for (const one of await condemnedBy(temoin, runId))
    if (one.memberId !== undefined) add(one.memberId, cellOfKept({ ...one, memberId: one.memberId }));

  const total = { due: 0, destroyed: 0, held: 0, failed: 0 };
  for (const [memberId, wanted] of cells) {
    const all = await stillDue(temoin, memberId, [...wanted].sort());
    for (let at = 0; at < all.length; at += CELLS_AT_ONCE) {
      // one id over all members: tombstones, ledger and certificates know a destruction by it alone
      const destructionId = `${runId}.${memberId}${at === 0 ? '' : `.${at / CELLS_AT_ONCE + 1}`}`;
      await onStep('condemn');
      await condemn(temoin, memberId, destructionId, runId, all.slice(at, at + CELLS_AT_ONCE));
      const { destroyed } = destructionOf(await temoin.reader.state(custody, memberId), destructionId) ?? {};
      if (destroyed !== false) continue;
      await onStep('carry-out');
      await carryOut(memberId, destructionId);
    }
    const state = await temoin.reader.state(custody, memberId);
    for (const cell of all) {
      total.due += 1;
      total[fateOf(state, cell)] += 1;
    }
  }
  await onStep('complete');
  const accessLogFrom = startOfLocalDay(plusMonths(day, -ACCESS_LOG_MONTHS));
  const command = { type: 'CompleteRetentionRun', runId, day, startedAt, ...total, members: cells.size, accessLogFrom };
  expectAccepted(await give(temoin, 'retention-association', runId, command, by));
  return { runId, day, repeated: false, ...total };
}

/**
 * Without the identity of a member who came back, or of whom something new was written down, since the plan was made: what is
 * destroyed cannot be asked for again.
 */
async function stillDue(temoin: Temoin, memberId: string, cells: readonly string[]): Promise<readonly string[]> {
  const identity = `${memberId}/identity`;
  if (!cells.includes(identity)) return cells;
  const { registered, status, leftOn } = await temoin.reader.state(member, memberId);
  if (!registered) return cells;
  const back = status === 'active' && leftOn === undefined;
  const busy = back || (await stillOnFile(temoin, [memberId])).has(memberId);
  return busy ? cells.filter((cell) => cell !== identity) : cells;
}

const fateOf = (state: CustodyState, cell: string): 'destroyed' | 'held' | 'failed' => {
  const gone = state.destructions.some((one) => one.destroyed && one.cells.some((other) => isWithinCell(cell, other)));
  if (gone) return 'destroyed';
  return holdOn(state, cell) ? 'held' : 'failed';
};

/** A refusal leaves the cells where they are, for the next run: a session of the member is running just now. */
async function condemn(
  temoin: Temoin,
  memberId: string,
  destructionId: string,
  reference: string,
  cells: readonly string[],
): Promise<void> {
  const command = { type: 'CondemnCells', memberId, destructionId, cells, cause: 'retention', reference };
  const outcome = await give(temoin, `custody-${memberId}`, destructionId, command);
  if (outcome.outcome !== 'refused') expectAccepted(outcome);
}

/** Under a command id of its own, the same in every attempt. */
const give = (
  temoin: Temoin,
  stream: string,
  label: string,
  command: { readonly type: string },
  by: { readonly actor: string; readonly actorRoles: readonly Role[] } = { actor: 'system', actorRoles: [] },
): Promise<CommandOutcome> =>
  temoin.execute({
    commandId: temoin.ids.commandId('system', `${label} ${stream}`),
    ...by,
    correlationId: temoin.ids.correlationId(label),
    stream,
    command,
  });

function expectAccepted(outcome: CommandOutcome): void {
  if (outcome.outcome !== 'accepted')
    throw new RetentionError('not-accepted', `a step of the run was answered « ${outcome.outcome} »`);
}

/** The plan is read from a view: it must have seen all that is stored. */
async function caughtUp({ eventStore, waitFor }: Temoin): Promise<void> {
  const head = await eventStore.head();
  for (const view of ['retention', 'charters'])
    if (head !== undefined && !(await waitFor(view, head, VIEW_PATIENCE)))
      throw new RetentionError('view-behind', `the view ${view} does not catch up`);
}

/** Known by its `code`. Nothing is lost: the run is taken up again. */
export class RetentionError extends Error {
  override readonly name = 'RetentionError';
  constructor(
    readonly code: 'day-to-come' | 'view-behind' | 'not-accepted',
    message: string,
  ) {
    super(message);
  }
}
