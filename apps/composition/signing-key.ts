import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Signer, signerFrom } from '#evidence/signature.js';
import { setLedgerAside } from '#vault/ledger-file.js';
import { createSigningKeyFile, readSigningKeyFile } from '#vault/signing-key-file.js';
import type { Configuration } from './configuration.js';
import { SetupFault } from './setup-fault.js';

/** Where issued certificates lie. */
export const certificatesFolder = ({ data }: Pick<Configuration, 'data'>): string => join(data, 'certificates');

export interface SigningKeyRequest {
  /** Make the key where nothing was ever signed. */
  readonly create: boolean;
  /** The installation is made by this very start. */
  readonly isNew: boolean;
}

/**
 * The key that signs certificates and the erasure ledger. It is made before the first signature and never again: what was
 * signed could be neither checked nor continued with another one.
 * @throws SetupFault `signing-key` | `erasure-ledger`
 */
export async function openSigningKey(config: Configuration, request: SigningKeyRequest): Promise<Signer> {
  if (request.isNew && (await exists(config.erasureLedger))) await leaveOldLedger(config);
  try {
    if (request.create && !(await exists(config.signingKey)) && !(await wasAnythingSigned(config)))
      await createSigningKeyFile(config.signingKey).catch((error: { readonly code?: unknown }) => {
        // another process that starts at the same time made it first
        if (error.code !== 'signing-key-exists') throw error;
      });
    return signerFrom(await readSigningKeyFile(config.signingKey));
  } catch (error) {
    const { code, message } = error as { readonly code?: unknown; readonly message?: string };
    const never = code === 'signing-key-missing' && !(await wasAnythingSigned(config));
    const reason = never ? `There is no signing key ${config.signingKey} yet. Start the service once.` : message;
    throw new SetupFault('signing-key', reason ?? 'unknown error', { cause: error });
  }
}

const wasAnythingSigned = async (config: Configuration): Promise<boolean> =>
  (await exists(config.erasureLedger)) || (await exists(certificatesFolder(config)));

/** A new installation beside the ledger of an earlier one: that ledger is somebody's proof and is never written over. */
async function leaveOldLedger({ erasureLedger, simulated }: Configuration): Promise<void> {
  if (simulated) {
    await setLedgerAside(erasureLedger, new Date().toISOString());
    return;
  }
  throw new SetupFault(
    'erasure-ledger',
    `There is an erasure ledger of another installation in ${erasureLedger}. Keep it with that installation: move it away, or name another place with TEMOIN_ERASURE_LEDGER.`,
  );
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
