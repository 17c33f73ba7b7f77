import type { Decider } from '#kernel/decider.js';
import type { AnyEvent, AnySealedEvent, EventDefinition } from '#kernel/define-event.js';
import { isRefusal, type Refusal } from '#kernel/refusal.js';
import type { Instant } from '#kernel/time.js';
import { declarationOf, deepFreeze, metaOf, sealedEvent } from './sealed-event.js';

/** The part of an aggregate that a specification needs: its decider and its declared events. */
export interface Specified<C extends { readonly type: string }, E extends AnyEvent, SE extends AnySealedEvent, S, F> {
  readonly category?: string;
  readonly decider: Decider<C, E, SE, S, F>;
  readonly events: readonly EventDefinition[];
}

/** What a command is expected to answer: these events (none: satisfied already), or a refusal, by value or by its definition. */
export type Expected<E> = readonly E[] | Refusal | { readonly code: string; readonly rule?: string | undefined };

/** A past event with the time it was recorded, when a rule depends on it. */
export interface RecordedEvent<E> {
  readonly event: E;
  readonly recordedAt: Instant;
}
export const recorded = <E>(recordedAt: string, event: E): RecordedEvent<E> => ({
  event,
  recordedAt: recordedAt as Instant,
});

/**
 * Given past events, when a command is decided, then events or a refusal:
 * `given(session, event(ConsentGiven, …)).when({ type: 'StartSession', … }, facts).then([event(SessionStarted, …)])`.
 *
 * Past events must meet their declarations, their personal fields are sealed opaquely before `evolve` sees them, and
 * everything is frozen: a decider that peeks at personal data or changes its input fails. Events decided must meet their
 * declarations too.
 */
export function given<C extends { readonly type: string }, E extends AnyEvent, SE extends AnySealedEvent, S, F>(
  aggregate: Specified<C, E, SE, S, F>,
  ...past: readonly (NoInfer<E> | RecordedEvent<NoInfer<E>>)[]
) {
  const { decider, events } = aggregate;
  const stream = `${aggregate.category ?? 'stream'}-1`;
  const fold = (state: S, event: AnyEvent, revision: number, recordedAt?: Instant): S => {
    const meta = metaOf(stream, revision, recordedAt === undefined ? {} : { recordedAt });
    // The declaration has just been checked, so the sealed event is one of the aggregate's.
    const sealed = sealedEvent(declarationOf(events, event), event, meta) as unknown as SE;
    return deepFreeze(decider.evolve(state, sealed));
  };
  let state = deepFreeze(decider.initial);
  for (const [revision, one] of past.entries()) {
    state = 'event' in one ? fold(state, one.event, revision, one.recordedAt) : fold(state, one, revision);
  }
  const when = (command: C, facts: F) => {
    const answer = decider.decide(deepFreeze(structuredClone(command)), state, facts);
    if (!isRefusal(answer)) for (const one of answer) fold(state, one, past.length);
    return {
      /** What `decide` answered, for assertions of one's own. */
      answer,
      /** The state after the events decided; the state before when it was refused. */
      get after(): S {
        return isRefusal(answer)
          ? state
          : answer.reduce((folded, one, index) => fold(folded, one, past.length + index), state);
      },
      // biome-ignore lint/suspicious/noThenProperty: given/when/then is the idiom; nothing here is ever awaited
      then(expected: Expected<E>): void {
        if (Array.isArray(expected)) expect(answer).toEqual(expected);
        else if (isRefusal(expected)) expect(answer).toEqual(expected);
        else expectRefusal(answer, expected as { code: string; rule?: string });
      },
    };
  };
  return { state, when };
}

function expectRefusal(answer: unknown, expected: { readonly code: string; readonly rule?: string | undefined }): void {
  const wanted = {
    refused: true,
    code: expected.code,
    ...(expected.rule === undefined ? {} : { rule: expected.rule }),
  };
  expect(answer).toMatchObject(wanted);
}
