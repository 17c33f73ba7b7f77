import { createSecretKey, randomBytes } from 'node:crypto';
import type { CellId } from '#kernel/sealed.js';
import type { RootKeys } from './root-key.js';
import { makeCellKey, rewrapped, unwrapCellKey } from './wrapping.js';

const keys = [1, 2].map(() => createSecretKey(randomBytes(32)));
const ring = (current: number, epochs: readonly number[]): RootKeys => ({
  current,
  key: (epoch) => (epochs.includes(epoch) ? keys[epoch - 1] : undefined),
});
const cell = 'm1/identity' as CellId;

describe('a wrapped key', () => {
  it('unwraps to the same key under the root key of its epoch', () => {
    const { key, wrapped } = makeCellKey(ring(1, [1]), cell);
    const back = unwrapCellKey(ring(1, [1]), wrapped);
    expect('key' in back && back.key.equals(key)).toBe(true);
    expect(Buffer.from(wrapped.wrapped).includes(key.export())).toBe(false);
  });

  it('does not unwrap for another cell or epoch, or with a byte changed', () => {
    const { wrapped } = makeCellKey(ring(2, [1, 2]), cell);
    const damaged = { fault: 'damaged' };
    expect(unwrapCellKey(ring(2, [1, 2]), { ...wrapped, cell: 'm2/identity' as CellId })).toEqual(damaged);
    expect(unwrapCellKey(ring(2, [1, 2]), { ...wrapped, epoch: 1 })).toEqual(damaged);
    for (let index = 0; index < wrapped.wrapped.length; index += 1) {
      const bytes = Uint8Array.from(wrapped.wrapped);
      bytes[index] = (bytes[index] ?? 0) ^ 1;
      expect(unwrapCellKey(ring(2, [1, 2]), { ...wrapped, wrapped: bytes })).toEqual(damaged);
    }
    expect(unwrapCellKey(ring(2, [1, 2]), { ...wrapped, wrapped: new Uint8Array(3) })).toEqual(damaged);
  });

  it('is the same key under the next epoch, and dead when the old epoch is gone', () => {
    const { key, wrapped } = makeCellKey(ring(1, [1]), cell);
    const next = rewrapped(ring(2, [1, 2]), wrapped);
    const back = next && unwrapCellKey(ring(2, [2]), next);
    expect(next?.epoch).toBe(2);
    expect(back && 'key' in back && back.key.equals(key)).toBe(true);
    expect(unwrapCellKey(ring(2, [2]), wrapped)).toEqual({ fault: 'no-root' });
    expect(rewrapped(ring(2, [2]), wrapped)).toBeUndefined();
  });
});
