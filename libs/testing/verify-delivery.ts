import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';

/**
 * What a receiver does before it believes a delivery: Standard Webhooks 1.0, asymmetric (`v1a`, Ed25519).
 * @param jwk `/.well-known/temoin-signing-key.json` of the installation, fetched once and kept
 * @param body the bytes as they came, before any parsing
 */
export function verifyDelivery(
  jwk: JsonWebKey,
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  body: string,
  now = Date.now(),
): boolean {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  if (!(Math.abs(now / 1000 - Number(timestamp)) <= 300)) return false;
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const signed = Buffer.from(`${id}.${timestamp}.${body}`);
  return String(headers['webhook-signature'])
    .split(' ')
    .filter((one) => one.startsWith('v1a,'))
    .some((one) => verify(null, signed, key, Buffer.from(one.slice(4), 'base64')));
}
