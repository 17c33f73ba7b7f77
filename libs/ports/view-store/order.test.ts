import fc from 'fast-check';
import { compareText } from './order.js';

describe('the order of text', () => {
  it('is the order of its UTF-8 bytes, as engines compare it', () => {
    const text = fc.string({
      unit: fc.oneof(
        fc.constantFrom('\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{1f980}', 'a'),
        fc.string({ unit: 'binary', maxLength: 1 }),
      ),
    });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareText(a, b))).toBe(Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))));
      }),
    );
  });
});
