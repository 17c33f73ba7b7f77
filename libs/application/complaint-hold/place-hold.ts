import { complaint } from '#domain/complaint/complaint.js';
import type { SealedComplaintEvent } from '#domain/complaint/events.js';
import { disputedCells, holdIdOf } from '#domain/complaint/state.js';
import type { PlaceLegalHold } from '#domain/custody/commands.js';
import type { Temoin } from '../temoin.js';

/** What is held for one opening of a complaint. */
export interface ComplaintHold {
  readonly complaintId: string;
  /** 1: filed; from 2 on: reopened. */
  readonly opening: number;
}

/** The events after which something must be held. */
export const opensCase = (type: string): boolean => type === 'ComplaintFiled' || type === 'ComplaintReopened';

/** Which hold an event of a complaint asks for. */
export const holdAskedBy = (event: SealedComplaintEvent): ComplaintHold | undefined => {
  const { complaintId } = event.data;
  if (event.type === 'ComplaintFiled') return { complaintId, opening: 1 };
  return event.type === 'ComplaintReopened' ? { complaintId, opening: event.data.opening } : undefined;
};

/**
 * Places the hold of an opened complaint on the cells of the sessions concerned (8.1 f, A6). The command's id and the
 * hold's follow from the complaint: in whatever process and however often, it is placed once, and a hold that was released
 * since is not placed again. Cells that were condemned before are told as too late in the hold itself.
 * @returns the position of the hold, for queries that shall show it
 * @throws ComplaintHoldError `not-placed`; what the stores throw: try again
 */
export async function placeComplaintHold(
  temoin: Temoin,
  { complaintId, opening }: ComplaintHold,
): Promise<string | undefined> {
  const state = await temoin.reader.state(complaint, complaintId);
  if (!state) throw new ComplaintHoldError('the complaint is not known');
  const { memberId } = state;
  const holdId = holdIdOf(complaintId, opening);
  const command: PlaceLegalHold = {
    type: 'PlaceLegalHold',
    memberId,
    holdId,
    cells: disputedCells(state),
    ground: 'complaint',
    reference: complaintId,
  };
  const outcome = await temoin.execute({
    commandId: temoin.ids.commandId('system', `hold ${holdId}`),
    actor: 'system',
    actorRoles: [],
    correlationId: temoin.ids.correlationId(complaintId),
    stream: `custody-${memberId}`,
    command,
  });
  if (outcome.outcome === 'accepted') return outcome.receipt.position;
  throw new ComplaintHoldError(outcome.outcome === 'refused' ? outcome.refusal.code : outcome.outcome);
}

/** Known by its `code`; the message names why, never whom. */
export class ComplaintHoldError extends Error {
  override readonly name = 'ComplaintHoldError';
  readonly code = 'hold-not-placed';
  constructor(readonly reason: string) {
    super(`The hold of a complaint was not placed: ${reason}.`);
  }
}
