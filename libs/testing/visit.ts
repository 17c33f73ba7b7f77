import type { BoundAggregate } from '#application/command.js';
import { type AnySealedEvent, defineEvent, type EventOf, event, type SealedEventOf } from '#kernel/define-event.js';
import { id, integer, optional, personal, text } from '#kernel/field.js';
import { defineRefusal, type Refusal } from '#kernel/refusal.js';
import type { Sealed } from '#kernel/sealed.js';
import type { ViewDefinition } from '#views/view.js';

/**
 * A small aggregate with its view, for tests of what carries aggregates: the runner, the stores, the vault. Every kind of
 * sealed field is in it: identity, session, and a text that can be struck out alone.
 */
const data = {
  memberId: id(),
  sessionId: id(),
  name: personal(text(), { cell: 'identity', category: 'identity' }),
  problem: personal(text(), { cell: 'session', category: 'support' }),
};
export const VisitOpened = defineEvent({
  type: 'VisitOpened',
  version: 1,
  subject: 'memberId',
  doc: 'A visit began.',
  data,
});
export const VisitNoted = defineEvent({
  type: 'VisitNoted',
  version: 1,
  subject: 'memberId',
  doc: 'Something was noted during a visit.',
  data: {
    memberId: id(),
    sessionId: id(),
    number: integer(1),
    note: optional(personal(text(), { cell: 'session', category: 'support', strikeable: true })),
  },
});
export const visitEvents = [VisitOpened, VisitNoted];
export type VisitEvent = EventOf<(typeof visitEvents)[number]>;
export type SealedVisitEvent = SealedEventOf<(typeof visitEvents)[number]>;

export type VisitCommand =
  | { readonly type: 'OpenVisit'; readonly memberId: string; readonly name: string; readonly problem: string }
  /** `notes` events at once; with `unless`, satisfied when there are that many notes already. */
  | { readonly type: 'Note'; readonly notes: readonly (string | undefined)[]; readonly unless?: number };

export interface VisitState {
  readonly memberId: string | undefined;
  readonly notes: number;
}

export const notOpened = defineRefusal({
  code: 'visit-not-opened',
  kind: 'state',
  title: 'The visit is not opened',
  detail: 'La visite n’est pas ouverte.',
  next: 'Ouvrez-la.',
});
export const openedAlready = defineRefusal({
  code: 'visit-opened-already',
  kind: 'state',
  title: 'The visit is opened already',
  detail: 'La visite est déjà ouverte.',
  next: 'Rien à faire.',
});

function decide(command: VisitCommand, state: VisitState, facts: { readonly sessionId: string }) {
  const { sessionId } = facts;
  if (command.type === 'OpenVisit') {
    const { memberId, name, problem } = command;
    if (state.memberId !== undefined) return openedAlready();
    return [event(VisitOpened, { memberId, sessionId, name, problem })];
  }
  const { memberId } = state;
  if (memberId === undefined) return notOpened();
  if (command.unless !== undefined && state.notes >= command.unless) return [];
  return command.notes.map((note, index) =>
    event(VisitNoted, {
      memberId,
      sessionId,
      number: state.notes + index + 1,
      ...(note === undefined ? {} : { note }),
    }),
  );
}

function evolve(state: VisitState, one: SealedVisitEvent): VisitState {
  return one.type === 'VisitOpened'
    ? { ...state, memberId: one.data.memberId }
    : { ...state, notes: Math.max(state.notes, one.data.number) };
}

export const visit: BoundAggregate<VisitCommand, VisitEvent, SealedVisitEvent, VisitState, { sessionId: string }> = {
  aggregate: {
    category: 'visit',
    events: visitEvents,
    decider: {
      initial: { memberId: undefined, notes: 0 },
      decide: (command, state, facts): readonly VisitEvent[] | Refusal => decide(command, state, facts),
      evolve,
    },
  },
  facts: async ({ id: sessionId }) => ({ sessionId }),
};

/** One document per visit, with its sealed values, and one per member that counts its notes. */
export const visitsView: ViewDefinition = {
  schema: {
    name: 'visits',
    version: 1,
    collections: [
      { name: 'visits', fields: { memberId: 'text', notes: 'number' }, indexes: [['memberId'], ['notes']] },
      { name: 'members', fields: { notes: 'number' }, indexes: [] },
    ],
  },
  streamPrefixes: ['visit-'],
  changes(one: AnySealedEvent) {
    const { memberId, sessionId } = one.data as { memberId: string; sessionId: string };
    if (one.type === 'VisitOpened') {
      const { name, problem } = one.data;
      return [
        { collection: 'visits', id: sessionId, next: () => ({ memberId, name, problem, notes: 0, texts: [] }) },
        { collection: 'members', id: memberId, next: (before) => before ?? { notes: 0 } },
      ];
    }
    const note = one.data.note as Sealed<string> | undefined;
    return [
      {
        collection: 'visits',
        id: sessionId,
        next: (before) =>
          before && {
            ...before,
            notes: Number(before.notes) + 1,
            texts: [...(before.texts as readonly unknown[]), ...(note ? [note] : [])],
          },
      },
      {
        collection: 'members',
        id: memberId,
        next: (before) => ({ notes: Number(before?.notes ?? 0) + 1 }),
      },
    ];
  },
};
