import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerProcess } from '../../contract/server-process.js';
import { type TcpProxy, tcpProxy } from '../../contract/tcp-proxy.js';
import { httpClient } from '../../demo/http-client.js';
import { startService } from '../../demo/service-process.js';
import { checkLog } from '../check-log.js';
import type { Acknowledged } from '../clients.js';
import { historyOfCommands } from '../history/history.js';
import { seeded } from '../random.js';
import { sendPersistently } from './persistent-clients.js';
import { befall, type ServerFault, serverFaults } from './server-faults.js';

/** What befell a server in a series of runs, and what was seen afterwards. */
export interface FaultTotals {
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
  readonly faults: string[];
}

export const noFaultsYet = (runs: number, seed: number): FaultTotals => ({
  runs,
  seed,
  befell: Object.fromEntries(serverFaults.map((fault) => [fault, 0])) as FaultTotals['befell'],
  acknowledged: 0,
  refused: 0,
  again: 0,
  eventsChecked: 0,
  viewsCompared: 0,
  histories: 0,
  historyCalls: 0,
  faults: [],
});

export interface Struck {
  readonly server: ServerProcess;
  /** Settings by which an application finds the server, at its own port or at that of a line to it. */
  readonly settings: (port: number) => Readonly<Record<string, string>>;
  /** The application's folder; what it keeps elsewhere is this series' alone. */
  readonly data: string;
  readonly onRun: (run: number) => void;
}

const BARE = new URL('../bare-service.js', import.meta.url);
const CLIENTS = 6;

/**
 * The application in front of a server, over a line that can be cut, and clients that do not let go. In each run something
 * befalls the server or the line; afterwards the application is killed and everything is checked.
 */
export async function strikeAgainAndAgain(
  { server, settings, data, onRun }: Struck,
  totals: FaultTotals,
): Promise<void> {
  const random = seeded(totals.seed);
  const acknowledged: Acknowledged[] = [];
  const history = historyOfCommands();
  const line = await tcpProxy('127.0.0.1', server.port);
  try {
    for (let run = 0; run < totals.runs; run += 1) {
      const fault = serverFaults[run % serverFaults.length] ?? 'cut';
      const env = { TEMOIN_LOG_LEVEL: 'fatal', ...settings(line.port) };
      const service = await startService({ data, env, program: BARE });
      try {
        const api = httpClient(service.url, 'none');
        const seedOfRun = totals.seed * 1000 + run;
        let answered = 0;
        let until = Number.POSITIVE_INFINITY;
        let mendedAt: number | undefined;
        const sending = sendPersistently(api, {
          clients: CLIENTS,
          seed: seedOfRun,
          history,
          stopping: () => answered >= until,
          mendedAt: () => mendedAt,
          onAnswer: () => {
            answered += 1;
          },
        });
        const striking = strike(fault, server, line, () => answered, random).then(() => {
          // whatever was mended, it works again: so many answers more
          until = answered + 30;
          mendedAt = performance.now();
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
      const seen = await checkLog(data, acknowledged, settings(server.port));
      totals.faults.push(...seen.faults.map((one) => `${fault}: ${one}`));
      totals.eventsChecked += seen.events;
      totals.viewsCompared += seen.views;
      onRun(run + 1);
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
