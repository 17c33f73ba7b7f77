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
import type { RequestStrikeOutCommand } from './commands-strike-out.js';
import { type RequestEvent, requestEvents } from './events.js';
import { RequestTextReported, RequestTextStrikeOutDecided } from './events-strike-out.js';
import type { RequestFacts } from './facts.js';
import type { RequestState } from './state.js';
import type { Known } from './whose.js';

type Of<T extends RequestStrikeOutCommand['type']> = Extract<RequestStrikeOutCommand, { readonly type: T }>;
type Answer = readonly RequestEvent[] | Refusal;

/**
 * The cell of one free text of a request's event.
 * @returns undefined when the request has no such event, or the field is no text with a cell of its own
 */
export const requestTextCell = (state: RequestState & Known, eventId: string, field: string): string | undefined =>
  textCellIn(requestEvents, state.eventTypes, whose(state), eventId, field);

const whose = ({ requestId, memberId }: Known) => ({ requestId, memberId });

/** Anybody of the team may report a text, whatever became of the request; reported twice it is one report (A1). */
export function reportText(command: Of<'ReportRequestText'>, state: RequestState & Known, facts: RequestFacts): Answer {
  const { strikeOutId, targetEventId, field, reason } = command;
  if (requestTextCell(state, targetEventId, field) === undefined) return strikeOutTargetUnknown();
  if (reportOf(state.strikeOuts, targetEventId, field)) return [];
  const reported = { strikeOutId, targetEventId, field, reason, requestedAt: facts.now };
  return [event(RequestTextReported, { ...whose(state), ...reported })];
}

export function decideStrikeOut(
  command: Of<'DecideRequestTextStrikeOut'>,
  state: RequestState & Known,
  facts: RequestFacts,
): Answer {
  if (!hasAnyRole(facts.actor, 'Director', 'President')) return strikeOutNeedsDirector();
  const { strikeOutId, decision } = command;
  const reported = state.strikeOuts.find((one) => one.strikeOutId === strikeOutId);
  if (reported === undefined) return strikeOutUnknown();
  if (reported.decision !== undefined) return reported.decision === decision ? [] : strikeOutDecidedAlready();
  const { targetEventId, field } = reported;
  const cell = requestTextCell(state, targetEventId, field);
  if (cell === undefined) return strikeOutTargetUnknown();
  if (decision === 'granted' && facts.custody && holdOn(facts.custody, cell)) return strikeOutHeld();
  const decided = { strikeOutId, targetEventId, field, decision, decidedAt: facts.now };
  return [event(RequestTextStrikeOutDecided, { ...whose(state), ...decided })];
}
