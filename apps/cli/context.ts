import type { Command } from 'commander';
import type { Temoin } from '#application/temoin.js';
import type { ViewDeps } from '#views/query.js';
import { type Configuration, loadConfiguration } from '../composition/configuration.js';
import { type Installation, openInstallation } from '../composition/installation.js';
import { isServiceRunning } from '../composition/service-lock.js';
import { CliError, exitCodes } from './exit-codes.js';
import { progress, type Terminal } from './terminal.js';

/** Options that every command takes. */
export interface GlobalOptions {
  readonly data?: string;
  readonly simulation?: boolean;
  readonly json?: boolean;
}

export const configurationOf = (terminal: Terminal, options: GlobalOptions): Configuration =>
  loadConfiguration(terminal.env, options.data === undefined ? [] : ['--data', options.data], {
    simulation: options.simulation === true,
  });

/** What a command that works on the installation is given. */
export interface Context {
  readonly terminal: Terminal;
  readonly json: boolean;
  readonly installation: Installation;
  readonly temoin: Temoin;
}

/**
 * Opens the installation beside a service or without one, does the work, and closes it whatever happens. Where no service
 * runs, this process projects events into views itself, so that what it reads is up to date.
 * @param needs.create the command may make a new installation
 * @param needs.lock be the only one: no service runs on the folder meanwhile
 * @param needs.views wait until these views have seen everything that is stored
 */
export async function withInstallation<T>(
  terminal: Terminal,
  command: Command,
  needs: { readonly create?: boolean; readonly lock?: boolean; readonly views?: readonly string[] },
  work: (context: Context) => Promise<T>,
): Promise<T> {
  const options = command.optsWithGlobals<GlobalOptions>();
  const config = configurationOf(terminal, options);
  const installation = await openInstallation(config, {
    lock: needs.lock === true,
    create: needs.create === true && !config.simulated,
    // beside a service it would take the turn away from it, and nothing would be projected until that is noticed
    project: needs.lock === true || !serves(config),
  });
  try {
    tellGate(terminal, installation);
    await catchUp(terminal, installation.temoin, needs.views ?? []);
    return await work({ terminal, json: options.json === true, installation, temoin: installation.temoin });
  } finally {
    await installation.close();
  }
}

/** Older data was put back: whoever opens it first is told what was done. */
function tellGate(terminal: Terminal, { gate }: Installation): void {
  const again = gate.destroyedAgain.length + gate.fencedAgain;
  if (again > 0) terminal.err(`Older data was put back: ${again} keys that must be dead were destroyed again.\n`);
}

function serves(config: Configuration): boolean {
  try {
    return isServiceRunning(config.data);
  } catch {
    return false;
  }
}

async function catchUp(terminal: Terminal, temoin: Temoin, views: readonly string[]): Promise<void> {
  const head = await temoin.eventStore.head();
  if (head === undefined) return;
  const bar = progress(terminal);
  const until = Date.now() + 10 * 60_000;
  for (const view of views) {
    while (!(await temoin.waitFor(view, head, 500))) {
      const applied = (await temoin.asOf(view)).position ?? 'the start';
      bar.tell(`Waiting for the view ${view}: at ${applied} of ${head}`);
      if (Date.now() > until)
        throw new CliError(exitCodes.unavailable, `The view ${view} does not catch up. See: temoin doctor`);
    }
  }
  bar.end();
}

/** What queries of views are given. */
export const viewDeps = ({ temoin }: Context): ViewDeps => ({
  viewStore: temoin.viewStore,
  opener: temoin.opener,
  now: temoin.clock.now(),
});

/** Prints the result: one JSON document with `--json`, else the text for people. */
export function show(context: Pick<Context, 'terminal' | 'json'>, value: unknown, text: () => string): void {
  context.terminal.out(context.json ? `${JSON.stringify(value, null, 2)}\n` : text());
}

/** True once the person said yes. Without a person to ask, the answer is no. */
export async function confirm({ terminal }: Pick<Context, 'terminal'>, question: string): Promise<boolean> {
  if (!terminal.interactive) return false;
  return /^(y|yes|o|oui)$/i.test((await terminal.ask(`${question} [y/N] `)).trim());
}
