import { unfinishedDestructions } from '#views/destructions.js';
import { isOnVolumeOfData, SAME_VOLUME } from '../composition/erasure-ledger.js';
import type { Installation } from '../composition/installation.js';
import { lastReconciliation } from '../composition/pass-gate.js';

interface Finding {
  readonly what: string;
  readonly state: 'ok' | 'note' | 'fault';
  readonly says: string;
  readonly advice?: string;
}

/** What `doctor` says of erasures: the ledger, what was put back and destroyed again, what is not through. */
export async function erasureFindings({ config, gate, temoin }: Installation): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const what = 'erasure ledger';
  if (gate.fault !== undefined) findings.push({ what, state: 'fault', says: gate.fault, advice: gate.says });
  else if ((await isOnVolumeOfData(config)) === true)
    findings.push({ what, state: 'note', says: config.erasureLedger, advice: SAME_VOLUME });
  else findings.push({ what, state: 'ok', says: config.erasureLedger });
  const older = await lastReconciliation(config.data);
  if (older !== undefined) {
    const { at, destroyedAgain, fencedAgain, forgottenByLog } = older;
    const ids = [...new Set([...destroyedAgain.map((one) => one.destructionId), ...forgottenByLog])];
    findings.push({
      what: 'older data',
      state: 'note',
      says: `met on ${at}: ${destroyedAgain.length} keys destroyed again, ${fencedAgain} fenced again, ${forgottenByLog.length} destructions unknown to the log (${ids.slice(0, 10).join(', ')})`,
    });
  }
  const unfinished = await unfinishedDestructions(temoin);
  const partial = unfinished.filter((one) => one.certificate?.result === 'partial');
  if (partial.length > 0)
    findings.push({
      what: 'erasures',
      state: 'fault',
      says: `${partial.length} partial: ${partial.map((one) => one.destructionId).join(', ')}`,
      advice:
        'The service tries again by itself; its log names what stands in the way. See: temoin certificate show ID',
    });
  const waiting = unfinished.length - partial.length;
  if (waiting > 0)
    findings.push({
      what: 'erasures',
      state: 'note',
      says: `${waiting} not through yet`,
      advice: 'The service finishes them.',
    });
  if (unfinished.length === 0) findings.push({ what: 'erasures', state: 'ok', says: 'all certified' });
  return findings;
}
