import { setTimeout as sleep } from 'node:timers/promises';
import { httpClient } from '../../demo/http-client.js';
import type { ServiceProcess } from '../../demo/service-process.js';
import { historyOfCommands } from '../history/history.js';
import type { Random } from '../random.js';
import { send, settle, start } from './populate.js';
import { smallDisk } from './small-disk.js';

export interface UpsetOutcome {
  readonly faults: readonly string[];
  readonly acknowledged: number;
  readonly again: number;
  readonly views: number;
  readonly calls: number;
}
/** @returns undefined where it cannot be done on this machine */
export type Upset = (folder: string, seed: number, random: Random) => Promise<UpsetOutcome | undefined>;

/** Runs a service whose clients do not let go, something in the middle of it, and an end by kill -9. */
async function through(
  data: string,
  seed: number,
  middle: (service: ServiceProcess, fault: (text: string) => void) => Promise<void>,
  history = historyOfCommands(),
): Promise<UpsetOutcome> {
  const faults: string[] = [];
  const service = await start(data);
  try {
    const sent = await send(service, {
      seed,
      history,
      middle: () => middle(service, (text) => void faults.push(text)),
    });
    await service.kill();
    const outcome = await settle(data, sent, history);
    return { ...outcome, faults: [...faults, ...outcome.faults] };
  } finally {
    await service.kill();
  }
}

/** The disk fills up under the service, and gets room again. */
export const diskFull: Upset = async (folder, seed, random) => {
  const disk = await smallDisk(`${folder}/disk`, 64_000);
  if (disk === undefined) return undefined;
  try {
    return await through(`${disk.path}/data`, seed, async (service, fault) => {
      await disk.fill();
      await sleep(300);
      const answer = await attempt(service, `full-${seed}`);
      if (answer < 500) fault(`a command on a full disk was answered ${answer}`);
      await sleep(random.below(1500));
      await disk.free();
    });
  } finally {
    await disk.remove();
  }
};

/** A start on a disk that is read-only says so, and changes nothing; once it can be written it starts and goes on. */
export const readOnly: Upset = async (folder, seed, random) => {
  const disk = await smallDisk(`${folder}/disk`, 64_000);
  if (disk === undefined) return undefined;
  const data = `${disk.path}/data`;
  const history = historyOfCommands();
  try {
    const outcome = await through(data, seed, async (_service) => sleep(random.below(50)), history);
    await disk.writable(false);
    const refusal = await start(data).then(
      async (service) => {
        await service.kill();
        return undefined;
      },
      (error: unknown) => String(error),
    );
    await disk.writable(true);
    const faults = [...outcome.faults];
    if (refusal === undefined) faults.push('a service started on a read-only disk');
    else if (!/read-only|writ/i.test(refusal)) faults.push(`a read-only disk was called: ${refusal.slice(0, 300)}`);
    const again = await through(data, seed + 500_000, async () => undefined, history);
    return { ...again, faults: [...faults, ...again.faults], acknowledged: outcome.acknowledged + again.acknowledged };
  } finally {
    await disk.remove();
  }
};

const DAY_MS = 86_400_000;

/** The machine's clock jumps, back and forth, by days. */
export const clockJumps: Upset = (folder, seed, random) =>
  through(`${folder}/data`, seed, async (service) => {
    const api = httpClient(service.url, 'none');
    for (let jumps = 6; jumps > 0; jumps -= 1) {
      await api.send('POST', '/clock', { milliseconds: (random.below(800) - 400) * DAY_MS });
      await sleep(100 + random.below(300));
    }
  });

/** A second service on the same folder is refused and says why, and the first does not notice. */
export const twoInstances: Upset = (folder, seed) =>
  through(`${folder}/data`, seed, async (_service, fault) => {
    const said = await start(`${folder}/data`).then(
      async (second) => {
        await second.kill();
        return undefined;
      },
      (error: unknown) => String(error),
    );
    if (said === undefined) fault('a second service started on the folder');
    else if (!said.includes('Another service already runs')) fault(`a second service was told: ${said.slice(0, 300)}`);
  });

async function attempt(service: ServiceProcess, key: string): Promise<number> {
  const headers = { 'idempotency-key': key };
  const answer = await httpClient(service.url, 'none').send('POST', '/staff', { name: 'Personne Fictive' }, headers);
  return answer.status;
}
