import type { Logger } from 'pino';
import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { type ComplaintHolds, startComplaintHolds } from '#application/complaint-hold/complaint-holds.js';
import type { ErasureProcess } from '#application/erasure/erasure-process.js';
import type { Feed } from '#application/feed/feed.js';
import type { Nightly } from '#application/nightly/nightly.js';
import { type Processes, startProcesses } from '#application/processes/processes.js';
import type { RetentionWork } from '#application/retention/retention-work.js';
import type { Installation } from '../composition/installation.js';
import { retentionOf, startNightlyRun } from '../composition/nightly-run.js';
import { followErasures } from './follow-erasures.js';
import { followFeed } from './follow-feed.js';
import { logAlarm, logNight } from './log.js';
import { sweepExports } from './sweep-exports.js';

/** What the service does without being asked; one process of an installation at a time. */
export interface Background {
  readonly holds: ComplaintHolds;
  readonly erasures: ErasureProcess | undefined;
  readonly nightly: Nightly | undefined;
  readonly processes: Processes | undefined;
  readonly feed: Feed | undefined;
  /** Ends each after its present step. */
  stop(): Promise<void>;
}

export function startBackground(installation: Installation, log: Logger): Background {
  const stopSweeping = sweepExports(installation.memberExports, log);
  const erasures = followErasures(installation, log);
  const holds = startComplaintHolds({ temoin: installation.temoin, onAlarm: logAlarm(log) });
  const nightly = startNightlyRun(
    installation,
    heldFirst(retentionOf(installation), () => holds.settled()),
    logNight(log),
  );
  const processes = followProcesses(installation, log);
  const feed = followFeed(installation, log);
  return {
    holds,
    erasures,
    nightly,
    processes,
    feed,
    async stop() {
      await feed?.stop();
      await processes?.stop();
      await nightly?.stop();
      await holds.stop();
      await erasures?.stop();
      stopSweeping();
    },
  };
}

/** Before a run takes anything, every complaint that was filed has its hold: also one filed just before a crash. */
export const heldFirst = (retention: RetentionWork, settled: () => Promise<void>): RetentionWork => ({
  ...retention,
  run: async (day, by) => {
    await settled();
    return retention.run(day, by);
  },
});

/** For a run that was asked of a process that follows no complaints: looks once, places what is missing, and stops. */
export async function settleHolds({ temoin }: Installation, log: Logger): Promise<void> {
  const holds = startComplaintHolds({ temoin, onAlarm: logAlarm(log) });
  try {
    await holds.settled();
  } finally {
    await holds.stop();
  }
}

/** @returns undefined while the ledger is not trusted: nothing could be written from what does not open */
function followProcesses({ temoin, gate, letters, tracer }: Installation, log: Logger): Processes | undefined {
  if (gate.fault !== undefined) return undefined;
  return startProcesses({
    temoin,
    tracer,
    time: frenchCivilTime(),
    onAlarm: logAlarm(log),
    onDone: ({ done, late, parked }) => {
      if (late > 0) log.warn({ done, late, parked }, 'the processes caught up on what was late');
      else log.info({ done, late, parked }, 'the processes did what was due');
    },
    post: () => letters.post(),
  });
}
