import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromEpochMilliseconds, type Instant, isInstant, toEpochMilliseconds } from '#kernel/time.js';
import type { Clock } from '#ports/clock/clock.js';
import { SetupFault } from './setup-fault.js';

export const machineClock: Clock = { now: () => fromEpochMilliseconds(Date.now()) };

/** A clock that ticks from a chosen moment and only ever moves forward. */
export interface SimulatedClock extends Clock {
  /** @returns false, and nothing changes, when the moment is not after now */
  moveTo(moment: Instant): boolean;
  /** Stops keeping the clock's file up to date. */
  close(): void;
}

/** What other processes on the folder need to tell the same time. Times of `machine` are epoch milliseconds. */
interface ClockFile {
  readonly simulated: Instant;
  readonly machine: number;
  /** No time after this one was told yet; written ahead, so that a kill does not turn time back. */
  readonly until: Instant;
}

export const SIMULATION_CLOCK = 'simulation-clock.json';
const FILE = SIMULATION_CLOCK;
const KEEP_EVERY = 5_000;
const AHEAD = 10_000;

/**
 * The clock of the service: starts at `start`, or where the folder's time had got to when that is later.
 */
export function runSimulatedClock(folder: string, start: Instant): SimulatedClock {
  const reached = readClock(folder)?.until;
  let simulated = toEpochMilliseconds(reached !== undefined && reached > start ? reached : start);
  let machine = Date.now();
  const now = () => simulated + Math.max(0, Date.now() - machine);
  const keep = (ahead: number) =>
    writeClock(folder, {
      simulated: fromEpochMilliseconds(simulated),
      machine,
      until: fromEpochMilliseconds(now() + ahead),
    });
  keep(AHEAD);
  const timer = setInterval(() => keep(AHEAD), KEEP_EVERY);
  timer.unref();
  return {
    now: () => fromEpochMilliseconds(now()),
    moveTo(moment) {
      const wanted = toEpochMilliseconds(moment);
      if (wanted <= now()) return false;
      simulated = wanted;
      machine = Date.now();
      keep(AHEAD);
      return true;
    },
    close() {
      clearInterval(timer);
      keep(0);
    },
  };
}

/**
 * The clock of a tool beside the service: follows the service's clock while that runs, and stands where it stopped.
 * @throws SetupFault `no-installation` when no service ever ran on the folder
 */
export function followSimulatedClock(folder: string): Clock {
  if (readClock(folder) === undefined)
    throw new SetupFault(
      'no-installation',
      `The simulation in ${folder} has no clock yet. Start it once with: npm start -- --simulate DATE-TIME`,
    );
  return {
    now() {
      const file = readClock(folder);
      if (file === undefined) throw new SetupFault('data-folder', `${FILE} in ${folder} is gone.`);
      const running = toEpochMilliseconds(file.simulated) + Math.max(0, Date.now() - file.machine);
      return fromEpochMilliseconds(Math.min(running, toEpochMilliseconds(file.until)));
    },
  };
}

function readClock(folder: string): ClockFile | undefined {
  let text: string;
  try {
    text = readFileSync(join(folder, FILE), 'utf8');
  } catch {
    return undefined;
  }
  try {
    const { simulated, machine, until } = JSON.parse(text) as Record<string, unknown>;
    if (isMoment(simulated) && isMoment(until) && typeof machine === 'number') return { simulated, machine, until };
  } catch {
    // falls through: a file that is not JSON is as damaged as one without its fields
  }
  throw new SetupFault('data-folder', `${FILE} in ${folder} is damaged. Remove it; the next start writes it again.`);
}

function writeClock(folder: string, file: ClockFile): void {
  const temporary = join(folder, `${FILE}.${process.pid}`);
  writeFileSync(temporary, `${JSON.stringify(file)}\n`, { mode: 0o600 });
  renameSync(temporary, join(folder, FILE));
}

const isMoment = (value: unknown): value is Instant => typeof value === 'string' && isInstant(value);
