import type { EventOf, SealedEventOf } from '#kernel/define-event.js';
import { defineEvent, event } from '#kernel/define-event.js';
import { id, optional, personal, text } from '#kernel/field.js';
import { defineRefusal, type Refusal } from '#kernel/refusal.js';
import type { Instant } from '#kernel/time.js';
import { given, recorded } from './given.js';

const Named = defineEvent({
  type: 'Named',
  version: 1,
  subject: 'memberId',
  doc: 'A member was named.',
  data: { memberId: id(), name: personal(text(), { cell: 'identity', category: 'identity' }), nick: optional(text()) },
});
type NamedEvent = EventOf<typeof Named>;
type SealedNamed = SealedEventOf<typeof Named>;
interface State {
  readonly seen: readonly string[];
  readonly at: readonly Instant[];
}
interface Name {
  readonly type: 'Name';
  readonly name: string;
}
const named = defineRefusal({
  code: 'named-already',
  kind: 'state',
  rule: 'charter:P.1',
  title: 'Named already',
  detail: 'Déjà nommé.',
  next: 'Rien à faire.',
});
const aggregate = (peek: boolean) => ({
  category: 'member',
  events: [Named],
  decider: {
    initial: { seen: [], at: [] },
    decide: (command: Name, state: State, facts: { readonly memberId: string }): readonly NamedEvent[] | Refusal =>
      state.seen.length > 0 ? named() : [event(Named, { memberId: facts.memberId, name: command.name })],
    evolve: (state: State, one: SealedNamed): State => ({
      seen: [...state.seen, peek ? String(one.data.name).toUpperCase() : one.data.memberId],
      at: [...state.at, one.meta.recordedAt],
    }),
  },
});
const ada = event(Named, { memberId: 'm1', name: 'Ada' });
const command: Name = { type: 'Name', name: 'Ada' };

describe('given, when, then', () => {
  it('compares the events decided', () => {
    given(aggregate(false)).when(command, { memberId: 'm1' }).then([ada]);
    expect(() => given(aggregate(false)).when(command, { memberId: 'm2' }).then([ada])).toThrow();
  });

  it('compares a refusal by value or by its definition', () => {
    given(aggregate(false), ada).when(command, { memberId: 'm1' }).then(named());
    given(aggregate(false), ada).when(command, { memberId: 'm1' }).then(named);
    expect(() => given(aggregate(false)).when(command, { memberId: 'm1' }).then(named)).toThrow();
    expect(() => given(aggregate(false), ada).when(command, { memberId: 'm1' }).then([])).toThrow();
  });

  it('shows no personal value to evolve', () => {
    const { state } = given(aggregate(true), ada);
    expect(JSON.stringify(state)).not.toContain('ADA');
    expect(JSON.stringify(state)).toContain('[OBJECT OBJECT]');
  });

  it('gives each event its time of recording', () => {
    const at = '2026-06-02T07:30:00.000Z';
    expect(given(aggregate(false), recorded(at, ada)).state.at).toEqual([at]);
  });

  it('folds what was decided into the state after', () => {
    expect(given(aggregate(false)).when(command, { memberId: 'm1' }).after.seen).toEqual(['m1']);
  });

  it('refuses a decider whose events break their declaration', () => {
    expect(() => given(aggregate(false)).when({ type: 'Name', name: '' }, { memberId: 'm1' })).toThrow(/declaration/);
  });
});
