import { addressOf, type MongoKind, type MongoProcess, mongoProcess } from '../../contract/mongo-process.js';
import { withTemporaryFolder } from '../../demo/service-process.js';
import { crashAtSteps, type StepTotals } from '../steps/step-runs.js';
import type { ServerRuns } from './eventstoredb-runs.js';
import { type FaultTotals, noFaultsYet, strikeAgainAndAgain } from './strikes.js';

export interface MongoTotals {
  readonly kinds: readonly (FaultTotals & {
    readonly kind: MongoKind;
    /** Kills of the application at its own steps, with views and keys there. */
    readonly steps: StepTotals;
  })[];
  readonly faults: readonly string[];
  readonly seconds: number;
}

/** Straight to it: a line is not where a replica set says that its members are. */
const settings = (port: number) => {
  const place = (database: string) =>
    addressOf(port, 'replica set', true).replace('/?', `/${database}?serverSelectionTimeoutMS=2000&`);
  return { TEMOIN_VIEW_STORE: place('views'), TEMOIN_KEY_VAULT: place('keys') };
};

/**
 * Views and keys on a MongoDB that fails, or whose line does, the events in a file: one half of the runs on a server by
 * itself, without transactions, the other on a replica set. Then the application is killed at its own steps with each.
 */
export async function crashMongo({ runs, seed, command, onRun, onKill }: ServerRuns): Promise<MongoTotals> {
  const started = Date.now();
  const onServer = async <T>(kind: MongoKind, work: (server: MongoProcess, folder: string) => Promise<T>) =>
    withTemporaryFolder('server', async (folder) => {
      const server = await mongoProcess(command, kind, `${folder}/server`);
      return work(server, folder).finally(() => server.kill());
    });
  const kinds: MongoTotals['kinds'][number][] = [];
  for (const [kind, share] of [
    ['standalone', Math.ceil(runs / 2)],
    ['replica set', Math.floor(runs / 2)],
  ] as const) {
    if (share === 0) continue;
    const totals = noFaultsYet(share, seed);
    await onServer(kind, (server, folder) =>
      strikeAgainAndAgain({ server, settings, data: `${folder}/data`, onRun: (run) => onRun?.(run, totals) }, totals),
    );
    const steps = await onServer(kind, (server) =>
      crashAtSteps({ runs: share, seed, env: settings(server.port), ...(onKill && { onRun: onKill }) }),
    );
    totals.faults.push(...steps.faults);
    kinds.push({ ...totals, kind, steps });
  }
  return {
    kinds,
    faults: kinds.flatMap(({ kind, faults }) => faults.map((fault) => `${kind}: ${fault}`)),
    seconds: Math.round((Date.now() - started) / 100) / 10,
  };
}
