import { execFile } from 'node:child_process';
import { mkdir, open, rm } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A small disk in memory that can be filled up and made read-only. Mounting it takes root. */
export interface SmallDisk {
  readonly path: string;
  /** Leaves no byte free, until it is freed again. */
  fill(): Promise<void>;
  free(): Promise<void>;
  writable(yes: boolean): Promise<void>;
  remove(): Promise<void>;
}

const PAGE = 4096;

export const canMount = (): boolean => process.platform === 'linux' && process.getuid?.() === 0;

/** @returns undefined where mounting is not allowed, even to root (containers) */
export async function smallDisk(path: string, kibibytes: number): Promise<SmallDisk | undefined> {
  if (!canMount()) return undefined;
  await mkdir(path, { recursive: true });
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${kibibytes}k,mode=0700`, 'tmpfs', path]);
  } catch {
    return undefined;
  }
  const ballast = `${path}/ballast`;
  const remount = async (options: string) => void (await run('mount', ['-o', `remount,${options}`, path]));
  return {
    path,
    async fill() {
      const handle = await open(ballast, 'a');
      try {
        for (let size = PAGE * 64; size >= PAGE; size /= 2)
          for (;;) {
            const written = await handle.write(Buffer.alloc(size)).catch(() => ({ bytesWritten: 0 }));
            if (written.bytesWritten < size) break;
          }
      } finally {
        await handle.close();
      }
    },
    free: () => rm(ballast),
    writable: (yes) => remount(yes ? 'rw' : 'ro'),
    remove: async () => void (await run('umount', ['-l', path])),
  };
}
