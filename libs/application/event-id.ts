import { hash } from 'node:crypto';

/**
 * The id of the nth event of a command on a stream: always the same, so that a retry of an append whose outcome is
 * unknown is recognised by every engine.
 */
export const eventIdOf = (stream: string, commandId: string, index: number): string =>
  uuidFrom(hash('sha256', JSON.stringify(['temoin/event-id/1', stream, commandId, index]), 'buffer'));

/** A UUID of version 8 (RFC 9562: custom) from the first 16 bytes of a hash. */
export function uuidFrom(digest: Uint8Array): string {
  const bytes = Buffer.from(digest.subarray(0, 16));
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
