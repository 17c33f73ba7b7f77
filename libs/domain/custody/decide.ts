import { never } from '#kernel/decider.js';
import type { Refusal } from '#kernel/refusal.js';
import { isWithinCell } from '#kernel/sealed.js';
import type { CustodyCommand } from './commands.js';
import { condemn, recordCertificate, recordDestruction, recordReadBack } from './decide-destruction.js';
import { placeHold, releaseHold, reviewHold } from './decide-hold.js';
import type { CustodyEvent } from './events.js';
import type { CustodyFacts } from './facts.js';
import { cellOfSomebodyElse } from './refusals.js';
import type { CustodyState } from './state.js';

export function decide(
  command: CustodyCommand,
  state: CustodyState,
  facts: CustodyFacts,
): readonly CustodyEvent[] | Refusal {
  if ('cells' in command) {
    const foreign = command.cells.findIndex(
      (one) => !isWithinCell(typeof one === 'string' ? one : one.cell, command.memberId),
    );
    if (foreign >= 0)
      return cellOfSomebodyElse(undefined, [{ pointer: `/cells/${foreign}`, detail: 'autre adhérent' }]);
  }
  switch (command.type) {
    case 'PlaceLegalHold':
      return placeHold(command, state, facts);
    case 'ReviewLegalHold':
      return reviewHold(command, state, facts);
    case 'ReleaseLegalHold':
      return releaseHold(command, state, facts);
    case 'CondemnCells':
      return condemn(command, state, facts);
    case 'RecordDestruction':
      return recordDestruction(command, state);
    case 'RecordReadBack':
      return recordReadBack(command, state, facts);
    case 'RecordCertificate':
      return recordCertificate(command, state, facts);
    default:
      return never(command);
  }
}
