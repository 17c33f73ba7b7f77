import { loadConfiguration } from '../composition/configuration.js';
import { greetingOf } from './greeting.js';
import { helpText } from './help.js';
import { openLog } from './log.js';
import { runService } from './run-service.js';
import { terminalLog } from './terminal-log.js';

/** After a second signal, or when stopping takes longer than this, the process ends at once: what was acknowledged is on disk. */
const STOP_WITHIN_MS = 15_000;

async function main(args: readonly string[]): Promise<void> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(helpText());
    return;
  }
  const config = loadConfiguration(process.env, args);
  // whoever asks for a level wants the log itself
  const plain = process.stderr.isTTY && process.env.TEMOIN_LOG_LEVEL === undefined;
  const log = openLog(config.logLevel, plain ? terminalLog((text) => void process.stderr.write(text)) : undefined);
  const running = await runService(config, log);
  stopOnSignal(async () => {
    await running.stop();
    process.stdout.write('Témoin est arrêté.\n');
  });
  const { address, installation, token } = running;
  process.stdout.write(greetingOf({ address, config, now: installation.clock.now(), token }));
  if (installation.gate.fault !== undefined) process.stdout.write(SHUT);
}

const SHUT = `  ATTENTION : le registre des effacements manque ou n’est pas sûr. Aucune donnée protégée n’est ouverte.
  Remettez-le en place et redémarrez ; « temoin doctor » dit comment.

`;

function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        tell(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}

/** A fault of the setting-up in one sentence; anything else with its stack, which holds no data. */
function tell(error: unknown): void {
  const { name, message, stack } = error as { name?: unknown; message?: unknown; stack?: unknown };
  process.stderr.write(`${name === 'SetupFault' ? String(message) : String(stack ?? error)}\n`);
  process.exitCode = name === 'SetupFault' ? 2 : 1;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  tell(error);
});
