import { hash } from 'node:crypto';
import type { Call, Model } from './linearizable.js';

/** What is asked of one stream. A history is checked stream by stream: one that fits each fits together (Herlihy and Wing, 1990). */
export type StreamInput =
  /** Ids of what is written, in order, all or none; the same ids again are the same write. */
  | { readonly kind: 'write'; readonly ids: readonly string[]; readonly expected?: number | undefined }
  | { readonly kind: 'read' };

export type StreamOutput =
  /** The revision of its last event. */
  | { readonly kind: 'stored'; readonly revision: number }
  /** The stream was not where the write expected it; where it was, when that was said. */
  | { readonly kind: 'moved'; readonly actual?: number }
  /** Refused, or failed for certain: it never takes effect. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'read'; readonly ids: readonly string[] };

export type StreamCall = Call<StreamInput, StreamOutput>;

/** The log so far, as a chain: its last id and what was before. Revision −1 and no id: empty. */
export interface LogState {
  readonly revision: number;
  readonly id: string;
  readonly before: LogState | undefined;
  readonly digest: string;
}

const EMPTY: LogState = { revision: -1, id: '', before: undefined, digest: '' };

export const streamModel: Model<LogState, StreamInput, StreamOutput> = {
  initial: EMPTY,
  keyOf: ({ digest }) => digest,
  step(state, input, output) {
    if (input.kind === 'read') {
      if (output === undefined) return undefined;
      return output.kind === 'read' && chained(EMPTY, output.ids).digest === state.digest ? state : undefined;
    }
    if (output?.kind === 'nothing') return state;
    const isExpected = input.expected === undefined || input.expected === state.revision;
    if (output?.kind === 'moved') {
      if (isExpected) return undefined;
      return output.actual === undefined || output.actual === state.revision ? state : undefined;
    }
    if (output?.kind === 'read') return undefined;
    const known = revisionOf(state, input.ids.at(-1));
    if (known !== undefined) return output?.revision === known ? state : undefined;
    if (!isExpected) return undefined;
    const next = chained(state, input.ids);
    return output === undefined || output.revision === next.revision ? next : undefined;
  },
};

function chained(from: LogState, ids: readonly string[]): LogState {
  let state = from;
  for (const id of ids)
    state = { revision: state.revision + 1, id, before: state, digest: hash('sha1', `${state.digest}\n${id}`) };
  return state;
}

function revisionOf(state: LogState, id: string | undefined): number | undefined {
  for (let one: LogState | undefined = state; one !== undefined; one = one.before)
    if (one.id === id && one.revision >= 0) return one.revision;
  return undefined;
}
