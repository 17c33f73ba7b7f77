/**
 * Is there an order of these calls, each taking effect at one moment between its sending and its answer, in which every
 * answer is right? The search of Wing and Gong (« Testing and Verifying Concurrent Objects », 1993) with what Lowe added
 * (« Testing for linearizability », 2017): a set of calls that led to the same state once is not tried again.
 */

export interface Call<I, O> {
  readonly input: I;
  /** Undefined: nobody knows what became of it. It took effect at any moment after `sentAt`, or never. */
  readonly output: O | undefined;
  /** By one clock for all calls of a history; any unit. */
  readonly sentAt: number;
  /** Without meaning where there is no output. */
  readonly answeredAt: number;
}

export interface Model<S, I, O> {
  readonly initial: S;
  /**
   * The state after the call, or undefined when that answer cannot be given in this state. Without an answer: what the call
   * does here, undefined when nothing.
   */
  step(state: S, input: I, output: O | undefined): S | undefined;
  /** The same for equal states only. */
  keyOf(state: S): string;
}

export type Verdict =
  | { readonly verdict: 'linearizable' }
  /** No order fits. `stuck`: the call with the earliest answer that could not be placed behind the longest order found. */
  | { readonly verdict: 'not-linearizable'; readonly stuck: number; readonly placed: number }
  /** Given up after so many steps: nothing is known. */
  | { readonly verdict: 'undecided'; readonly steps: number };

/**
 * @param mostSteps how long to search. Histories of a log whose writes name their revision need few more steps than calls
 */
export function linearizable<S, I, O>(
  model: Model<S, I, O>,
  calls: readonly Call<I, O>[],
  mostSteps = 200_000,
): Verdict {
  const end = (call: Call<I, O>) => (call.output === undefined ? Number.POSITIVE_INFINITY : call.answeredAt);
  const order = calls.map((_, index) => index).sort((one, other) => at(calls, one).sentAt - at(calls, other).sentAt);
  const placed = new Set<number>();
  const tried = new Set<string>();
  const path: { readonly call: number; readonly state: S; readonly rest: number[] }[] = [];
  let best = { placed: -1, stuck: -1 };
  let steps = 0;
  let state = model.initial;

  /** Calls that may come next: sent before the earliest answer among those not yet placed. */
  const candidates = (): number[] => {
    let earliest = Number.POSITIVE_INFINITY;
    let stuck = -1;
    for (const index of order) {
      if (placed.has(index)) continue;
      const call = at(calls, index);
      if (call.sentAt > earliest) break;
      if (end(call) < earliest) [earliest, stuck] = [end(call), index];
    }
    if (placed.size > best.placed) best = { placed: placed.size, stuck };
    return order.filter((index) => !placed.has(index) && at(calls, index).sentAt <= earliest);
  };
  const isThrough = () => calls.every((call, index) => call.output === undefined || placed.has(index));

  let open = candidates();
  for (;;) {
    if (isThrough()) return { verdict: 'linearizable' };
    const call = open.shift();
    if (call === undefined) {
      const back = path.pop();
      if (back === undefined) return { verdict: 'not-linearizable', ...best };
      placed.delete(back.call);
      state = back.state;
      open = back.rest;
      continue;
    }
    steps += 1;
    if (steps > mostSteps) return { verdict: 'undecided', steps };
    const { input, output } = at(calls, call);
    const next = model.step(state, input, output);
    if (next === undefined) continue;
    placed.add(call);
    const key = `${[...placed].sort((one, other) => one - other).join()}|${model.keyOf(next)}`;
    if (tried.has(key)) {
      placed.delete(call);
      continue;
    }
    tried.add(key);
    path.push({ call, state, rest: open });
    state = next;
    open = candidates();
  }
}

function at<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new RangeError('no call of that number');
  return found;
}
