/**
 * Messages between a store and its worker: many calls or answers in one, and all their binary parts in one buffer that
 * changes hands without being copied again. Copying each small array by structured clone costs more than storing it.
 */
export interface Parcel<T> {
  readonly head: T;
  readonly blobs: readonly Uint8Array[];
}

export interface Packet<T> {
  readonly heads: readonly T[];
  /** For each parcel: how many blobs, then the length of each. */
  readonly lengths: readonly number[];
  readonly bytes: Uint8Array;
}

export function pack<T>(parcels: readonly Parcel<T>[]): Packet<T> {
  const heads: T[] = [];
  const lengths: number[] = [];
  let total = 0;
  for (const { head, blobs } of parcels) {
    heads.push(head);
    lengths.push(blobs.length);
    for (const blob of blobs) {
      lengths.push(blob.byteLength);
      total += blob.byteLength;
    }
  }
  // all of it is written: nothing of what lay there before goes along
  const bytes = Buffer.allocUnsafeSlow(total);
  let at = 0;
  for (const { blobs } of parcels)
    for (const blob of blobs) {
      bytes.set(blob, at);
      at += blob.byteLength;
    }
  return { heads, lengths, bytes };
}

/** The blobs are views on the packet's one buffer. */
export function unpack<T>(packet: Packet<T>): readonly Parcel<T>[] {
  let at = 0;
  let next = 0;
  return packet.heads.map((head) => {
    const blobs: Uint8Array[] = [];
    for (let count = packet.lengths[next++] ?? 0; count > 0; count -= 1) {
      const length = packet.lengths[next++] ?? 0;
      blobs.push(packet.bytes.subarray(at, at + length));
      at += length;
    }
    return { head, blobs };
  });
}
