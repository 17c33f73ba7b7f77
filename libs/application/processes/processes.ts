import type { Position } from '#ports/event-store/event-store.js';
import { processesView } from '#views/processes.js';
import { codeOf } from '../fault.js';
import { serially } from '../serially.js';
import { type DueReport, dueRunner, type RunDueOptions } from './run-due.js';

/** Does by the clock and by the log what nobody should have to think of. One process of an installation at a time. */
export interface Processes {
  /** Looks now: whoever moved the clock calls this. Resolves when what was due has been tried. Never throws. */
  look(): Promise<DueReport | undefined>;
  stop(): Promise<void>;
}

export interface ProcessesOptions extends RunDueOptions {
  /** Told after a look that did something. `late`: how much of it should have been done before, after a downtime say. */
  readonly onDone?: (report: DueReport) => void;
  /** Gives what was written to the mail system; after every look. */
  readonly post?: () => Promise<unknown>;
  /** How often the clock is looked at, in milliseconds of the machine. */
  readonly lookEveryMs?: number;
}

/** What people do with processes and letters is followed too: a retry, a letter to be sent again. */
const FOLLOWED = processesView.streamPrefixes;
/** Events of the processes’ own work: nothing follows from them that the look that made them has not done. */
const OWN = new Set(['ProcessStepDone', 'ProcessStepParked', 'LetterPrepared', 'LetterSendingBegun']);

export function startProcesses(options: ProcessesOptions): Processes {
  const { temoin, onAlarm, onDone, post, lookEveryMs = 20_000 } = options;
  const stopping = new AbortController();
  const inTurn = serially();
  const runDue = dueRunner(options);

  let queued: Promise<DueReport | undefined> | undefined;
  /** One look at most waits for the one under way: it sees all that came meanwhile. */
  const look = () => {
    queued ??= once();
    return queued;
  };
  const once = () =>
    inTurn('look', async () => {
      queued = undefined;
      if (stopping.signal.aborted) return undefined;
      const report = await runDue();
      if (report.done + report.parked > 0) onDone?.(report);
      await post?.();
      return report;
    }).catch((error: unknown) => {
      onAlarm({ kind: 'processes-unavailable', code: codeOf(error) ?? 'fault' });
      return undefined;
    });
  const timer = setInterval(() => void look(), lookEveryMs);
  timer.unref();

  async function follow(): Promise<void> {
    let after: Position | undefined;
    while (!stopping.signal.aborted) {
      try {
        after ??= await temoin.eventStore.head();
        void look();
        const range = {
          streamPrefixes: FOLLOWED,
          signal: stopping.signal,
          ...(after === undefined ? {} : { after }),
        };
        for await (const delivery of temoin.eventStore.subscribe(range)) {
          after = delivery.kind === 'event' ? delivery.event.position : delivery.position;
          if (delivery.kind === 'event' && !OWN.has(delivery.event.type)) void look();
        }
      } catch {
        // the look that follows raises the alarm
      }
      if (!stopping.signal.aborted) await new Promise((resolve) => setTimeout(resolve, 500).unref());
    }
  }
  const ended = follow();

  return {
    look,
    async stop() {
      stopping.abort();
      clearInterval(timer);
      await ended;
      await inTurn('look', async () => undefined);
    },
  };
}
