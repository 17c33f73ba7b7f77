import type { Decider } from '#kernel/decider.js';
import { event } from '#kernel/define-event.js';
import { isRuleId } from '../charter/rules.js';
import type { BaseFacts } from '../shared/facts.js';
import { CommandRefused, type RefusalEvent, refusalEvents, type SealedRefusalEvent } from './events.js';

/** Given by the shell for every refusal that names a rule, after the refusal itself. */
export interface NoteRefusal {
  readonly type: 'NoteRefusal';
  readonly rule: string;
  readonly code: string;
  readonly category: string;
}

/** How often each refusal was noted on one day, by person, rule, code and category. */
export type RefusalState = Readonly<Record<string, number>>;

/** A person or a program that tries the same again and again fills no disk: beyond this a day, none is noted any more. */
export const MOST_NOTED = 50;

const keyOf = (actor: string, { rule, code, category }: Omit<NoteRefusal, 'type'>): string =>
  [actor, rule, code, category].join(' ');

const decider: Decider<NoteRefusal, RefusalEvent, SealedRefusalEvent, RefusalState, BaseFacts> = {
  initial: {},
  decide({ rule, code, category }, state, { actor, now }) {
    if (!isRuleId(rule)) return [];
    if ((state[keyOf(actor.staffId, { rule, code, category })] ?? 0) >= MOST_NOTED) return [];
    return [event(CommandRefused, { rule, code, category, refusedAt: now })];
  },
  evolve(state, { data, meta }) {
    const key = keyOf(meta.actor, data);
    return { ...state, [key]: (state[key] ?? 0) + 1 };
  },
};

/** Streams `refusal-<day>`: what was refused in time, by rule; one stream for each day in Paris. */
export const refusal = { category: 'refusal', decider, events: refusalEvents };
