import { createHmac, hkdfSync, type KeyObject, randomUUID } from 'node:crypto';
import { pooledRandom } from '#vault/random.js';
import type { RootKeys } from '#vault/root-key.js';
import { uuidFrom } from './event-id.js';

/**
 * Identifiers and digests made from secrets of the installation, so that a retry of the same command finds the same ids
 * and nobody outside can guess them or test guesses against them.
 *
 * Identifiers derive from the installation's own secret, which rotation leaves alone: a retry that straddles a rotation
 * finds what it would have found. Digests of requests derive from the root key of the current epoch, on purpose: a request
 * holds personal data, and once its epoch is destroyed nobody can test a guess against the digest any more. A stored
 * digest names its epoch; one of another epoch is never compared, so that a known command id alone answers the receipt.
 */
export interface Ids {
  /**
   * The id of a thing that a command creates: 20 lower-case base32 characters (100 bits), the same for the same command
   * and label.
   * @param label tells several ids of one command apart: `member`, `session`
   */
  newId(commandId: string, label: string): string;
  /**
   * An id of the same form for a command that is given once: drawn, nobody can find it again. Those of one moment begin alike;
   * 75 bits are of each alone.
   */
  freshId(): string;
  /** The command id (a UUID) for an Idempotency-Key of an actor: the same key again is the same command. */
  commandId(actor: string, idempotencyKey: string): string;
  /**
   * The correlation id (a UUID) of whatever is done by itself about one case: a process, a letter, a hold, a destruction. The
   * same in every process and after every crash; the case cannot be found from it without the installation's secret.
   */
  correlationId(caseId: string): string;
  /** A fresh command id for a request without an Idempotency-Key. */
  freshCommandId(): string;
  /** `<epoch>.<HMAC-SHA-256>` of a request's canonical text: tells a retry from another request without keeping either. */
  requestDigest(request: string): string;
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const ID_LENGTH = 20;
/** Five bits for each character. */
const bytesFor = (length: number): number => Math.ceil((length * 5) / 8);
/** Characters that ids drawn within one moment share, and how long that is, in milliseconds. */
const SHARED_LENGTH = 5;
const MOMENT_MS = 50;

export function idsFrom(roots: RootKeys): Ids {
  const current = (): KeyObject => {
    const root = roots.key(roots.current);
    if (!root) throw new TypeError('the current root key is absent');
    return root;
  };
  const derive = (from: KeyObject, purpose: string) =>
    Buffer.from(hkdfSync('sha256', from.export(), Buffer.alloc(0), `temoin/${purpose}/1`, 32));
  const installation = roots.installation ?? current();
  const idSecret = derive(installation, 'ids');
  const commandSecret = derive(installation, 'command-ids');
  let digest = { epoch: 0, secret: Buffer.alloc(0) };
  const digestOf = (request: string): string => {
    const epoch = roots.current;
    if (digest.epoch !== epoch) digest = { epoch, secret: derive(current(), 'request-digests') };
    return `${epoch}.${mac(digest.secret, request).toString('base64url')}`;
  };
  const mac = (secret: Buffer, ...parts: readonly string[]) =>
    createHmac('sha256', secret).update(JSON.stringify(parts)).digest();
  return {
    newId: (commandId, label) => base32(mac(idSecret, commandId, label), ID_LENGTH),
    freshId: drawing(),
    commandId: (actor, idempotencyKey) => uuidFrom(mac(commandSecret, actor, idempotencyKey)),
    correlationId: (caseId) => uuidFrom(mac(commandSecret, 'correlation', 'case', caseId)),
    freshCommandId: () => randomUUID(),
    requestDigest: digestOf,
  };
}

/**
 * Ids of one moment begin alike, so that every index that holds them (names of streams, key cells, documents) is written in one
 * place for all of them instead of in a place of its own for each. Where that is, is drawn anew for each moment: it tells no time.
 */
function drawing(): () => string {
  const draw = (length: number) => base32(pooledRandom(bytesFor(length)), length);
  let shared = '';
  let until = Number.NEGATIVE_INFINITY;
  return () => {
    const now = performance.now();
    if (now >= until) {
      shared = draw(SHARED_LENGTH);
      until = now + MOMENT_MS;
    }
    return shared + draw(ID_LENGTH - SHARED_LENGTH);
  };
}

/** True when two digests can be compared (same epoch) and tell two requests apart. */
export function digestsDiffer(stored: string | undefined, given: string | undefined): boolean {
  if (stored === undefined || given === undefined || stored === given) return false;
  return stored.split('.')[0] === given.split('.')[0];
}

/** RFC 4648 alphabet in lower case, from the most significant bit, without padding. */
function base32(bytes: Uint8Array, length: number): string {
  let out = '';
  for (let index = 0; index < length; index += 1) {
    const bit = index * 5;
    const pair = ((bytes[bit >> 3] ?? 0) << 8) | (bytes[(bit >> 3) + 1] ?? 0);
    out += ALPHABET[(pair >> (11 - (bit & 7))) & 31];
  }
  return out;
}
