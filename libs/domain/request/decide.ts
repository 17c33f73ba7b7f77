import { never } from '#kernel/decider.js';
import type { Refusal } from '#kernel/refusal.js';
import type { RequestCommand } from './commands.js';
import { advisePreparation, book, cancel, move } from './decide-appointment.js';
import { agreeExceptionalSlot } from './decide-exception.js';
import { declareNoGoZones, requestSupport } from './decide-intake.js';
import { decideStrikeOut, reportText } from './decide-strike-out.js';
import { close, decline, qualify, requalifyAsAdvice } from './decide-triage.js';
import type { RequestEvent } from './events.js';
import type { RequestFacts } from './facts.js';
import { requestUnknown } from './refusals.js';
import type { RequestState } from './state.js';
import { isKnown } from './whose.js';

export function decide(
  command: RequestCommand,
  state: RequestState,
  facts: RequestFacts,
): readonly RequestEvent[] | Refusal {
  if (command.type === 'RequestSupport') return requestSupport(command, state, facts);
  if (!isKnown(state)) return requestUnknown();
  switch (command.type) {
    case 'DeclareNoGoZones':
      return declareNoGoZones(command, state);
    case 'QualifyRequest':
      return qualify(command, state, facts);
    case 'RequalifyAsAdvice':
      return requalifyAsAdvice(command, state, facts);
    case 'DeclineRequest':
      return decline(command, state);
    case 'AgreeExceptionalSlot':
      return agreeExceptionalSlot(command, state, facts);
    case 'BookAppointment':
      return book(command, state, facts);
    case 'MoveAppointment':
      return move(command, state, facts);
    case 'CancelAppointment':
      return cancel(command, state, facts);
    case 'AdvisePreparation':
      return advisePreparation(command, state, facts);
    case 'CloseRequest':
      return close(command, state, facts);
    case 'ReportRequestText':
      return reportText(command, state, facts);
    case 'DecideRequestTextStrikeOut':
      return decideStrikeOut(command, state, facts);
    default:
      return never(command);
  }
}
