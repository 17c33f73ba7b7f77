import { httpClient } from '../../demo/http-client.js';
import { type ServiceProcess, startService } from '../../demo/service-process.js';
import { checkLog } from '../check-log.js';
import { type History, historyOfCommands } from '../history/history.js';
import { type Persisted, sendPersistently } from '../server/persistent-clients.js';

const BARE = new URL('../bare-service.js', import.meta.url);
const CLIENTS = 6;

export const start = (data: string): Promise<ServiceProcess> =>
  startService({ data, env: { TEMOIN_LOG_LEVEL: 'fatal' }, program: BARE });

/** A data folder with some hundred events in it, left behind by an orderly stop. */
export async function populate(data: string, seed: number): Promise<void> {
  const service = await start(data);
  try {
    await send(service, { seed, history: historyOfCommands(), middle: async () => undefined });
  } finally {
    await service.stop();
  }
}

/** Clients send; after some answers something happens; when it is over, so many answers more. */
export async function send(
  service: ServiceProcess,
  options: {
    readonly seed: number;
    readonly history: History;
    readonly middle: () => Promise<void>;
    readonly before?: number;
  },
): Promise<Persisted> {
  const { seed, history, middle, before = 60 } = options;
  let answered = 0;
  let until = Number.POSITIVE_INFINITY;
  let begin: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const sending = sendPersistently(httpClient(service.url, 'none'), {
    clients: CLIENTS,
    seed,
    history,
    mendedAt: () => 0,
    stopping: () => answered >= until,
    onAnswer() {
      answered += 1;
      if (answered >= before) begin();
    },
  });
  const happening = begun.then(middle).then(() => {
    until = answered + before;
  });
  const [sent] = await Promise.all([sending, happening]);
  return sent;
}

/** What every run ends with: everything acknowledged is there, views are as rebuilt, the history fits. */
export async function settle(data: string, sent: Persisted, history: History) {
  const seen = await checkLog(data, sent.acknowledged);
  const { faults, calls } = history.check(seen.streams);
  return {
    faults: [...seen.faults, ...faults],
    acknowledged: sent.acknowledged.length,
    again: sent.again,
    views: seen.views,
    calls,
  };
}
