import { generateKeyPairSync } from 'node:crypto';
import type { CertificateFiles } from '#application/erasure/certificate-files.js';
import type { CertifiedFacts } from '#application/erasure/erasure-parts.js';
import { certificateText, sha256Of, signCertificate } from '#evidence/certificate.js';
import { signerFrom } from '#evidence/signature.js';
import type { ErasureLedger, LedgerNote } from '#vault/ledger.js';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const signer = signerFrom(privateKey);

/** A signing key that lives as long as the test. */
export const testSigning = {
  publicKey,
  signer,
  sign(facts: CertifiedFacts) {
    const text = certificateText(signCertificate(facts, signer));
    return { text, sha256: sha256Of(text) };
  },
};

/** A ledger that forgets with the test. */
export function memoryLedger(notes = new Map<string, LedgerNote>()): ErasureLedger {
  return {
    where: 'memory',
    async append(note) {
      const there = notes.get(note.destructionId);
      if (!there) notes.set(note.destructionId, note);
      return there ?? note;
    },
    read: async () => (notes.size === 0 ? { state: 'absent' } : { state: 'sound', notes: [...notes.values()] }),
  };
}

export function memoryCertificates(
  texts = new Map<string, string>(),
): CertificateFiles & { readonly texts: typeof texts } {
  return {
    texts,
    write: async (id, text) => void texts.set(id, text),
    read: async (id) => texts.get(id),
  };
}
