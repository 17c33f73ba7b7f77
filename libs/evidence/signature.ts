import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';

/** Ed25519 (RFC 8032): deterministic, so that the same text signed again gives the same bytes. */

export interface Signature {
  readonly alg: 'Ed25519';
  readonly keyId: string;
  /** base64url, without padding. */
  readonly value: string;
}

/** A public key as it is published: JSON Web Key of RFC 8037. */
export interface PublicJwk {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly kid: string;
  readonly use: 'sig';
  readonly alg: 'EdDSA';
}

/** Signs for the installation; the private key stays inside. */
export interface Signer {
  readonly keyId: string;
  readonly publicJwk: PublicJwk;
  sign(bytes: Uint8Array): Signature;
  verify(bytes: Uint8Array, signature: unknown): boolean;
}

/** @throws TypeError when it is no Ed25519 private key */
export function signerFrom(privateKey: KeyObject): Signer {
  if (privateKey.asymmetricKeyType !== 'ed25519' || privateKey.type !== 'private')
    throw new TypeError('an Ed25519 private key is needed');
  const publicKey = createPublicKey(privateKey);
  const publicJwk = publicJwkOf(publicKey);
  const keyId = publicJwk.kid;
  return {
    keyId,
    publicJwk,
    sign: (bytes) => ({ alg: 'Ed25519', keyId, value: sign(null, bytes, privateKey).toString('base64url') }),
    verify: (bytes, signature) => verifySignature(publicKey, bytes, signature),
  };
}

/** False for anything but a signature of these bytes by this key, its key id included. Never throws. */
export function verifySignature(publicKey: KeyObject, bytes: Uint8Array, signature: unknown): boolean {
  const { alg, keyId, value } = (signature ?? {}) as Partial<Record<keyof Signature, unknown>>;
  if (alg !== 'Ed25519' || typeof value !== 'string' || keyId !== keyIdOf(publicKey)) return false;
  const raw = Buffer.from(value, 'base64url');
  if (raw.byteLength !== 64 || raw.toString('base64url') !== value) return false;
  return verify(null, bytes, publicKey, raw);
}

/** JWK thumbprint (RFC 7638), SHA-256, base64url. */
export function keyIdOf(publicKey: KeyObject): string {
  const { crv, kty, x } = publicKey.export({ format: 'jwk' });
  return createHash('sha256').update(canonicalJson({ crv, kty, x })).digest('base64url');
}

export function publicJwkOf(publicKey: KeyObject): PublicJwk {
  const { x } = publicKey.export({ format: 'jwk' });
  if (publicKey.asymmetricKeyType !== 'ed25519' || typeof x !== 'string')
    throw new TypeError('an Ed25519 public key is needed');
  return { kty: 'OKP', crv: 'Ed25519', x, kid: keyIdOf(publicKey), use: 'sig', alg: 'EdDSA' };
}

/**
 * A public key from the text of a file: a JWK, a JWK set with one key, or PEM.
 * @returns undefined when it holds no Ed25519 public key
 */
export function publicKeyFrom(text: string): KeyObject | undefined {
  try {
    const key = text.trimStart().startsWith('{') ? fromJwk(JSON.parse(text)) : createPublicKey(text);
    return key?.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined;
  }
}

function fromJwk(parsed: { readonly keys?: unknown }): KeyObject | undefined {
  const jwk = Array.isArray(parsed.keys) && parsed.keys.length === 1 ? parsed.keys[0] : parsed;
  const { kty, crv, x } = jwk as Readonly<Record<string, unknown>>;
  if (kty !== 'OKP' || crv !== 'Ed25519' || typeof x !== 'string') return undefined;
  return createPublicKey({ key: { kty, crv, x }, format: 'jwk' });
}
