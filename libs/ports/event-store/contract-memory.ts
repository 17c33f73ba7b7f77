import { setTimeout as sleep } from 'node:timers/promises';

/** Bytes the process holds once nothing more can be freed. */
export async function settledMemory(): Promise<number> {
  const { setFlagsFromString } = await import('node:v8');
  const { runInNewContext } = await import('node:vm');
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let round = 0; round < 4; round += 1) {
    collect();
    await sleep(20);
  }
  return process.memoryUsage().rss;
}
