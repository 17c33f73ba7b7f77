/** One bench: a file in `benches/` that exports `bench`. The list of benches is the list of those files. */
export interface Bench {
  readonly name: string;
  /** One line for `--help`. */
  readonly about: string;
  run(options: BenchOptions): Promise<BenchReport>;
  /**
   * It profiles by itself what it measures, at the size that it measures. Default: where a goal is missed it runs once more,
   * short, and all of it is profiled.
   */
  readonly profilesItself?: true;
}

export interface BenchOptions {
  /** Short runs: shows that it works, not how fast it is. */
  readonly quick: boolean;
  /** Called with a line about what is being measured now. */
  readonly progress: (line: string) => void;
  /** Where a bench that profiles by itself leaves what it found; absent: nobody asks. */
  readonly profiles?: string;
}

export interface Figure {
  readonly name: string;
  readonly unit: string;
  /** Median of the runs. */
  readonly value: number;
  readonly runs: readonly number[];
}

export interface Goal {
  readonly goal: string;
  readonly wanted: string;
  readonly got: string;
  readonly met: boolean;
}

export interface BenchReport {
  readonly figures: readonly Figure[];
  readonly goals: readonly Goal[];
  /** What to know when reading the figures. */
  readonly notes: readonly string[];
  /** What was not measured, and why. */
  readonly notRun?: readonly string[];
  /** Which of the profiles count that the bench took by itself, and how far. */
  readonly profiled?: readonly Profiled[];
}

/** A process that was profiled. */
export interface Profiled {
  readonly pid: number;
  /** What it is, behind the names of its threads. */
  readonly what: string;
  /** What came later does not count: a moment of the machine’s monotonic clock, in microseconds. */
  readonly until: number;
}

/** The machine’s monotonic clock, in microseconds: the same in every process. */
export const monotonicNow = (): number => Number(process.hrtime.bigint() / 1000n);

/** A report of something that cannot be measured here. */
export const nothingRun = (why: string): BenchReport => ({ figures: [], goals: [], notes: [], notRun: [why] });

/** The share below which 99 of 100 values lie. */
export function percentile99(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * 0.99) - 1)] ?? Number.NaN;
}

/** Median over the rounds of one figure's run against the other's of the same round: what slows both slows neither. */
export const ratioOf = (one: Figure, other: Figure): number =>
  median(one.runs.map((run, round) => run / (other.runs[round] ?? Number.NaN)));

/** A ratio of two figures of one run. */
export const atLeast = (goal: string, ratio: number, wanted: number): Goal => ({
  goal,
  wanted: `≥ ${wanted}`,
  got: ratio.toFixed(2),
  met: ratio >= wanted,
});
export const atMost = (goal: string, ratio: number, wanted: number, unit = ''): Goal => ({
  goal,
  wanted: `≤ ${wanted}${unit}`,
  got: `${ratio.toFixed(ratio < 10 ? 2 : 1)}${unit}`,
  met: ratio <= wanted,
});

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

export const figure = (name: string, unit: string, runs: readonly number[]): Figure => ({
  name,
  unit,
  value: median(runs),
  runs,
});

/**
 * Runs each contestant once per round, in turn (A B A B …), so that what else the machine does falls on all of them alike.
 * A first round warms up and is thrown away.
 */
export async function inTurn<T>(
  contestants: Readonly<Record<string, () => Promise<T>>>,
  rounds: number,
  progress: (line: string) => void,
): Promise<ReadonlyMap<string, readonly T[]>> {
  const results = new Map<string, T[]>();
  for (let round = 0; round <= rounds; round += 1)
    for (const [name, run] of Object.entries(contestants)) {
      progress(round === 0 ? `warming up: ${name}` : `round ${round} of ${rounds}: ${name}`);
      const result = await run();
      if (round > 0) results.set(name, [...(results.get(name) ?? []), result]);
    }
  return results;
}

export interface Pace {
  readonly perSecond: number;
  /** Processor time of all threads of this process, user and system, in microseconds. */
  readonly cpuMicrosecondsEach: number;
  /** Share of the time in which the calling thread did not wait for anything, 0 to 1: near 1, it is what is full. */
  readonly callerBusy: number;
}

/** @param work answers how many things it did */
export async function paceOf(work: () => Promise<number> | number): Promise<Pace> {
  const cpu = process.cpuUsage();
  const loop = performance.eventLoopUtilization();
  const started = performance.now();
  const count = await work();
  const seconds = (performance.now() - started) / 1000;
  const used = process.cpuUsage(cpu);
  const { utilization } = performance.eventLoopUtilization(loop);
  return {
    perSecond: count / seconds,
    cpuMicrosecondsEach: (used.user + used.system) / count,
    callerBusy: utilization,
  };
}
