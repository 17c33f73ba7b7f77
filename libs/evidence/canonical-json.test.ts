import fc from 'fast-check';
import { canonicalJson } from './canonical-json.js';

describe('canonical JSON', () => {
  it('writes the example of RFC 8785, section 3.2', () => {
    const value = {
      numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('orders members by UTF-16 units, as the RFC’s second example', () => {
    const names = ['\u20ac', '\r', '\ufb33', '1', '\u{1f600}', '\u0080', '\u00f6'];
    const text = canonicalJson(Object.fromEntries(names.map((name) => [name, 0])));
    expect(Object.keys(JSON.parse(text)).sort()).toEqual([...names].sort());
    expect([...text.matchAll(/"((?:[^"\\]|\\.)*)":/g)].map(([, name]) => JSON.parse(`"${name}"`))).toEqual([
      '\r',
      '1',
      '\u0080',
      '\u00f6',
      '\u20ac',
      '\u{1f600}',
      '\ufb33',
    ]);
  });

  it('reads back as the same value, in whatever order the members were made', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ noUnicodeString: false })), (value) => {
        const shuffled = Object.fromEntries(Object.entries(value).reverse());
        fc.pre(Object.keys(value).every((name) => name !== '__proto__'));
        const text = tryCanonical(value);
        fc.pre(text !== undefined);
        expect(canonicalJson(shuffled)).toBe(text);
        expect(JSON.parse(text ?? '')).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(text ?? ''))).toBe(text);
      }),
    );
  });

  it.each([[Number.NaN], [[undefined]], ['\ud800'], [() => 0], [1n], [Number.POSITIVE_INFINITY]])(
    'refuses what is not JSON: %p',
    (value) => {
      expect(() => canonicalJson(value)).toThrow(TypeError);
    },
  );
});

function tryCanonical(value: unknown): string | undefined {
  try {
    return canonicalJson(value);
  } catch {
    return undefined;
  }
}
