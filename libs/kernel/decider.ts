import type { AnyEvent, AnySealedEvent } from './define-event.js';
import type { Refusal } from './refusal.js';

/**
 * The pure heart of an aggregate.
 *
 * `decide` sees the command (readable), the state and the facts read elsewhere (time, charter in force, calendar), and
 * answers the events to append, none when the command is satisfied already, or a refusal. It never throws for bad input.
 * `evolve` is total: it folds any event of the aggregate, personal fields still sealed, and never refuses one.
 */
export interface Decider<C extends { readonly type: string }, E extends AnyEvent, SE extends AnySealedEvent, S, F> {
  readonly initial: S;
  readonly decide: (command: C, state: S, facts: F) => readonly E[] | Refusal;
  readonly evolve: (state: S, event: SE) => S;
}

/** Closes a switch over a union: the compiler refuses a forgotten case, and an unknown one fails loudly. */
export function never(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify((value as { type?: unknown })?.type ?? typeof value)}`);
}
