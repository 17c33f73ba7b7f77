import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { KEY_BYTES } from './aead.js';
import { fromBase64url } from './canonical.js';
import type { RootKeys } from './root-key.js';

/** What the root key file holds. Keys are base64url here and nowhere else. */

export const ROOT_KEY_FORMAT = 'temoin-root-key/1';

export interface EpochKey {
  readonly epoch: number;
  readonly key: string;
}

export interface RootKeyContent {
  /** Never rotated: identifiers derive from it. Files made before it was kept derive it from their first epoch. */
  readonly installation: string;
  /** At least one; two while a rotation is under way. */
  readonly epochs: readonly EpochKey[];
  /** A rotation destroyed its old epoch and has yet to write the vault's files anew. */
  readonly unswept: boolean;
}

/** @returns undefined when the text is not the whole content of a root key file */
export function parseRootKeys(text: string): RootKeyContent | undefined {
  let content: { format?: unknown; installation?: unknown; epochs?: unknown; unswept?: unknown } | null;
  try {
    content = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (content?.format !== ROOT_KEY_FORMAT || !Array.isArray(content.epochs)) return undefined;
  const epochs: readonly unknown[] = content.epochs;
  const [first] = epochs;
  if (!epochs.every(isEpochKey) || !isEpochKey(first)) return undefined;
  if (new Set(epochs.map(({ epoch }) => epoch)).size !== epochs.length) return undefined;
  const installation = content.installation ?? installationOf(epochs);
  if (!isKey(installation)) return undefined;
  return { installation, epochs, unswept: content.unswept === true };
}

export const printRootKeys = ({ installation, epochs, unswept }: RootKeyContent): string =>
  `${JSON.stringify({ format: ROOT_KEY_FORMAT, installation, epochs, ...(unswept ? { unswept } : {}) }, null, 2)}\n`;

export const currentEpoch = ({ epochs }: RootKeyContent): number => Math.max(...epochs.map(({ epoch }) => epoch));

export function rootKeysOf(content: RootKeyContent): RootKeys {
  const keys = new Map(content.epochs.map(({ epoch, key }) => [epoch, secretOf(key)]));
  return {
    current: currentEpoch(content),
    key: (epoch) => keys.get(epoch),
    installation: secretOf(content.installation),
  };
}

function secretOf(text: string): KeyObject {
  const raw = Buffer.from(text, 'base64url');
  try {
    return createSecretKey(raw);
  } finally {
    raw.fill(0);
  }
}

function installationOf(epochs: readonly EpochKey[]): string {
  const oldest = epochs.reduce((one, other) => (other.epoch < one.epoch ? other : one));
  const derived = hkdfSync('sha256', Buffer.from(oldest.key, 'base64url'), Buffer.alloc(0), INSTALLATION, KEY_BYTES);
  return Buffer.from(derived).toString('base64url');
}
const INSTALLATION = 'temoin/installation/1';

const isKey = (value: unknown): value is string => fromBase64url(value)?.byteLength === KEY_BYTES;

const isEpochKey = (value: unknown): value is EpochKey => {
  const one = value as Partial<Record<keyof EpochKey, unknown>> | null;
  return typeof one?.epoch === 'number' && Number.isSafeInteger(one.epoch) && one.epoch >= 1 && isKey(one.key);
};
