import { createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import type { CellId, SealedAt } from '#kernel/sealed.js';
import { openBox, sealBox } from './box.js';
import { associatedData, fromBase64url, lengthPrefixed, verifyCommitment } from './canonical.js';

const at: SealedAt = { stream: 'session-1', eventId: 'e1', type: 'Noted', version: 1, path: 'note' };
const cell = 'm1/session:s1' as CellId;
const key = createSecretKey(randomBytes(32));

describe('the canonical bytes', () => {
  it('are different for any two different lists of parts', () => {
    const parts = fc.array(fc.uint8Array({ maxLength: 6 }), { maxLength: 4 });
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        const same = JSON.stringify(one.map((p) => [...p])) === JSON.stringify(other.map((p) => [...p]));
        expect(lengthPrefixed(one).equals(lengthPrefixed(other))).toBe(same);
      }),
    );
  });

  it('never change: they are the storage format', () => {
    expect(associatedData(at, cell).toString('latin1')).toBe(
      '\0\0\0\x0ftemoin/sealed/1\0\0\0\x09session-1\0\0\0\x02e1\0\0\0\x05Noted\0\0\0\x011\0\0\0\x04note\0\0\0\x0dm1/session:s1',
    );
  });

  it('are the same whether a place is short ASCII or not', () => {
    const text = fc.oneof(fc.string({ maxLength: 200 }), fc.string({ unit: 'binary', maxLength: 140 }));
    fc.assert(
      fc.property(text, text, text, text, fc.nat(), text, (stream, eventId, type, path, version, cell) => {
        const parts = ['temoin/sealed/1', stream, eventId, type, String(version), path, cell];
        const bytes = associatedData({ stream, eventId, type, version, path }, cell as CellId);
        expect(bytes.equals(lengthPrefixed(parts.map((part) => Buffer.from(part, 'utf8'))))).toBe(true);
      }),
    );
  });

  it('are read from base64url in its one spelling only', () => {
    expect(fromBase64url('AAE')).toEqual(Buffer.from([0, 1]));
    for (const loose of ['AAF', 'AAE=', 'AA E', 'AA+/', '\n', undefined, 3])
      expect(fromBase64url(loose)).toBeUndefined();
  });
});

describe('a commitment', () => {
  const sealed = sealBox(key, at, cell, 'é « x »');
  const opened = openBox(key, sealed);
  if (!opened) throw new Error('does not open');
  const { blinder, json } = opened;

  it('proves a disclosed value without any key', () => {
    expect(verifyCommitment(sealed.$sealed, { blinder, json })).toBe(true);
  });

  it('fits no other value, blinder, place or cell', () => {
    const { $sealed } = sealed;
    expect(verifyCommitment($sealed, { blinder, json: '"autre"' })).toBe(false);
    expect(verifyCommitment($sealed, { blinder: randomBytes(32), json })).toBe(false);
    expect(verifyCommitment($sealed, { blinder: blinder.subarray(1), json })).toBe(false);
    expect(verifyCommitment({ ...$sealed, at: { ...at, path: 'x' } }, { blinder, json })).toBe(false);
    expect(verifyCommitment({ ...$sealed, cell: 'm2/identity' as CellId }, { blinder, json })).toBe(false);
    expect(verifyCommitment({ ...$sealed, commit: 'AAAA' }, { blinder, json })).toBe(false);
  });

  it('is made for values of any length', () => {
    for (const length of [0, 1, 5000, 5461, 5462, 200_000]) {
      const value = 'é'.repeat(length);
      const long = sealBox(key, at, cell, value);
      const shown = openBox(key, long);
      expect(shown?.value).toBe(value);
      if (shown) expect(verifyCommitment(long.$sealed, shown)).toBe(true);
    }
  });

  it('refuses a box whose commitment is of another value', () => {
    const other = sealBox(key, at, cell, 'autre');
    expect(openBox(key, { $sealed: { ...sealed.$sealed, commit: other.$sealed.commit } })).toBeUndefined();
  });
});
