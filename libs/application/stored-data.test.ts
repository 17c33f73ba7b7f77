import fc from 'fast-check';
import type { CellId, Sealed } from '#kernel/sealed.js';
import { storedData } from './stored-data.js';

const base64url = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('base64url'));
const at = { stream: 'session-1', eventId: 'e1', type: 'Noted', version: 1, path: 'note' };
const sealedValue: fc.Arbitrary<Sealed<unknown>> = fc
  .record({ cell: fc.string({ unit: 'binary' }), nonce: base64url, text: base64url, commit: base64url })
  .map(({ cell, ...box }) => ({ $sealed: { cell: cell as CellId, alg: 'A256GCM', ...box, at } }));

describe('data as it is stored', () => {
  it('is, byte by byte, the JSON of the plain fields and of the boxes without their place', () => {
    const fields = fc.dictionary(fc.string({ unit: 'binary' }), fc.oneof(fc.jsonValue(), fc.constant(undefined)));
    fc.assert(
      fc.property(fields, fc.dictionary(fc.string(), sealedValue), (plain, boxes) => {
        const sealed = new Map(Object.entries(boxes));
        const data = { ...plain, ...boxes };
        const expected = Object.entries(data).map(([field, value]) => {
          const box = sealed.get(field);
          if (!box) return [field, value];
          const { cell, alg, nonce, text, commit } = box.$sealed;
          return [field, { $sealed: { cell, alg, nonce, text, commit } }];
        });
        const bytes = storedData(data, (field) => sealed.get(field));
        expect(Buffer.from(bytes).toString('utf8')).toBe(JSON.stringify(Object.fromEntries(expected)));
      }),
      { numRuns: 50 },
    );
  });

  it('is an empty object where there is nothing', () => {
    expect(Buffer.from(storedData({ gone: undefined }, () => undefined)).toString('utf8')).toBe('{}');
  });
});
