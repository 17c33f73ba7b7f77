import { never } from '#kernel/decider.js';
import type { Refusal } from '#kernel/refusal.js';
import type { ComplaintCommand } from './commands.js';
import { close, reopen, withdraw } from './decide-end.js';
import { file } from './decide-filing.js';
import { acknowledge, openInvestigation, qualify, report } from './decide-inquiry.js';
import { answer, propose, refer } from './decide-settlement.js';
import type { ComplaintEvent } from './events.js';
import type { ComplaintFacts } from './facts.js';
import { complaintEnded, complaintUnknown } from './refusals.js';
import type { ComplaintState } from './state.js';

export function decide(
  command: ComplaintCommand,
  state: ComplaintState,
  facts: ComplaintFacts,
): readonly ComplaintEvent[] | Refusal {
  if (command.type === 'FileComplaint') return file(command, state, facts);
  if (!state) return complaintUnknown();
  switch (command.type) {
    case 'WithdrawComplaint':
      return withdraw(command, state, facts);
    case 'CloseComplaint':
      return close(command, state, facts);
    case 'ReopenComplaint':
      return reopen(command, state, facts);
    case 'ReferComplaint':
      return refer(command, state, facts);
  }
  if (state.ended) return complaintEnded();
  switch (command.type) {
    case 'AcknowledgeComplaint':
      return acknowledge(command, state, facts);
    case 'OpenInvestigation':
      return openInvestigation(command, state, facts);
    case 'ReportInvestigation':
      return report(command, state, facts);
    case 'QualifyComplaint':
      return qualify(command, state, facts);
    case 'ProposeSettlement':
      return propose(command, state, facts);
    case 'AnswerSettlement':
      return answer(command, state, facts);
    default:
      return never(command);
  }
}
