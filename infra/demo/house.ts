import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type ServiceProcess, startService } from './service-process.js';

const CLI = new URL('../../apps/cli/main.js', import.meta.url);

/** What one call of the command line printed. */
export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The installation behind a stage that the demonstration started itself: its folder, its command line, its switch. */
export interface House {
  /** For files of the story; gone afterwards. */
  readonly folder: string;
  /** `temoin ARGS` on this installation, in a process of its own. */
  temoin(...args: readonly string[]): Promise<Said>;
  /** Ends the service, lets something be done, and starts it again at the same address. @returns what the new start logged */
  whileStopped(work: () => Promise<void>): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

/** Off by default: the demonstration shows the mediator’s clocks too. */
const SETTINGS = { TEMOIN_CONSUMER_MEDIATION: 'yes' };

export interface OwnHouse extends House {
  readonly service: ServiceProcess;
  close(): Promise<void>;
}

/** @throws Error when the service cannot be started */
export async function buildHouse(folder: string, simulate: string): Promise<OwnHouse> {
  const data = `${folder}/data`;
  let service = await startService({ data, simulate, env: SETTINGS });
  const port = new URL(service.url).port;
  return {
    folder,
    get service() {
      return service;
    },
    temoin: (...args) => call(['--simulation', '--data', data, ...args]),
    async whileStopped(work) {
      await service.stop();
      await work();
      service = await startService({ data, simulate, port, env: SETTINGS });
      return service.output().split('\n').flatMap(logged);
    },
    close: () => service.stop(),
  };
}

const call = (args: readonly string[]): Promise<Said> =>
  new Promise((resolve) => {
    execFile(process.execPath, [fileURLToPath(CLI), ...args], { maxBuffer: 32_000_000 }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : 1, out, err }),
    );
  });

/** A line of the log; the greeting beside it is none. */
function logged(line: string): readonly Readonly<Record<string, unknown>>[] {
  try {
    const parsed: unknown = JSON.parse(line);
    return typeof parsed === 'object' && parsed !== null ? [parsed as Readonly<Record<string, unknown>>] : [];
  } catch {
    return [];
  }
}
