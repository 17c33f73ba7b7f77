import { setTimeout as sleep } from 'node:timers/promises';
import { openEventStoreDb } from '#adapters/event-store-eventstoredb/event-store-eventstoredb.js';
import { freePort, type ServerProcess, serverProcess } from '../../contract/server-process.js';
import { type TcpProxy, tcpProxy } from '../../contract/tcp-proxy.js';
import { httpClient } from '../../demo/http-client.js';
import { startService, withTemporaryFolder } from '../../demo/service-process.js';
import { checkLog } from '../check-log.js';
import type { Acknowledged } from '../clients.js';
import { type CopyTotals, crashCopies } from '../copy/copy-runs.js';
import { historyOfCommands } from '../history/history.js';
import { seeded } from '../random.js';
import { crashAtSteps, type StepTotals } from '../steps/step-runs.js';
import { sendPersistently } from './persistent-clients.js';
import { befall, type ServerFault, serverFaults } from './server-faults.js';

export interface ServerTotals {
  readonly runs: number;
  readonly seed: number;
  readonly befell: Record<ServerFault, number>;
  acknowledged: number;
  refused: number;
  again: number;
  eventsChecked: number;
  viewsCompared: number;
  histories: number;
  historyCalls: number;
  /** Kills of the application at its own steps, on this engine. */
  steps: StepTotals | undefined;
  /** Kills of a copy from a file into this engine. */
  copies: CopyTotals | undefined;
  readonly faults: string[];
  seconds: number;
}

export interface ServerRuns {
  readonly runs: number;
  readonly seed: number;
  /** Runs the server in the foreground on $PORT with its data in $DATA (`exec …`). */
  readonly command: string;
  readonly onRun?: (run: number, totals: ServerTotals) => void;
}

const BARE = new URL('../bare-service.js', import.meta.url);
const CLIENTS = 6;
/** One copy, into an empty server. */
const COPY_KILLS = 4;
const address = (port: number) => `esdb://127.0.0.1:${port}?tls=false`;

/**
 * A server of its own, the application in front of it over a line that can be cut, and clients that do not let go. In each
 * run something befalls the server or the line; afterwards the application is killed and everything is checked. Then the
 * application is killed at its own steps on that engine, and a copy into it.
 */
export async function crashServer({ runs, seed, command, onRun }: ServerRuns): Promise<ServerTotals> {
  const started = Date.now();
  const totals: ServerTotals = {
    runs,
    seed,
    befell: Object.fromEntries(serverFaults.map((fault) => [fault, 0])) as ServerTotals['befell'],
    acknowledged: 0,
    refused: 0,
    again: 0,
    eventsChecked: 0,
    viewsCompared: 0,
    histories: 0,
    historyCalls: 0,
    steps: undefined,
    copies: undefined,
    faults: [],
    seconds: 0,
  };
  const onServer = async (work: (server: ServerProcess, folder: string) => Promise<void>) =>
    withTemporaryFolder('server', async (folder) => {
      const server = await serverProcess(command, await freePort(), `${folder}/server`, answers);
      await work(server, folder).finally(() => server.kill());
    });
  await onServer((server, folder) => series(server, `${folder}/data`, totals, onRun));
  await onServer(async (server) => {
    const env = { TEMOIN_EVENT_STORE: address(server.port) };
    totals.steps = await crashAtSteps({ runs, seed, env });
    totals.faults.push(...totals.steps.faults);
  });
  await onServer(async (server) => {
    totals.copies = await crashCopies({ runs: COPY_KILLS, seed, target: async () => address(server.port) });
    totals.faults.push(...totals.copies.faults);
  });
  totals.seconds = Math.round((Date.now() - started) / 100) / 10;
  return totals;
}

async function series(
  server: ServerProcess,
  data: string,
  totals: ServerTotals,
  onRun: ServerRuns['onRun'],
): Promise<void> {
  const random = seeded(totals.seed);
  const acknowledged: Acknowledged[] = [];
  const history = historyOfCommands();
  const line = await tcpProxy('127.0.0.1', server.port);
  try {
    for (let run = 0; run < totals.runs; run += 1) {
      const fault = serverFaults[run % serverFaults.length] ?? 'cut';
      const env = { TEMOIN_LOG_LEVEL: 'fatal', TEMOIN_EVENT_STORE: address(line.port) };
      const service = await startService({ data, env, program: BARE });
      try {
        const api = httpClient(service.url, 'none');
        const seedOfRun = totals.seed * 1000 + run;
        let answered = 0;
        let until = Number.POSITIVE_INFINITY;
        const sending = sendPersistently(api, {
          clients: CLIENTS,
          seed: seedOfRun,
          history,
          stopping: () => answered >= until,
          onAnswer: () => {
            answered += 1;
          },
        });
        const striking = strike(fault, server, line, () => answered, random).then(() => {
          // whatever was mended, it works again: so many answers more
          until = answered + 30;
        });
        const [sent] = await Promise.all([sending, striking]);
        totals.befell[fault] += 1;
        totals.acknowledged += sent.acknowledged.length;
        totals.refused += sent.refused;
        totals.again += sent.again;
        acknowledged.push(...sent.acknowledged);
      } finally {
        await service.kill();
      }
      const seen = await checkLog(data, acknowledged, { TEMOIN_EVENT_STORE: address(server.port) });
      totals.faults.push(...seen.faults.map((one) => `${fault}: ${one}`));
      totals.eventsChecked += seen.events;
      totals.viewsCompared += seen.views;
      onRun?.(run + 1, totals);
      if (run + 1 < totals.runs) continue;
      const { faults, calls, streams } = history.check(seen.streams);
      totals.faults.push(...faults);
      totals.historyCalls += calls;
      totals.histories += streams;
    }
  } finally {
    await line.shut();
  }
}

/** In the middle of it: after some answers, however fast the machine is. */
async function strike(
  fault: ServerFault,
  server: ServerProcess,
  line: TcpProxy,
  answered: () => number,
  random: ReturnType<typeof seeded>,
): Promise<void> {
  const wanted = 10 + random.below(40);
  while (answered() < wanted) await sleep(5);
  await befall(fault, { server, line, random });
}

async function answers(port: number): Promise<boolean> {
  const store = await openEventStoreDb({ connectionString: address(port), patience: 3000 });
  try {
    await store.head();
    return true;
  } finally {
    await store.close();
  }
}
