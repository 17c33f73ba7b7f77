/** Long enough for any clock of processor time, in microseconds. */
const MEASURABLE = 20_000;
const TRIES = 5;

/**
 * How many times the processor time of one work another one takes. The least of some tries counts: what else the process
 * does, collecting garbage above all, only ever adds; what other processes do is not counted.
 */
export function timesTheWork(more: () => void, less: () => void): number {
  less();
  return leastOf(more) / leastOf(less);
}

/** In microseconds for one run. */
function leastOf(work: () => void): number {
  const costs = Array.from({ length: TRIES }, () => {
    const before = process.cpuUsage();
    for (let runs = 1; ; runs += 1) {
      work();
      const { user, system } = process.cpuUsage(before);
      if (user + system >= MEASURABLE) return (user + system) / runs;
    }
  });
  return Math.min(...costs);
}
