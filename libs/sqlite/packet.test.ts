import fc from 'fast-check';
import { pack, unpack } from './packet.js';

describe('a packet', () => {
  it('gives back every head with its own bytes, whatever their number and size', () => {
    const parcels = fc.array(
      fc.record({ head: fc.string(), blobs: fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 4 }) }),
    );
    fc.assert(
      fc.property(parcels, (sent) => {
        const received = unpack(pack(sent));
        expect(received.map(({ head, blobs }) => [head, blobs.map((blob) => [...blob])])).toEqual(
          sent.map(({ head, blobs }) => [head, blobs.map((blob) => [...blob])]),
        );
      }),
    );
  });

  it('carries a view on a larger buffer without what is around it', () => {
    const { bytes } = pack([{ head: 1, blobs: [Buffer.from('secretvalue').subarray(6)] }]);
    expect(Buffer.from(bytes).toString()).toBe('value');
    expect(bytes.buffer.byteLength).toBe(5);
  });
});
