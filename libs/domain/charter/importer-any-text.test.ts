import fc from 'fast-check';
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
    const cost = (length: number): number => {
      const before = process.cpuUsage();
      for (const unit of units) idsOf(`Article 7.2 – Durée\n${unit.repeat(Math.ceil(length / unit.length))}`);
      return process.cpuUsage(before).user;
    };
    // the least of some tries: what else the process does, collecting garbage above all, only ever adds
    const least = (length: number): number => Math.min(...Array.from({ length: 5 }, () => cost(length)));
    cost(2_000);
    // Eight times the text: about eight times the work, not sixty-four.
    expect(least(40_000) / least(5_000)).toBeLessThan(32);
  });
});
