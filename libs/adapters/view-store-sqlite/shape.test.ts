import fc from 'fast-check';
import { compareText } from '#ports/view-store/order.js';
import { columnText } from './shape.js';

describe('text in a column', () => {
  const text = fc.string({ unit: fc.constantFrom('\0', '\u0001', '\u0002', 'a', '\u{1f980}') });

  it('holds no NUL and keeps the order of the texts it stands for', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(columnText(a)).not.toContain('\0');
        expect(Math.sign(compareText(columnText(a), columnText(b)))).toBe(Math.sign(compareText(a, b)));
      }),
    );
  });
});
