import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import { holdOn } from '../custody/state.js';
import { hasAnyRole } from '../shared/facts.js';
import { reportOf, textCellIn } from '../shared/strike-out.js';
import {
  strikeOutDecidedAlready,
  strikeOutHeld,
  strikeOutNeedsDirector,
  strikeOutTargetUnknown,
  strikeOutUnknown,
} from '../shared/strike-out-refusals.js';
import type { StrikeOutCommand } from './commands-strike-out.js';
import { type SessionEvent, sessionEvents } from './events.js';
import { StrikeOutDecided, StrikeOutRequested } from './events-strike-out.js';
import type { SessionFacts } from './facts.js';
import type { SessionState } from './state.js';
import type { Who } from './who.js';

type Of<T extends StrikeOutCommand['type']> = Extract<StrikeOutCommand, { readonly type: T }>;
type Answer = readonly SessionEvent[] | Refusal;

/**
 * The cell of one free text of a session's event.
 * @returns undefined when the session has no such event, or the field is no text with a cell of its own
 */
export const textCell = (state: SessionState, who: Who, eventId: string, field: string): string | undefined =>
  textCellIn(sessionEvents, state.eventTypes, { ...who }, eventId, field);

/** Anybody of the team may report a text; reported twice it is one report (A1). */
export function requestStrikeOut(
  command: Of<'RequestStrikeOut'>,
  state: SessionState,
  facts: SessionFacts,
  who: Who,
): Answer {
  const { strikeOutId, targetEventId, field, reason } = command;
  if (textCell(state, who, targetEventId, field) === undefined) return strikeOutTargetUnknown();
  if (reportOf(state.strikeOuts, targetEventId, field)) return [];
  return [event(StrikeOutRequested, { ...who, strikeOutId, targetEventId, field, reason, requestedAt: facts.now })];
}

export function decideStrikeOut(
  command: Of<'DecideStrikeOut'>,
  state: SessionState,
  facts: SessionFacts,
  who: Who,
): Answer {
  if (!hasAnyRole(facts.actor, 'Director', 'President')) return strikeOutNeedsDirector();
  const { strikeOutId, decision } = command;
  const reported = state.strikeOuts.find((one) => one.strikeOutId === strikeOutId);
  if (reported === undefined) return strikeOutUnknown();
  if (reported.decision !== undefined) return reported.decision === decision ? [] : strikeOutDecidedAlready();
  const { targetEventId, field } = reported;
  const cell = textCell(state, who, targetEventId, field);
  if (cell === undefined) return strikeOutTargetUnknown();
  if (decision === 'granted' && facts.custody && holdOn(facts.custody, cell)) return strikeOutHeld();
  return [event(StrikeOutDecided, { ...who, strikeOutId, targetEventId, field, decision, decidedAt: facts.now })];
}
