import type { Decider } from '#kernel/decider.js';
import type { AnyEvent, AnySealedEvent, EventDefinition } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import type { BoundAggregate, FactsInput } from './command.js';

/** An aggregate whose types the runner need not know: made by {@link bind}, the only place where they are forgotten. */
export interface Binding {
  readonly category: string;
  readonly events: readonly EventDefinition[];
  /** Identity of the fold: two readers of one stream share its folded state only when it is the same. */
  readonly fold: object;
  readonly initial: unknown;
  readonly evolve: (state: unknown, event: AnySealedEvent) => unknown;
  readonly facts: (input: FactsInput<unknown, unknown>) => Promise<unknown>;
  readonly decide: (command: unknown, state: unknown, facts: unknown) => readonly AnyEvent[] | Refusal;
}

/**
 * Hides an aggregate's own types so that many fit one list: `bindings: [bind(session), bind(member)]`.
 * Sound because the runner gives back only what came out of the same binding, events decoded against `events`, and
 * commands that the shell validated for the category.
 */
export function bind<C extends { readonly type: string }, E extends AnyEvent, SE extends AnySealedEvent, S, F>(
  bound: BoundAggregate<C, E, SE, S, F>,
): Binding {
  const { category, decider, events } = bound.aggregate;
  const known: Decider<C, E, SE, S, F> = decider;
  return {
    category,
    events,
    fold: known,
    initial: known.initial,
    evolve: (state, event) => known.evolve(state as S, event as unknown as SE),
    facts: (input) => bound.facts(input as FactsInput<C, S>),
    decide: (command, state, facts) => known.decide(command as C, state as S, facts as F),
  };
}
