import { lastBackupLeavesOn } from '#application/backup/backup-record.js';
import { type CertificateFiles, certificateFolder } from '#application/erasure/certificate-files.js';
import { type Erasure, openErasure } from '#application/erasure/erasure.js';
import type { ErasureParts } from '#application/erasure/erasure-parts.js';
import { othersForgot } from '#application/lease/presence.js';
import type { Temoin } from '#application/temoin.js';
import { certificateText, sha256Of, signCertificate } from '#evidence/certificate.js';
import type { Signer } from '#evidence/signature.js';
import type { SiblingStore } from '#ports/sibling-store/sibling-store.js';
import type { ErasureLedger } from '#vault/ledger.js';
import type { Configuration } from './configuration.js';
import type { InstallationRecord } from './data-folder.js';
import { siblingStores } from './sibling-stores.js';
import { certificatesFolder } from './signing-key.js';
import { vaultLeftovers } from './vault-leftovers.js';

export interface Erasing {
  readonly erasure: Erasure;
  readonly certificates: CertificateFiles;
}

/** Longer than the lease of a process that died. */
const OTHERS_PATIENCE_MS = 15_000;

/** What carries destructions out on this installation. */
export function openErasing(
  config: Configuration,
  record: InstallationRecord,
  temoin: Temoin,
  ledger: ErasureLedger,
  signer: Signer,
  memberExports: SiblingStore,
  outgoingMail: SiblingStore,
  /** For tests of crashes. */
  onStep?: ErasureParts['onStep'],
  /** Name of this process among those that are present; absent: it is not. */
  self?: string,
): Erasing {
  const certificates = certificateFolder(certificatesFolder(config));
  const erasure = openErasure({
    temoin,
    ledger,
    certificates,
    siblings: siblingStores(config, memberExports, outgoingMail),
    sign(facts) {
      const text = certificateText(signCertificate(facts, signer));
      return { text, sha256: sha256Of(text) };
    },
    installation: { id: record.id, simulated: record.simulated },
    othersForgot: () => othersForgot(temoin, self, OTHERS_PATIENCE_MS),
    lastBackupLeavesOn: () => lastBackupLeavesOn(config.data, temoin.clock.now(), config.backupDays),
    leftovers: (cells) => vaultLeftovers(config, temoin.keyVault, cells),
    ...(onStep ? { onStep } : {}),
  });
  return { erasure, certificates };
}
