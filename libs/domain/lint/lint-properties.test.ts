import fc from 'fast-check';
import { mod97 } from './iban.js';
import { ibanCountries, ibanPattern } from './iban-structures.js';
import { lint } from './lint.js';
import { lintFields } from './lint-fields.js';
import { passesLuhn } from './payment-card.js';
import { nirKey } from './social-security-number.js';

const digits = (length: number): fc.Arbitrary<string> =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((all) => all.join(''));
const of = (pattern: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      ...[...pattern].map((kind) =>
        fc.constantFrom(...(kind === 'n' ? '0123456789' : kind === 'a' ? 'ABCDEFGHJKLM' : 'ABCXYZ0123456789')),
      ),
    )
    .map((all) => all.join(''));

const iban = fc
  .constantFrom(...ibanCountries)
  .chain((country) => of((ibanPattern(country) ?? '').slice(4)).map((account) => [country, account] as const))
  .map(([country, account]) => {
    const check = String(98 - mod97(`${country}00${account}`)).padStart(2, '0');
    return `${country}${check}${account}`;
  });

const card = fc
  .constantFrom(
    ['4', 16],
    ['4', 13],
    ['4', 19],
    ['51', 16],
    ['55', 16],
    ['2221', 16],
    ['37', 15],
    ['34', 15],
    ['6011', 16],
    ['305', 14],
    ['3528', 16],
    ['62', 16],
  )
  .chain(([prefix, length]) => digits(Number(length) - String(prefix).length - 1).map((middle) => `${prefix}${middle}`))
  .map((head) => head + [...'0123456789'].find((check) => passesLuhn(head + check)));

const two = (min: number, max: number): fc.Arbitrary<string> =>
  fc.integer({ min, max }).map((value) => String(value).padStart(2, '0'));
const three = fc.integer({ min: 1, max: 999 }).map((value) => String(value).padStart(3, '0'));
const nir = fc
  .tuple(
    fc.constantFrom('1', '2'),
    two(0, 99),
    two(1, 12),
    fc.oneof(two(1, 99), fc.constantFrom('2A', '2B')),
    three,
    three,
  )
  .map((parts) => parts.join(''))
  .map((number) => number + String(nirKey(number)).padStart(2, '0'));

const separators = fc.constantFrom('', ' ', '\u00a0', '-', '\u202f');
const spaced = (value: string, size: number, separator: string): string =>
  (value.match(new RegExp(`.{1,${size}}`, 'gu')) ?? []).join(separator);
const before = fc.constantFrom('', 'Vu à l’écran : ', 'le compte (', 'n° ', 'IBAN ', 'puis\n', 'noté « ', 'réf. ');
const after = fc.constantFrom('', '.', ' et fermé.', ') merci', ' »', '\nFin', ', à effacer', ' 12/27');

describe('numbers with a check digit are always found', () => {
  it('every IBAN of every country, however spaced [charter:3.3a]', () => {
    fc.assert(
      fc.property(iban, separators, before, after, fc.boolean(), (value, separator, head, tail, lower) => {
        const written = spaced(lower ? value.toLowerCase() : value, 4, separator);
        const found = lint(head + written + tail).refused;
        expect(found.map((one) => one.kind)).toContain('iban');
        expect(found.some((one) => one.at <= head.length && one.at + one.length >= head.length + written.length)).toBe(
          true,
        );
      }),
      { numRuns: 400 },
    );
  });

  it('every payment card, however spaced [charter:3.3a]', () => {
    fc.assert(
      fc.property(card, separators, before, after, (value, separator, head, tail) => {
        expect(lint(head + spaced(value, 4, separator) + tail).refused.length).toBeGreaterThan(0);
      }),
      { numRuns: 400 },
    );
  });

  it('every social-security number, with key or without [charter:3.3a]', () => {
    fc.assert(
      fc.property(
        nir,
        fc.constantFrom(' ', '', '\u00a0', '.'),
        fc.boolean(),
        before,
        after,
        (value, separator, withKey, head, tail) => {
          const parts = [1, 2, 2, 2, 3, 3, ...(withKey ? [2] : [])];
          let rest = value;
          const written = parts
            .map((size) => {
              const part = rest.slice(0, size);
              rest = rest.slice(size);
              return part;
            })
            .join(separator);
          expect(lint(head + written + tail).refused.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('a wrong check digit is no IBAN [charter:3.3a]', () => {
    fc.assert(
      fc.property(iban, (value) => {
        const wrong = `${value.slice(0, 2)}${String((Number(value.slice(2, 4)) + 1) % 100).padStart(2, '0')}${value.slice(4)}`;
        fc.pre(mod97(wrong) !== 1);
        expect(lint(wrong).refused.filter((one) => one.kind === 'iban')).toEqual([]);
      }),
    );
  });
});

describe('fields of a command', () => {
  it('are refused together, by pointer, kind and place, never echoed [charter:3.3a]', () => {
    const { refusal } = lintFields({
      '/problem': 'compte FR14 2004 1010 0505 0001 3M02 606',
      '/note': 'mot de passe : Soleil2024',
      '/other': undefined,
    });
    expect(refusal).toMatchObject({ code: 'content-lint-blocked', rule: 'charter:3.3a', kind: 'input' });
    expect(refusal?.pointers).toEqual([
      { pointer: '/problem', detail: 'numéro de compte bancaire (IBAN), du caractère 8 au caractère 40' },
      { pointer: '/note', detail: 'mot de passe ou code secret, du caractère 16 au caractère 25' },
    ]);
    expect(JSON.stringify(refusal)).not.toMatch(/Soleil|3M02/);
  });

  it('with nothing but a secret name the rule on passwords [charter:5.1a]', () => {
    expect(lintFields({ '/note': 'mdp: tournesol' }).refusal?.rule).toBe('charter:5.1a');
  });

  it('pass with warnings [charter:3.3a]', () => {
    const { refusal, warnings } = lintFields({ '/note': 'rappeler M. Dupont au 06 12 34 56 78' });
    expect(refusal).toBeUndefined();
    expect(warnings.map(({ pointer, kind, at }) => [pointer, kind, at])).toEqual([
      ['/note', 'third-party', 12],
      ['/note', 'phone', 22],
    ]);
  });
});
