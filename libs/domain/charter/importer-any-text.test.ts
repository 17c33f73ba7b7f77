import fc from 'fast-check';
import { timesTheWork } from '#testing/times-the-work.js';
import { parseCharter } from './parse-charter.js';
import { proposeParameters } from './proposal.js';

const idsOf = (text: string): readonly string[] => proposeParameters(parseCharter(text)).problems.map(({ id }) => id);

describe('any text', () => {
  it('is read without failing, and what is no charter lacks everything [charter:10.2]', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
        expect(idsOf(text).length).toBeGreaterThan(20);
      }),
    );
  });

  it('is read in a time that grows with its length only [charter:10.2]', () => {
    const units = ['Article 1.1 ', '1. A\n', '• ☐ 8 jours\n', 'vingt et un ', '9h-', 'lundi-', 'Avant :\n• x\n'];
    const reading = (length: number) => () => {
      for (const unit of units) idsOf(`Article 7.2 – Durée\n${unit.repeat(Math.ceil(length / unit.length))}`);
    };
    // Eight times the text: about eight times the work, not sixty-four.
    expect(timesTheWork(reading(40_000), reading(5_000))).toBeLessThan(32);
  });
});
