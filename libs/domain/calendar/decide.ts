import { never } from '#kernel/decider.js';
import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import { refusePersonal } from '../lint/lint-fields.js';
import type { BaseFacts } from '../shared/facts.js';
import { refuseReversed } from '../shared/refusals.js';
import type { CivilTime } from './civil-time.js';
import type { CalendarCommand, DeclareClosure, WithdrawClosure } from './commands.js';
import { type CalendarEvent, ClosureDeclared, ClosureWithdrawn } from './events.js';
import { closureExists, closureRetroactive, closureUnknown } from './refusals.js';
import type { CalendarState } from './state.js';

export interface CalendarFacts extends BaseFacts {
  readonly time: CivilTime;
}

export function decide(
  command: CalendarCommand,
  state: CalendarState,
  facts: CalendarFacts,
): readonly CalendarEvent[] | Refusal {
  switch (command.type) {
    case 'DeclareClosure':
      return declare(command, state, facts);
    case 'WithdrawClosure':
      return withdraw(command, state, facts);
    default:
      return never(command);
  }
}

function declare(command: DeclareClosure, state: CalendarState, facts: CalendarFacts) {
  const { closureId, from, to, label } = command;
  const known = state.closures.find((closure) => closure.closureId === closureId);
  if (known) {
    const same = !known.withdrawn && known.from === from && known.to === to && known.label === label;
    return same ? [] : closureExists();
  }
  const refusal = refuseReversed(from, to, '/to') ?? refusePersonal({ '/label': label });
  if (refusal) return refusal;
  if (from < facts.time.toLocal(facts.now).date) return closureRetroactive();
  return [event(ClosureDeclared, { closureId, from, to, label })];
}

function withdraw({ closureId }: WithdrawClosure, state: CalendarState, facts: CalendarFacts) {
  const known = state.closures.find((closure) => closure.closureId === closureId);
  if (!known) return closureUnknown();
  if (known.withdrawn) return [];
  if (known.to < facts.time.toLocal(facts.now).date) return closureRetroactive();
  return [event(ClosureWithdrawn, { closureId })];
}
