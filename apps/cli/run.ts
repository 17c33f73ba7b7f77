import { CliError, type ExitCode, exitCodes } from './exit-codes.js';
import { buildProgram } from './program.js';
import type { Terminal } from './terminal.js';

/**
 * Runs one command line.
 * @param args without program and script
 * @returns the exit code; never throws
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    await buildProgram(terminal).parseAsync([...args], { from: 'user' });
    return exitCodes.ok;
  } catch (error) {
    return told(error, args.includes('--json'), terminal);
  }
}

/** Errors are known by code or name, so that it does not matter which copy of a module threw them. */
function told(error: unknown, json: boolean, terminal: Terminal): ExitCode {
  const { name, code, message = '' } = error as { name?: unknown; code?: unknown; message?: string };
  if (error instanceof CliError) {
    terminal.err(json ? `${JSON.stringify({ error: error.message, ...error.details })}\n` : `${error.message}\n`);
    return error.exitCode;
  }
  // Commander has said it already; help and version are no errors
  if (typeof code === 'string' && code.startsWith('commander.'))
    return code === 'commander.helpDisplayed' || code === 'commander.version' ? exitCodes.ok : exitCodes.usage;
  const unavailable = name === 'SetupFault' || name === 'RootKeyError' || UNAVAILABLE.has(String(code));
  terminal.err(json ? `${JSON.stringify({ error: message, code })}\n` : `${message || String(error)}\n`);
  if (name === 'SetupFault' && code === 'bad-setting') return exitCodes.usage;
  return unavailable ? exitCodes.unavailable : exitCodes.failure;
}

const UNAVAILABLE = new Set(['unavailable', 'unknown-outcome', 'closed', 'key-missing', 'vault-unavailable']);
