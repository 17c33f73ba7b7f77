import type { ServerProcess } from '../../contract/server-process.js';
import { withTemporaryFolder } from '../../demo/service-process.js';
import { type CopyTotals, crashCopies } from '../copy/copy-runs.js';
import { crashAtSteps, type StepTotals } from '../steps/step-runs.js';
import { addressOf, eventStoreDbProcess } from './eventstoredb-process.js';
import { type FaultTotals, noFaultsYet, strikeAgainAndAgain } from './strikes.js';

export interface ServerTotals extends FaultTotals {
  /** Kills of the application at its own steps, on this engine. */
  steps: StepTotals | undefined;
  /** Kills of a copy from a file into this engine. */
  copies: CopyTotals | undefined;
  seconds: number;
}

export interface ServerRuns {
  readonly runs: number;
  readonly seed: number;
  /** Runs the server in the foreground on $PORT with its data in $DATA (`exec …`). */
  readonly command: string;
  readonly onRun?: (run: number, totals: FaultTotals) => void;
  /** After each kill of the application at a step. */
  readonly onKill?: (run: number, totals: StepTotals) => void;
}

/** One copy, into an empty server. */
const COPY_KILLS = 4;
const settings = (port: number) => ({ TEMOIN_EVENT_STORE: addressOf(port) });

/**
 * The event store on an EventStoreDB that fails, or whose line does. Then the application is killed at its own steps on that
 * engine, and a copy into it.
 */
export async function crashEventStoreDb({ runs, seed, command, onRun, onKill }: ServerRuns): Promise<ServerTotals> {
  const started = Date.now();
  const totals: ServerTotals = { ...noFaultsYet(runs, seed), steps: undefined, copies: undefined, seconds: 0 };
  const onServer = async (work: (server: ServerProcess, folder: string) => Promise<void>) =>
    withTemporaryFolder('server', async (folder) => {
      const server = await eventStoreDbProcess(command, `${folder}/server`);
      await work(server, folder).finally(() => server.kill());
    });
  await onServer((server, folder) =>
    strikeAgainAndAgain({ server, settings, data: `${folder}/data`, onRun: (run) => onRun?.(run, totals) }, totals),
  );
  await onServer(async (server) => {
    totals.steps = await crashAtSteps({ runs, seed, env: settings(server.port), ...(onKill && { onRun: onKill }) });
    totals.faults.push(...totals.steps.faults);
  });
  await onServer(async (server) => {
    totals.copies = await crashCopies({ runs: COPY_KILLS, seed, target: async () => addressOf(server.port) });
    totals.faults.push(...totals.copies.faults);
  });
  totals.seconds = Math.round((Date.now() - started) / 100) / 10;
  return totals;
}
