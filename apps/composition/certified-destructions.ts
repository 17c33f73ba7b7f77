import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Certificate, verifyCertificate } from '#evidence/certificate.js';
import { publicKeyFrom, type Signer } from '#evidence/signature.js';
import type { CellId } from '#kernel/sealed.js';
import type { CertifiedDestruction } from '#vault/boot-gate.js';
import type { Configuration } from './configuration.js';
import { certificatesFolder } from './signing-key.js';

/**
 * What the certificates in the data folder say is destroyed. A restore takes back log, views and vault, and never a
 * certificate: where the ledger is gone as well, they alone still know. Only what this installation signed counts.
 */
export async function certifiedDestructions(
  config: Configuration,
  signer: Signer,
): Promise<readonly CertifiedDestruction[]> {
  const folder = certificatesFolder(config);
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const publicKey = publicKeyFrom(JSON.stringify(signer.publicJwk));
  const found: CertifiedDestruction[] = [];
  for (const name of names.filter((one) => one.endsWith('.json'))) {
    const text = await readFile(join(folder, name), 'utf8');
    const said = contentOf(text);
    if (said === undefined || publicKey === undefined) continue;
    const { destructionId, cells, destroyedAt } = said;
    found.push({
      destructionId,
      cells: cells.map(({ cell }) => cell as CellId),
      destroyedAt,
      isGenuine: () => verifyCertificate(text, publicKey).ok,
    });
  }
  return found;
}

/** Read before it is verified: nothing is done on its word. */
function contentOf(text: string): Pick<Certificate, 'destructionId' | 'cells' | 'destroyedAt'> | undefined {
  try {
    const { destructionId, cells, destroyedAt } = JSON.parse(text) as Partial<Certificate>;
    return typeof destructionId === 'string' && Array.isArray(cells) && destroyedAt !== undefined
      ? { destructionId, cells, destroyedAt }
      : undefined;
  } catch {
    return undefined;
  }
}
