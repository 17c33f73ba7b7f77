import { createHash } from 'node:crypto';
import type { StoredEvent } from '#ports/event-store/event-store.js';

/**
 * SHA-256 over events in the order given: stream, revision, id, type and both byte sequences of each, every part after its
 * length. Positions are left out: each engine counts in its own way.
 */
export interface LogDigest {
  add(event: StoredEvent): void;
  /** Hexadecimal. Ends the digest. */
  end(): string;
}

export function logDigest(): LogDigest {
  const hash = createHash('sha256');
  return {
    add({ stream, revision, eventId, type, data, metadata }) {
      for (const part of [stream, String(revision), eventId, type, data, metadata]) {
        const bytes = typeof part === 'string' ? Buffer.from(part, 'utf8') : part;
        const length = Buffer.alloc(4);
        length.writeUInt32BE(bytes.byteLength);
        hash.update(length).update(bytes);
      }
    },
    end: () => hash.digest('hex'),
  };
}

/** The same fact in the same place of its stream, byte for byte. */
export const isSameEvent = (one: StoredEvent, other: StoredEvent): boolean =>
  one.eventId === other.eventId &&
  one.stream === other.stream &&
  one.revision === other.revision &&
  one.type === other.type &&
  Buffer.compare(one.data, other.data) === 0 &&
  Buffer.compare(one.metadata, other.metadata) === 0;
