import fc from 'fast-check';
import { linearizable } from './linearizable.js';
import { type StreamCall, type StreamInput, type StreamOutput, streamModel } from './stream-model.js';

/** One call: from, to, what, answer. An answer of undefined never came. */
const call = (sentAt: number, answeredAt: number, input: StreamInput, output?: StreamOutput): StreamCall => ({
  ...{ sentAt, answeredAt, input, output },
});
const write = (id: string, expected?: number): StreamInput => ({ kind: 'write', ids: [id], expected });
const read = { kind: 'read' } as const;
const seen = (...ids: readonly string[]): StreamOutput => ({ kind: 'read', ids });
const stored = (revision: number): StreamOutput => ({ kind: 'stored', revision });
const moved = (actual?: number): StreamOutput => ({ kind: 'moved', ...(actual === undefined ? {} : { actual }) });
const nothing: StreamOutput = { kind: 'nothing' };
const verdictOf = (...calls: readonly StreamCall[]) => linearizable(streamModel, calls).verdict;

describe('a history that is linearizable', () => {
  it.each<[string, readonly StreamCall[]]>([
    ['nothing at all', []],
    ['one after the other', [call(0, 1, write('a'), stored(0)), call(2, 3, read, seen('a'))]],
    ['a read beside a write sees it', [call(0, 9, write('a'), stored(0)), call(1, 2, read, seen('a'))]],
    ['a read beside a write does not see it', [call(0, 9, write('a'), stored(0)), call(1, 2, read, seen())]],
    [
      'two writes beside each other, in the order that was not sent',
      [call(0, 9, write('a'), stored(1)), call(1, 8, write('b'), stored(0)), call(10, 11, read, seen('b', 'a'))],
    ],
    ['the answer did not come, and it was stored', [call(0, 0, write('a', -1)), call(5, 6, read, seen('a'))]],
    ['the answer did not come, and it was not stored', [call(0, 0, write('a', -1)), call(5, 6, read, seen())]],
    [
      'the answer did not come, and it was stored much later',
      [call(0, 0, write('a')), call(5, 6, read, seen()), call(7, 8, read, seen('a'))],
    ],
    [
      'a write sent again answers as the first time, whatever came in between',
      [call(0, 1, write('a'), stored(0)), call(2, 3, write('b'), stored(1)), call(4, 5, write('a'), stored(0))],
    ],
    [
      'one of two under the same revision is told that the stream moved',
      [call(0, 9, write('a', -1), stored(0)), call(1, 8, write('b', -1), moved(0)), call(10, 11, read, seen('a'))],
    ],
    ['a refusal leaves nothing', [call(0, 1, write('a'), nothing), call(2, 3, read, seen())]],
  ])('%s', (_what, calls) => expect(verdictOf(...calls)).toBe('linearizable'));
});

describe('a history that is not', () => {
  it.each<[string, readonly StreamCall[]]>([
    ['an acknowledged write that is lost', [call(0, 1, write('a'), stored(0)), call(2, 3, read, seen())]],
    ['a write stored twice', [call(0, 1, write('a'), stored(0)), call(2, 3, read, seen('a', 'a'))]],
    ['two writes at one revision', [call(0, 9, write('a', -1), stored(0)), call(1, 8, write('b', -1), stored(0))]],
    [
      'a stale read: what one has seen, the next no longer does',
      [call(0, 0, write('a')), call(1, 2, read, seen('a')), call(3, 4, read, seen())],
    ],
    ['a later write before an earlier one', [call(0, 1, write('a'), stored(1)), call(2, 3, write('b'), stored(0))]],
    [
      'another order for each reader',
      [...[call(0, 9, write('a'), stored(0)), call(0, 9, write('b'), stored(1))], call(10, 11, read, seen('b', 'a'))],
    ],
    ['what was refused is there', [call(0, 1, write('a'), nothing), call(2, 3, read, seen('a'))]],
    ['half of a write', [call(0, 0, { kind: 'write', ids: ['a', 'b'] }), call(2, 3, read, seen('a'))]],
    ['a conflict where there was none', [call(0, 1, write('a'), stored(0)), call(2, 3, write('b', 0), moved())]],
    [
      'a conflict that says another revision than the stream’s',
      [call(0, 1, write('a'), stored(0)), call(2, 3, write('b', -1), moved(4))],
    ],
    [
      'a write sent again that is given another revision',
      [call(0, 1, write('a'), stored(0)), call(2, 3, write('a'), stored(1))],
    ],
    [
      'an unanswered write under a revision that the stream had left before',
      [call(0, 1, write('a', -1), stored(0)), call(2, 2, write('b', -1)), call(5, 6, read, seen('a', 'b'))],
    ],
    ['something that nobody wrote', [call(0, 1, read, seen('x'))]],
  ])('%s', (_what, calls) => expect(verdictOf(...calls)).toBe('not-linearizable'));

  it('says which call could not be placed', () => {
    const calls = [call(0, 1, write('a'), stored(0)), call(2, 3, read, seen())];
    expect(linearizable(streamModel, calls)).toEqual({ verdict: 'not-linearizable', stuck: 1, placed: 1 });
  });

  it('is given up, and said so, when the search takes too long', () => {
    const many = Array.from({ length: 12 }, (_, at) => call(0, 0, write(`w${at}`)));
    const calls = [...many, call(1, 2, read, seen('w0', 'w1', 'w2', 'x'))];
    expect(linearizable(streamModel, calls, 2000).verdict).toBe('undecided');
  });
});

describe('histories of a log that is one, with clients at the same time', () => {
  /** Calls of several clients whose moments of effect are chosen first, and their beginnings and ends around them. */
  const history = fc.array(
    fc.record({ before: fc.integer({ min: 0, max: 30 }), after: fc.integer({ min: 0, max: 30 }), what: fc.nat(4) }),
    {
      maxLength: 40,
    },
  );
  const played = (plan: readonly { before: number; after: number; what: number }[]): StreamCall[] => {
    const log: string[] = [];
    return plan.map(({ before, after, what }, index) => {
      const [sentAt, answeredAt] = [index * 10 - before, index * 10 + after];
      const own = (input: StreamInput, output?: StreamOutput) => call(sentAt, answeredAt, input, output);
      if (what === 0) return own(read, seen(...log));
      const expected = what === 1 ? log.length - 1 : undefined;
      if (what === 2) return own(write(`w${index}`, log.length + 5), moved(log.length - 1));
      log.push(`w${index}`);
      return own(write(`w${index}`, expected), what === 3 ? undefined : stored(log.length - 1));
    });
  };

  it('are all found to be so', () =>
    fc.assert(fc.property(history, (plan) => verdictOf(...played(plan)) === 'linearizable')));

  it('are found out when one acknowledged write is taken away from every read', () =>
    fc.assert(
      fc.property(history, (plan) => {
        const calls = played(plan);
        const lost = calls.find(({ output }) => output?.kind === 'stored');
        if (lost?.input.kind !== 'write') return true;
        const [id] = lost.input.ids;
        const whole = calls.flatMap(({ input, output }) =>
          input.kind === 'write' && output?.kind !== 'moved' ? input.ids : [],
        );
        const end = call(10_000, 10_001, read, seen(...whole.filter((one) => one !== id)));
        return verdictOf(...calls, end) === 'not-linearizable';
      }),
    ));
});
