import { createHash } from 'node:crypto';
import type { Temoin } from '../temoin.js';
import type { DestructionRecord } from './destruction-record.js';
import type { CertifiedFacts, ErasureParts } from './erasure-parts.js';
import { giveSurely } from './give-step.js';

/**
 * Issues the certificate of what was last read back: signed, written durably, then recorded with its digest. One that was
 * written before a crash is the one that is recorded.
 */
export async function certify(parts: ErasureParts, record: DestructionRecord): Promise<void> {
  const { temoin, certificates, sign, onStep = () => undefined } = parts;
  const { destroyed, readBack, certified } = record;
  if (!destroyed || !readBack || certified) return;
  const { memberId, destructionId } = readBack;
  const certificateId = certificateIdOf(temoin, readBack);
  let text = await certificates.read(certificateId);
  if (text === undefined) {
    text = sign(await factsOf(parts, record, certificateId, destroyed, readBack)).text;
    await certificates.write(certificateId, text);
    await onStep('certificate-written', destructionId);
  }
  const certificateSha256 = createHash('sha256').update(text, 'utf8').digest('hex');
  const command = { type: 'RecordCertificate', memberId, destructionId, certificateId, certificateSha256 } as const;
  await giveSurely(temoin, command, `certified ${certificateId}`);
  await onStep('certified', destructionId);
}

/** One for each reading back. The place alone would not do: a log restored from a backup gives the same place again. */
const certificateIdOf = (
  { ids }: Temoin,
  { destructionId, readAt, position }: NonNullable<DestructionRecord['readBack']>,
): string => ids.newId(ids.commandId('system', `certificate ${destructionId}`), `${readAt} ${position}`);

async function factsOf(
  { ledger, installation, lastBackupLeavesOn, leftovers }: ErasureParts,
  { condemned }: DestructionRecord,
  certificateId: string,
  destroyed: NonNullable<DestructionRecord['destroyed']>,
  readBack: NonNullable<DestructionRecord['readBack']>,
): Promise<CertifiedFacts> {
  const { destructionId, cause, reference, decidedAt, kept } = condemned;
  const reading = await ledger.read();
  const noted =
    reading.state === 'sound' ? reading.notes.find((one) => one.destructionId === destructionId) : undefined;
  // an event lists so many cells and no more; the ledger knows all that were noted
  const cells = noted && noted.cells.length > destroyed.cells.length ? noted.cells : destroyed.cells;
  return {
    certificateId,
    installationId: installation.id,
    simulated: installation.simulated,
    destructionId,
    cause,
    reference,
    decidedAt,
    destroyedAt: destroyed.destroyedAt,
    readBackAt: readBack.readAt,
    cells,
    kept,
    stores: readBack.stores,
    lastBackupLeavesOn: (await lastBackupLeavesOn()) ?? null,
    logPosition: readBack.position,
    ...(leftovers ? { vault: await leftovers(cells.map(({ cell }) => cell)) } : {}),
  };
}
