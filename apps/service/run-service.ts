import type { Logger } from 'pino';
import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { createService } from '#nest-shell/create-service.js';
import { openJournalIndex } from '#nest-shell/queries/journal-index.js';
import { openMemberIndex } from '#nest-shell/queries/member-index.js';
import { isInFiles } from '../composition/backups.js';
import { bindings } from '../composition/bindings.js';
import type { Configuration } from '../composition/configuration.js';
import { lastBackupAt } from '../composition/figures.js';
import { type Installation, openInstallation } from '../composition/installation.js';
import { keepingOf } from '../composition/keeping.js';
import { retentionOf } from '../composition/nightly-run.js';
import { refuseOtherLog } from '../composition/other-log.js';
import { openRebuildLine } from '../composition/rebuild-line.js';
import { SetupFault } from '../composition/setup-fault.js';
import { tracedOpening } from '../composition/traced.js';
import { type Background, heldFirst, settleHolds, startBackground } from './background.js';
import { firstAdministratorToken } from './first-administrator.js';
import { logGate } from './follow-erasures.js';
import { addressOf } from './greeting.js';
import { logAlarm, logAnswer, logFault, logTurn } from './log.js';
import { openMetrics } from './metrics.js';
import { openTraces } from './traces.js';
import { workerDoor } from './worker-door.js';

/** Wrong tokens that one address may try in a minute. */
const FAILED_TOKENS = 20;

export interface RunningService {
  readonly address: string;
  readonly installation: Installation;
  /** Of the first administrator, when this start made one. */
  readonly token: string | undefined;
  /** Lets requests under way finish, then closes everything. */
  stop(): Promise<void>;
}

/**
 * Opens the installation and serves it.
 * @throws SetupFault whose message says what stands in the way and what to do
 */
export async function runService(config: Configuration, log: Logger): Promise<RunningService> {
  const metrics = openMetrics();
  const { onAppended } = metrics;
  const traces = await openTraces(config, log);
  const tracer = traces?.tracer;
  const onOpened = tracer ? both(metrics.onOpened, tracedOpening(tracer)) : metrics.onOpened;
  const told = {
    onAlarm: logAlarm(log),
    onTurn: logTurn(log),
    onAppended,
    onOpened,
    tracer,
    counting: metrics.counting,
  };
  const installation = await openInstallation(config, { lock: true, ...told });
  const undo: (() => void | Promise<void>)[] = [() => traces?.close(), () => installation.close()];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    await logGate(installation, log);
    const { temoin, simulation, memberExports } = installation;
    let background: Background | undefined;
    let leave: (() => Promise<void>) | undefined;
    undo.push(() => leave?.());
    /** Once the service answers: it goes through histories, which no start waits for. */
    const beginBackground = () => {
      leave = installation.ownership?.whileHeld(() => {
        const begun = startBackground(installation, log);
        background = begun;
        return async () => {
          background = undefined;
          await begun.stop();
        };
      });
    };
    metrics.watch({
      temoin,
      owns: () => installation.ownership?.fence !== undefined,
      erasuresWaiting: () => background?.erasures?.unfinished.length,
      lastBackup: async () => (isInFiles(config) ? lastBackupAt(config.data) : undefined),
    });
    const listening = (door: { listen(port: number, host: string): Promise<number> }) =>
      door.listen(config.port, config.host).catch((error: unknown) => {
        throw portFault(error, config);
      });
    if (config.role !== 'api') {
      const line = await openRebuildLine(config.data, temoin.rebuildAll).catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : 'unknown';
        log.warn({ reason }, 'While this service runs the command line cannot rebuild its views.');
      });
      if (line) undo.push(() => line.close());
    }
    if (config.role === 'worker') {
      const door = workerDoor(temoin, metrics.scrape);
      undo.push(() => door.close());
      const port = await listening(door);
      beginBackground();
      return { address: addressOf(config.host, port), installation, token: undefined, stop };
    }
    const memberIndex = openMemberIndex(
      temoin,
      bindings.flatMap((one) => one.events),
    );
    undo.push(() => memberIndex.close());
    const journalIndex = openJournalIndex(temoin, (sessions, milliseconds) => {
      log.info({ sessions, milliseconds }, 'the journal can be searched');
    });
    undo.push(() => journalIndex.close());
    const settled = () => background?.holds.settled() ?? settleHolds(installation, log);
    const service = await createService({
      temoin,
      civilTime: frenchCivilTime(),
      memberIndex,
      journalIndex,
      memberExports,
      association: config.association,
      phone: config.publicPhone,
      limits: { bodyLimit: config.bodyLimit, rateLimit: config.rateLimit, failedTokens: FAILED_TOKENS },
      onFault: logFault(log),
      onAnswer: both(logAnswer(log), metrics.onAnswer),
      metrics: metrics.scrape,
      onAlarm: logAlarm(log),
      ...(tracer ? { tracer } : {}),
      proofs: {
        certificates: installation.erasing.certificates,
        publicJwk: installation.signer.publicJwk,
        unfinished: () => background?.erasures?.unfinished.length ?? installation.gate.pending.length,
      },
      ...(isInFiles(config) ? { keeping: keepingOf(installation) } : {}),
      retention: heldFirst(retentionOf(installation), settled),
      ...(simulation ? { moveClock: (to) => movedOn(simulation.moveTo(to), background) } : {}),
    });
    undo.push(() => service.close());
    const port = await listening(service);
    const token = await firstAdministratorToken(temoin);
    // a log that was empty when it was opened is not any more
    await refuseOtherLog(installation.stores, config.role !== 'api');
    beginBackground();
    // one after the other: each holds pages of documents while it is filled
    void memberIndex.begin().then(() => journalIndex.begin());
    return { address: addressOf(config.host, port), installation, token, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const both =
  <T>(...told: readonly ((one: T) => void)[]) =>
  (one: T): void => {
    for (const tell of told) tell(one);
  };

/** What the simulated clock jumped over is made up for at once. */
function movedOn(moved: boolean, background: Background | undefined): boolean {
  if (moved) {
    void background?.nightly?.look();
    void background?.processes?.look();
    void background?.feed?.look();
  }
  return moved;
}

function portFault(error: unknown, { host, port }: Configuration): unknown {
  const code = (error as { readonly code?: unknown })?.code;
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} is taken by another program. Stop that program, or choose another port with --port NUMBER.`,
    EACCES: `This account may not listen on port ${port}. Choose one above 1023 with --port NUMBER.`,
    EADDRNOTAVAIL: `This machine has no address ${host}. Choose another with --host ADDRESS.`,
    ENOTFOUND: `${host} is no known host name. Choose another with --host ADDRESS.`,
  };
  const reason = typeof code === 'string' ? reasons[code] : undefined;
  return reason === undefined ? error : new SetupFault('port', reason, { cause: error });
}
