import { atLeast, atMost, inTurn, median, percentile99 } from './bench.js';
import { playCorpus } from './corpus.js';

describe('figures', () => {
  it('take the middle, and the value that 99 of 100 do not pass', () => {
    const hundred = Array.from({ length: 100 }, (_, number) => 100 - number);
    expect([median([3, 1, 2]), median([4, 1, 2, 3]), percentile99(hundred), percentile99([7])]).toEqual([
      2, 2.5, 99, 7,
    ]);
  });

  it('meet a goal at its very limit and miss it beyond', () => {
    expect([0.4, 0.39].map((ratio) => atLeast('', ratio, 0.4).met)).toEqual([true, false]);
    expect([1.2, 1.21].map((ratio) => atMost('', ratio, 1.2).met)).toEqual([true, false]);
  });

  it('are taken in turn, the first round thrown away', async () => {
    const order: string[] = [];
    const run = (name: string) => async () => order.push(name);
    const runs = await inTurn({ a: run('a'), b: run('b') }, 2, () => undefined);
    expect(order.join('')).toBe('ababab');
    expect([runs.get('a'), runs.get('b')]).toEqual([
      [3, 5],
      [4, 6],
    ]);
  });
});

describe('stories told again', () => {
  it('are the same events of other people, under other ids', async () => {
    const corpus = await playCorpus(40);
    const lines = (number: number) =>
      corpus.telling(number).flatMap(({ stream, events }) => events.map((event) => ({ stream, ...event })));
    const [one, other] = [lines(1), lines(2)];
    expect(one.length).toBe(corpus.size);
    expect(corpus.size).toBeGreaterThan(10);
    expect(one.map(({ type }) => type)).toEqual(other.map(({ type }) => type));
    const shared = (key: 'stream' | 'eventId') =>
      one.filter((line) => other.some((their) => their[key] === line[key])).length;
    expect([shared('stream'), shared('eventId')]).toEqual([0, 0]);
    expect(new Set(one.map(({ eventId }) => eventId)).size).toBe(one.length);
  });
});
