import fc from 'fast-check';
import { numberOf, numberPattern } from './french-numbers.js';
import { keyOf } from './lines.js';
import { clockRanges, clockText, openingDaysIn } from './opening-hours.js';
import { daysIn, durationsIn, monthsIn } from './quantities.js';

const values = (readings: readonly { readonly value: number }[]): readonly number[] =>
  readings.map(({ value }) => value);

describe('lengths of time in French', () => {
  it.each([
    ['limitées à 1 heure par session', [60]],
    ['une heure', [60]],
    ['90 minutes', [90]],
    ['quatre-vingt-dix minutes', [90]],
    ['1 h 30 au plus', [90]],
    ['1h30', [90]],
    ['une heure et demie', [90]],
    ['une heure et 30 minutes', [90]],
    ['une heure trente', [90]],
    ['1,5 heure', [90]],
    ['trois quarts d’heure', [45]],
    ['une demi-heure', [30]],
    ['2 heures', [120]],
    ['soixante (60) minutes', [60]],
    ['soixante (45) minutes', [60, 45]],
    ['de 9 h à 17 h', []],
    ['9h-17h, pendant 1 heure', [60]],
    ['de 1 heure à 2 heures', [60, 120]],
    ['une heure par session, de 8 h 30 à 12 h', [60]],
  ])('« %s » [charter:7.2a]', (text, expected) => {
    expect(values(durationsIn(keyOf(text)))).toEqual(expected);
  });

  it.each([
    ['dans les 8 jours', [8]],
    ['huit jours', [8]],
    ['quinze (15) jours', [15]],
    ['deux semaines', [14]],
    ['8 jours ouvrés', [8]],
    ['un mois', []],
  ])('« %s » in days [charter:9.1]', (text, expected) => {
    expect(values(daysIn(keyOf(text)))).toEqual(expected);
  });

  it.each([
    ['1 an', [12]],
    ['un an', [12]],
    ['une année', [12]],
    ['douze mois', [12]],
    ['12 mois', [12]],
    ['deux (2) ans', [24]],
    ['un an et demi', [18]],
    ['365 jours', [12]],
    ['30 jours', []],
  ])('« %s » in months [charter:8.1f] [charter:9.3]', (text, expected) => {
    expect(values(monthsIn(keyOf(text)))).toEqual(expected);
  });

  it('reads every number it can spell [charter:9.1]', () => {
    const pattern = new RegExp(`^${numberPattern}$`);
    for (const [words, value] of [
      ['soixante et onze', 71],
      ['quatre-vingt-un', 81],
      ['quatre vingt dix neuf', 99],
      ['cent vingt', 120],
      ['vingt-et-un', 21],
    ] as const) {
      expect(words).toMatch(pattern);
      expect(numberOf(words)).toBe(value);
    }
    for (const digits of ['0', '7', '8', '365', '1000']) expect(digits).toMatch(pattern);
    for (const words of ['beaucoup', 'trente-quinze', 'zero']) expect(numberOf(words)).toBeNaN();
  });
});

describe('opening hours in French', () => {
  it.each([
    ['lundi au vendredi de 9h à 17h', '09:00', '17:00'],
    ['lundi-vendredi, 9h-17h', '09:00', '17:00'],
    ['de 8 h 30 à 12 heures', '08:30', '12:00'],
    ['9:00 – 17:30', '09:00', '17:30'],
    ['9h00/', undefined, undefined],
    ['entre neuf heures et dix-sept heures', '09:00', '17:00'],
    ['de 9 heures à midi', '09:00', '12:00'],
    ['9-17 h', '09:00', '17:00'],
    ['de 17 h à 9 h', undefined, undefined],
  ])('« %s » [charter:7.2b]', (text, opens, closes) => {
    const [range] = clockRanges(keyOf(text));
    expect(range && clockText(range.opens)).toBe(opens);
    expect(range && clockText(range.closes)).toBe(closes);
  });

  it.each([
    ['du lundi au vendredi', [1, 2, 3, 4, 5]],
    ['lundi-vendredi', [1, 2, 3, 4, 5]],
    ['les lundis, mardis et jeudis', [1, 2, 4]],
    ['du lundi au samedi, sauf le mercredi', [1, 2, 4, 5, 6]],
    ['les jours ouvrés', [1, 2, 3, 4, 5]],
    ['les jours ouvrables', [1, 2, 3, 4, 5, 6]],
    ['tous les jours', [1, 2, 3, 4, 5, 6, 7]],
    ['du vendredi au lundi', [1, 5, 6, 7]],
    ['quand on veut', undefined],
  ])('« %s » [charter:7.2b]', (text, days) => {
    expect(openingDaysIn(keyOf(text))?.value).toEqual(days);
  });

  it('any pair of hours of the day, however written, is read back [charter:7.2b]', () => {
    const hour = fc.tuple(fc.integer({ min: 5, max: 23 }), fc.constantFrom(0, 15, 30, 45));
    const spellings = [
      (h: number, m: number) => (m === 0 ? `${h}h` : `${h}h${m}`),
      (h: number, m: number) => (m === 0 ? `${h} heures` : `${h} heures ${m}`),
      (h: number, m: number) => `${h} h ${String(m).padStart(2, '0')}`,
      (h: number, m: number) => `${h}:${String(m).padStart(2, '0')}`,
    ];
    fc.assert(
      fc.property(
        hour,
        hour,
        fc.constantFrom(...spellings),
        fc.constantFrom(' à ', '-', ' – '),
        (from, to, spell, joint) => {
          fc.pre(from[0] < to[0]);
          const [range] = clockRanges(keyOf(`ouvert de ${spell(...from)}${joint}${spell(...to)}.`));
          expect([range?.opens, range?.closes]).toEqual([from[0] * 60 + from[1], to[0] * 60 + to[1]]);
        },
      ),
    );
  });
});
