import { randomFillSync } from 'node:crypto';

/**
 * Random bytes from the operating system, drawn 8 KiB at a time: one value needs 44 bytes and a call costs as much as
 * the rest of sealing. Bytes given out are erased from the pool at once.
 */
const pool = Buffer.alloc(8192);
let used = pool.length;

/** Writes so many random bytes at a place. */
export function fillRandom(target: Buffer, offset: number, length: number): void {
  if (used + length > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const end = offset + length;
  // one by one: for so few bytes cheaper than a copy and a fill
  for (let at = offset; at < end; at += 1, used += 1) {
    target[at] = pool[used] ?? 0;
    pool[used] = 0;
  }
}

export function pooledRandom(length: number): Buffer {
  const out = Buffer.allocUnsafe(length);
  fillRandom(out, 0, length);
  return out;
}
