/** A source that can also be told to look up while it is silent. */
export interface Nudged<T> extends AsyncIterable<T | 'silence'> {
  /** Gives one `silence` once the source has said nothing for a while. */
  readonly nudge: () => void;
}

/**
 * What a source gives, as it is asked for; and, when nudged, `silence` between two of its values. The source is asked for one
 * value at a time, never for a second one beside it.
 */
export function nudged<T>(source: AsyncIterable<T>, silence: number): Nudged<T> {
  let asked = false;
  let lastAt = 0;
  let wake = () => {};
  const nudge = () => {
    asked = true;
    wake();
  };

  async function* values(): AsyncGenerator<T | 'silence'> {
    const iterator = source[Symbol.asyncIterator]();
    let outcome: { readonly result: IteratorResult<T> } | { readonly error: unknown } | undefined;
    const ask = () => {
      outcome = undefined;
      iterator.next().then(
        (result) => {
          outcome = { result };
          wake();
        },
        (error: unknown) => {
          outcome = { error };
          wake();
        },
      );
    };
    try {
      ask();
      for (;;) {
        if (!outcome) await pause(asked ? Math.max(0, lastAt + silence - performance.now()) : undefined);
        if (outcome) {
          const got: NonNullable<typeof outcome> = outcome;
          if ('error' in got) throw got.error;
          if (got.result.done) return;
          lastAt = performance.now();
          yield got.result.value;
          ask();
        } else if (asked && performance.now() >= lastAt + silence) {
          asked = false;
          yield 'silence';
        }
      }
    } finally {
      await iterator.return?.();
    }
  }

  /** Until something wakes it, or so many milliseconds. */
  function pause(atMost: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const clock = atMost === undefined ? undefined : setTimeout(() => wake(), atMost);
      wake = () => {
        wake = () => {};
        clearTimeout(clock);
        resolve();
      };
    });
  }

  return { nudge, [Symbol.asyncIterator]: values };
}
