import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectFolder } from '#testing/shared-data.js';
import { type ServiceProcess, startService } from '../demo/service-process.js';

const run = promisify(execFile);

/** The shell commands of a guide in `docs/guides`, block by block. */
export async function commandsOf(guide: string): Promise<readonly string[]> {
  const text = await readFile(join(projectFolder, 'docs', 'guides', guide), 'utf8');
  return [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block);
}

/** Runs commands as they stand, in one shell that ends with the first that fails. @returns what they printed */
export async function runCommands(
  commands: readonly string[],
  places: Readonly<Record<string, string>>,
): Promise<string> {
  const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', commands.join('\necho\n')], {
    cwd: projectFolder,
    maxBuffer: 16_000_000,
    env: { ...process.env, ...places },
  });
  return stdout;
}

export const tourFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'temoin-tour-'));

/** A simulated service of its own, as the guides ask for, and what they want set. */
export async function openTour(
  given: { readonly port?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<{
  readonly service: ServiceProcess;
  readonly places: Readonly<Record<string, string>>;
  close(): Promise<void>;
}> {
  const folder = await tourFolder();
  const data = join(folder, 'data');
  const service = await startService({ data, simulate: '2026-06-02T09:30:00+02:00', ...given });
  return {
    service,
    places: { BASE: service.url, JETON: service.token ?? '', TEMOIN_DATA: data },
    async close() {
      await service.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
