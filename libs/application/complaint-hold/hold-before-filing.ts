import type { CivilTime } from '#domain/calendar/civil-time.js';
import { lastConsultableDay } from '#domain/calendar/retention.js';
import { charter } from '#domain/charter/charter.js';
import type { FileComplaint } from '#domain/complaint/commands.js';
import { complaint } from '#domain/complaint/complaint.js';
import { disputedCells } from '#domain/complaint/state.js';
import type { CustodyCommand } from '#domain/custody/commands.js';
import { concerned } from '../facts/complaint.js';
import type { Temoin } from '../temoin.js';

/** A hold placed before a complaint is filed; it stays beside the complaint's own. */
export interface HoldBefore {
  readonly memberId: string;
  readonly holdId: string;
}

type Filing = Pick<FileComplaint, 'complaintId' | 'memberId' | 'sessionIds'>;

/**
 * Where the next run of retention may take a session that a complaint is about to name, holds it beforehand: so no run
 * comes between the complaint and its hold. Elsewhere nothing is due, and the hold follows the complaint.
 * @returns undefined when nothing is that urgent, or nothing is left to hold
 */
export async function holdBeforeFiling(
  temoin: Temoin,
  time: CivilTime,
  { complaintId, memberId, sessionIds }: Filing,
): Promise<HoldBefore | undefined> {
  const { reader, ids, clock } = temoin;
  if (sessionIds.length === 0 || (await reader.state(complaint, complaintId))) return undefined;
  const versions = await reader.state(charter, 'association');
  const sessions = await Promise.all([...new Set(sessionIds)].map((one) => concerned(reader, one, versions, time)));
  const owner = memberId ?? sessions[0]?.memberId;
  const own = sessions.filter((one) => owner !== undefined && one.memberId === owner);
  const soon = time.plusDays(time.toLocal(clock.now()).date, 1);
  const urgent = own.some(
    ({ endedAt, parameters }) =>
      endedAt !== undefined && lastConsultableDay(endedAt, parameters.journalRetentionMonths, time) <= soon,
  );
  if (!urgent || owner === undefined) return undefined;
  const commandId = ids.freshCommandId();
  const holdId = `${complaintId}.${ids.newId(commandId, 'hold').slice(0, 8)}`;
  const cells = disputedCells({
    memberId: owner,
    complaintId,
    sessionIds: own.map(({ sessionId }) => sessionId),
    requestIds: [...new Set(own.flatMap(({ requestId }) => requestId ?? []))],
  });
  const hold = { type: 'PlaceLegalHold', memberId: owner, holdId, cells, ground: 'complaint', reference: complaintId };
  const outcome = await give(temoin, commandId, hold as CustodyCommand);
  return outcome === 'accepted' ? { memberId: owner, holdId } : undefined;
}

/** The complaint was refused: what was held for it is let go. Where this fails too, the work list proposes the release. */
export async function releaseHoldBefore(temoin: Temoin, { memberId, holdId }: HoldBefore): Promise<void> {
  await give(temoin, temoin.ids.freshCommandId(), {
    type: 'ReleaseLegalHold',
    memberId,
    holdId,
    reason: 'placed-in-error',
  });
}

async function give(temoin: Temoin, commandId: string, command: CustodyCommand): Promise<string> {
  const stream = `custody-${command.memberId}`;
  return (await temoin.execute({ commandId, actor: 'system', actorRoles: [], stream, command })).outcome;
}
