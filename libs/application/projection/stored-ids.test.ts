import { storedIds } from './stored-ids.js';

describe('ids remembered in a few bits', () => {
  const id = (n: number) => `session-${((n * 2_654_435_761) >>> 0).toString(36)}.1|3.1a`;

  it('are all known again, and hardly another one is taken for one of them', () => {
    const known = storedIds(2 ** 18);
    for (let n = 0; n < 20_000; n += 1) known.add('journal/sessions', id(n));
    const some = Array.from({ length: 20_000 }, (_, n) => n);
    expect(some.filter((n) => !known.mayHave('journal/sessions', id(n)))).toEqual([]);
    const mistaken = some.filter(
      (n) => known.mayHave('journal/sessions', id(n + 1_000_000)) || known.mayHave('journal/others', id(n)),
    );
    expect(mistaken.length).toBeLessThan(some.length * 0.04);
  });

  it('are still known when there are far too many of them', () => {
    const known = storedIds(2 ** 10);
    for (let n = 0; n < 5000; n += 1) known.add('a', id(n));
    expect(Array.from({ length: 5000 }, (_, n) => n).filter((n) => !known.mayHave('a', id(n)))).toEqual([]);
  });
});
