import { createHash, type KeyObject } from 'node:crypto';
import type { Instant, LocalDate } from '#kernel/time.js';
import { canonicalJson } from './canonical-json.js';
import { keyIdOf, type Signature, type Signer, verifySignature } from './signature.js';
import { isVaultClaim, type VaultClaim } from './vault-claim.js';

export const CERTIFICATE_FORMAT = 'temoin-erasure-certificate/1';

/** What an erasure is certified from. Opaque ids, codes, times and counts: no name, no free text. */
export interface ErasureFacts {
  readonly certificateId: string;
  readonly installationId: string;
  readonly simulated: boolean;
  readonly destructionId: string;
  readonly cause: 'erasure' | 'retention' | 'strike-out';
  /** The rights case, the retention run or the struck event. */
  readonly reference: string;
  readonly decidedAt: Instant;
  readonly destroyedAt: Instant;
  readonly readBackAt: Instant;
  /** Cells destroyed; the digest is SHA-256 of the wrapped key, absent when a crash took the key before it was noted. */
  readonly cells: readonly { readonly cell: string; readonly keyDigest?: string }[];
  readonly kept: readonly { readonly cell: string; readonly ground: string; readonly until?: LocalDate }[];
  readonly stores: readonly CheckedStore[];
  /** When the last backup that may hold a wrapped copy leaves rotation; null when the installation does not say. */
  readonly lastBackupLeavesOn: LocalDate | null;
  /** Position of the log's event that recorded the read-back. */
  readonly logPosition: string;
  /** Of the bytes of the destroyed keys; absent in certificates from before it was said. */
  readonly vault?: VaultClaim;
}

export interface CheckedStore {
  readonly store: string;
  readonly values: number;
  readonly erased: number;
  readonly present: number;
  readonly unreadable: number;
}

export interface CertificateBody extends ErasureFacts {
  readonly format: typeof CERTIFICATE_FORMAT;
  /** Follows from the stores; complete only when every value answered « erased ». */
  readonly result: 'complete' | 'partial';
}

export interface Certificate extends CertificateBody {
  readonly signature: Signature;
}

const allErased = ({ values, erased, present, unreadable }: CheckedStore): boolean =>
  present === 0 && unreadable === 0 && erased === values;

/** Signs what was done. The same facts and key give the same certificate, byte for byte. */
export function signCertificate(facts: ErasureFacts, signer: Signer): Certificate {
  const result = facts.stores.every(allErased) ? 'complete' : 'partial';
  const body: CertificateBody = { format: CERTIFICATE_FORMAT, ...facts, result };
  return { ...body, signature: signer.sign(bytesOf(body)) };
}

/** The text of the certificate's file: canonical JSON and a line end. Its SHA-256 goes into the log. */
export const certificateText = (certificate: Certificate): string => `${canonicalJson(certificate)}\n`;

export const sha256Of = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

export type CertificateFault =
  /** No JSON, or not a certificate of this format. */
  | 'not-a-certificate'
  /** Signed by another key than the one given. */
  | 'other-key'
  /** Changed after it was signed, or never signed by this key. */
  | 'bad-signature'
  /** Signed, yet it says complete while a store did not answer « erased ». */
  | 'result-contradicted';

export type VerifiedCertificate =
  | { readonly ok: true; readonly certificate: Certificate }
  | { readonly ok: false; readonly reason: CertificateFault };

/**
 * Checks a certificate against the installation's public key, offline: nothing else is needed. White space and the order
 * of members do not matter, everything else does.
 */
export function verifyCertificate(text: string, publicKey: KeyObject): VerifiedCertificate {
  const certificate = parse(text);
  if (!certificate) return { ok: false, reason: 'not-a-certificate' };
  const { signature, ...body } = certificate;
  if (signature?.keyId !== keyIdOf(publicKey)) return { ok: false, reason: 'other-key' };
  let bytes: Uint8Array;
  try {
    bytes = bytesOf(body);
  } catch {
    return { ok: false, reason: 'bad-signature' };
  }
  if (!verifySignature(publicKey, bytes, signature)) return { ok: false, reason: 'bad-signature' };
  const result = certificate.stores.every(allErased) ? 'complete' : 'partial';
  return result === certificate.result ? { ok: true, certificate } : { ok: false, reason: 'result-contradicted' };
}

function parse(text: string): Certificate | undefined {
  let value: Partial<Certificate> | null;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const fits =
    value?.format === CERTIFICATE_FORMAT &&
    typeof value.certificateId === 'string' &&
    Array.isArray(value.cells) &&
    Array.isArray(value.kept) &&
    Array.isArray(value.stores) &&
    value.stores.every((one) => typeof one === 'object' && one !== null) &&
    (value.vault === undefined || isVaultClaim(value.vault)) &&
    typeof value.signature === 'object';
  return fits ? (value as Certificate) : undefined;
}

/** A domain tag in front: what is signed here can never be taken for anything else that the key signs. */
const bytesOf = (body: object): Uint8Array => Buffer.from(`${CERTIFICATE_FORMAT}\n${canonicalJson(body)}`, 'utf8');
