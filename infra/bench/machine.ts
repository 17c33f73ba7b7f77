import { open, rm, statfs } from 'node:fs/promises';
import { cpus, loadavg, release, tmpdir, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { median } from './bench.js';

/** What figures depend on beside the program. No name of the machine and no path: the page is published. */
export interface Machine {
  readonly node: string;
  readonly system: string;
  readonly model: string;
  readonly processors: number;
  readonly memoryGiB: number;
  /** Of the folder that the benches write to. */
  readonly fileSystem: string;
  /** One 4 KiB write with fsync on that folder, median, in milliseconds: what a durable commit costs at least. */
  readonly syncMs: number;
}

const FILE_SYSTEMS: Readonly<Record<number, string>> = {
  61267: 'ext4',
  16914836: 'tmpfs',
  2035054128: 'overlay',
  1481003842: 'xfs',
  2435016766: 'btrfs',
  801189825: 'zfs',
};

export async function describeMachine(): Promise<Machine> {
  const processors = cpus();
  const { type: kind } = await statfs(tmpdir());
  return {
    node: process.version,
    system: `${type()} ${release().split('-', 1)[0]}`,
    model: processors[0]?.model ?? 'unknown',
    processors: processors.length,
    memoryGiB: Math.round((totalmem() / 2 ** 30) * 10) / 10,
    fileSystem: FILE_SYSTEMS[kind] ?? `type ${kind.toString(16)}`,
    syncMs: Math.round((await syncTime()) * 1000) / 1000,
  };
}

/** Load over one minute: above the number of processors, every figure suffers. */
export const loadNow = (): number => Math.round((loadavg()[0] ?? 0) * 10) / 10;

async function syncTime(): Promise<number> {
  const path = join(tmpdir(), `temoin-sync-${process.pid}`);
  const file = await open(path, 'wx', 0o600);
  const times: number[] = [];
  try {
    for (let round = 0; round < 50; round += 1) {
      const started = performance.now();
      await file.write(Buffer.alloc(4096, round), 0, 4096, round * 4096);
      await file.sync();
      times.push(performance.now() - started);
    }
  } finally {
    await file.close();
    await rm(path, { force: true });
  }
  return median(times);
}
