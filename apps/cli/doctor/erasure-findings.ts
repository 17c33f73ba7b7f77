import { toEpochMilliseconds } from '#kernel/time.js';
import type { GateFault } from '#vault/boot-gate.js';
import { type DestructionDocument, unfinishedDestructions } from '#views/destructions.js';
import { isOnVolumeOfData } from '../../composition/erasure-ledger.js';
import type { Installation } from '../../composition/installation.js';
import { lastReconciliation } from '../../composition/pass-gate.js';
import { counted, type Finding, fault, note, ok } from './finding.js';

/** As the alert says it. */
const WAITS_TOO_LONG_MS = 24 * 3_600_000;

/** What `doctor` says of erasures: the ledger, what was put back and destroyed again, what is not through. */
export async function erasureFindings(
  installation: Pick<Installation, 'config' | 'gate' | 'temoin'>,
): Promise<readonly Finding[]> {
  const { config, temoin } = installation;
  const findings: Finding[] = [await ledger(installation)];
  const older = await lastReconciliation(config.data);
  if (older !== undefined) {
    const { at, destroyedAgain, fencedAgain, forgottenByLog } = older;
    const ids = [...new Set([...destroyedAgain.map((one) => one.destructionId), ...forgottenByLog])];
    findings.push(
      note(
        'older data',
        `rencontrées le ${at} : ${counted(destroyedAgain.length, 'clé')} détruites de nouveau, ${fencedAgain} interdites de nouveau, ${counted(forgottenByLog.length, 'destruction')} que le journal ignorait (${ids.slice(0, 10).join(', ')})`,
      ),
    );
  }
  return [...findings, ...waiting(await unfinishedDestructions(temoin), toEpochMilliseconds(temoin.clock.now()))];
}

async function ledger({ config, gate }: Pick<Installation, 'config' | 'gate'>): Promise<Finding> {
  const what = 'erasure ledger';
  if (gate.fault !== undefined)
    return fault(what, `${gate.fault} : ${broken[gate.fault]}`, `${PUT_BACK} (${gate.says})`);
  if ((await isOnVolumeOfData(config)) === true)
    return note(
      what,
      config.erasureLedger,
      'Il est sur le même disque que les données : une image de ce disque, remise en place, ferait tout oublier. Nommer un autre endroit avec TEMOIN_ERASURE_LEDGER.',
    );
  return ok(what, config.erasureLedger);
}

const PUT_BACK =
  'Jusque-là rien de scellé ne s’ouvre. Remettre le registre à sa place et redémarrer ; perdu pour de bon : temoin ledger rebuild';
const broken: Readonly<Record<GateFault, string>> = {
  'ledger-missing': 'il y a eu des destructions et le registre n’est pas là',
  'ledger-shortened': 'il lui manque des destructions que le journal ou le coffre connaissent',
  'ledger-forged': 'une ligne n’est pas de cette installation, ou une autre a été retirée avant elle',
  'ledger-unavailable': 'il ne peut pas être lu',
};

function waiting(unfinished: readonly DestructionDocument[], now: number): readonly Finding[] {
  const what = 'erasures';
  if (unfinished.length === 0) return [ok(what, 'tous certifiés', 0)];
  const findings: Finding[] = [];
  const partial = unfinished.filter((one) => one.certificate?.result === 'partial');
  if (partial.length > 0)
    findings.push(
      fault(
        what,
        `${counted(partial.length, 'effacement partiel', 'effacements partiels')} : ${partial.map((one) => one.destructionId).join(', ')}`,
        'Le service réessaie seul ; son journal nomme ce qui l’empêche. Voir : temoin certificate show ID',
        partial.length,
      ),
    );
  const left = unfinished.filter((one) => !partial.includes(one));
  const late = left.filter((one) => now - toEpochMilliseconds(one.decidedAt) > WAITS_TOO_LONG_MS);
  if (late.length > 0)
    findings.push(
      fault(
        what,
        `${counted(late.length, 'effacement')} en attente depuis plus d’un jour`,
        'docs/guides/alerts/ErasuresWait.md',
        late.length,
      ),
    );
  if (left.length > late.length)
    findings.push(
      note(
        what,
        `${counted(left.length - late.length, 'effacement')} en cours`,
        'Le service les termine.',
        left.length - late.length,
      ),
    );
  return findings;
}
