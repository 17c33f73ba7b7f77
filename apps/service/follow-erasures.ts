import type { Logger } from 'pino';
import { type ErasureProcess, startErasureProcess } from '#application/erasure/erasure-process.js';
import { recallForgotten } from '#application/erasure/recall-forgotten.js';
import { isOnVolumeOfData, SAME_VOLUME } from '../composition/erasure-ledger.js';
import type { Installation } from '../composition/installation.js';
import { logAlarm } from './log.js';

/** Codes only: what the start found of erasures, and did. */
export async function logGate({ config, gate }: Installation, log: Logger): Promise<void> {
  const { fault, says, destroyedAgain, fencedAgain, forgottenByLog, pending } = gate;
  if (destroyedAgain.length + fencedAgain + forgottenByLog.length > 0)
    log.warn(
      { destroyedAgain, fencedAgain, forgottenByLog },
      'older data was put back: what must be dead was destroyed again',
    );
  if (pending.length > 0) log.info({ pending: pending.length }, 'destructions to finish');
  if (fault !== undefined) log.error({ fault, says }, 'nothing sealed is opened');
  if ((await isOnVolumeOfData(config)) === true) log.warn({ ledger: config.erasureLedger }, SAME_VOLUME);
}

/**
 * Carries destructions out for as long as the service runs.
 * @returns undefined while the ledger is not trusted: nothing could be read back
 */
export function followErasures(installation: Installation, log: Logger): ErasureProcess | undefined {
  const { temoin, ledger, gate, erasing } = installation;
  if (gate.fault !== undefined) return undefined;
  if (gate.forgottenByLog.length > 0)
    recallForgotten(temoin, ledger, gate.forgottenByLog).catch((error: unknown) => {
      // the keys are dead all the same; the next start tries again
      log.error({ code: (error as { readonly code?: unknown }).code }, 'the log could not be told what it forgot');
    });
  return startErasureProcess({ temoin, erasure: erasing.erasure, onAlarm: logAlarm(log) });
}
