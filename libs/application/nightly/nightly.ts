import type { CivilTime } from '#domain/calendar/civil-time.js';
import type { LocalDate } from '#kernel/time.js';
import type { Clock } from '#ports/clock/clock.js';
import { serially } from '../serially.js';

/** One thing done every night. May be repeated for the same night: a kill may come between its end and its record. */
export interface NightlyStep {
  readonly name: string;
  /**
   * @param night day in Paris on whose morning the run is
   * @returns numbers and codes for the log; nothing personal
   */
  run(night: LocalDate): Promise<Readonly<Record<string, unknown>>>;
}

/** The last night that was begun, and what of it is through. */
export interface NightRecord {
  readonly night: LocalDate;
  readonly through: readonly string[];
}

export interface NightlyOptions {
  readonly clock: Clock;
  readonly time: CivilTime;
  /** `HH:MM` in Paris. */
  readonly at: string;
  readonly steps: readonly NightlyStep[];
  readonly memory: {
    load(): Promise<NightRecord | undefined>;
    save(record: NightRecord): Promise<void>;
  };
  readonly onDone?: (night: LocalDate, step: string, report: Readonly<Record<string, unknown>>) => void;
  readonly onFault?: (night: LocalDate, step: string, error: unknown) => void;
  /** How often the clock is looked at, in milliseconds of the machine. */
  readonly lookEveryMs?: number;
  /** How long a step that failed is left alone, in milliseconds of the machine. */
  readonly retryMs?: number;
}

export interface Nightly {
  /** Looks at the clock now: what moved it forward calls this. Answers when what was due has been tried. */
  look(): Promise<void>;
  /** Takes up no further step, and waits for the one under way. */
  stop(): Promise<void>;
}

/**
 * The night that is due: today's once the hour has come, yesterday's before. Nights in between, slept through or jumped over,
 * are made up for by the latest one: each step takes all that has become due meanwhile.
 */
export function nightDue(now: ReturnType<Clock['now']>, at: string, time: CivilTime): LocalDate {
  const local = time.toLocal(now);
  return local.time >= at ? local.date : time.plusDays(local.date, -1);
}

/**
 * Watches the clock, whichever it is, and runs the steps in their order once for each night. An installation that has no
 * record yet begins with its next night. A step that fails does not hold up the others; it is tried again until the next night.
 */
export function startNightly(options: NightlyOptions): Nightly {
  const { clock, time, at, steps, memory, onDone, onFault, lookEveryMs = 20_000, retryMs = 900_000 } = options;
  const inTurn = serially();
  const notBefore = new Map<string, number>();
  let record: NightRecord | undefined;
  let stopping = false;

  async function look(): Promise<void> {
    const night = nightDue(clock.now(), at, time);
    record ??= await memory.load();
    if (record === undefined || night > record.night) {
      const through = record === undefined ? steps.map(({ name }) => name) : [];
      record = { night, through };
      await memory.save(record);
      notBefore.clear();
    }
    for (const { name, run } of steps) {
      if (stopping) return;
      if (record.through.includes(name) || (notBefore.get(name) ?? 0) > performance.now()) continue;
      try {
        const report = await run(record.night);
        record = { ...record, through: [...record.through, name] };
        await memory.save(record);
        onDone?.(record.night, name, report);
      } catch (error) {
        notBefore.set(name, performance.now() + retryMs);
        onFault?.(record.night, name, error);
      }
    }
  }

  const safely = () =>
    inTurn('look', look).catch((error: unknown) => onFault?.(nightDue(clock.now(), at, time), 'look', error));
  const timer = setInterval(() => void safely(), lookEveryMs);
  timer.unref();
  void safely();
  return {
    look: safely,
    async stop() {
      stopping = true;
      clearInterval(timer);
      await inTurn('look', async () => undefined);
    },
  };
}
