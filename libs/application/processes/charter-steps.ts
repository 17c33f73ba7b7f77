import { charter } from '#domain/charter/charter.js';
import type { CharterCommand } from '#domain/charter/commands.js';
import { versionInForce } from '#domain/charter/state.js';
import { unacknowledged } from '#views/charter-acknowledgement-queries.js';
import { type MemberDocument, membersView } from '#views/members.js';
import { findAll } from '#views/query.js';
import { composeCharterChange } from '../letters/compose-letter.js';
import { isTooLate, type Step, StepFault } from './step.js';
import { prepare } from './write-letter.js';

/**
 * Tells every member who is one now (10.2), then records that they were told, where the charter they accepted lets it be
 * told by e-mail. The first version changes nothing for anybody.
 */
export const notifyMembers: Step = async (input) => {
  const { temoin, time, one, commandId, dueAt } = input;
  const { charterVersionId } = one.about;
  const known = await temoin.reader.state(charter, 'association');
  const index = known.versions.findIndex((version) => version.charterVersionId === charterVersionId);
  const agreed = known.versions[index - 1];
  if (charterVersionId === undefined || index < 0) throw new StepFault('no-such-charter');
  if (agreed === undefined) return { done: 'not-needed' };
  if (isTooLate(temoin.clock.now(), dueAt)) return { done: 'too-late' };
  const composed = await composeCharterChange({ temoin, time }, charterVersionId);
  if (composed === undefined) throw new StepFault('no-such-charter');
  const members = await findAll<MemberDocument>(temoin.viewStore, membersView.schema, { collection: 'members' });
  const told = members.filter(({ status, restricted }) => status !== 'left' && !restricted);
  for (const { memberId } of told) await prepare(temoin, input, memberId, composed, 'charter-change');
  if (told.length > 0 && agreed.parameters.amendmentChannels.includes('email')) {
    const command: CharterCommand = {
      type: 'NotifyCharter',
      charterVersionId,
      channel: 'email',
      notifiedOn: time.toLocal(temoin.clock.now()).date,
    };
    const stream = 'charter-association';
    const outcome = await temoin.execute({
      commandId: commandId('notified'),
      actor: 'system',
      actorRoles: [],
      correlationId: temoin.ids.correlationId(input.one.caseId),
      stream,
      command,
    });
    if (outcome.outcome !== 'accepted') throw new StepFault('charter-notice-not-recorded');
  }
  return { done: 'letter' };
};

/** A new version asks for new undertakings (5.2); the first one asks nobody for anything. */
export const askUndertakings: Step = async ({ temoin, one }) => {
  const known = await temoin.reader.state(charter, 'association');
  const isFirst = known.versions[0]?.charterVersionId === one.about.charterVersionId;
  return isFirst ? { done: 'not-needed' } : { done: 'reminder', to: ['SupportLead', 'Director'] };
};

/**
 * Tells the support lead, once, that some members have not accepted a new version yet. No member is written to again: whoever
 * uses the service is asked at the next consent, and whoever does not owes no answer (10.2).
 */
export const tellUnacknowledged: Step = async ({ temoin, time, one }) => {
  const { charterVersionId } = one.about;
  const known = await temoin.reader.state(charter, 'association');
  const inForce = versionInForce(known, time.toLocal(temoin.clock.now()).date);
  // the first asks everybody at the first consent; one that was replaced since asks nobody any more
  if (charterVersionId === undefined || known.versions[0]?.charterVersionId === charterVersionId)
    return { done: 'not-needed' };
  if (inForce?.charterVersionId !== charterVersionId) return { done: 'not-needed' };
  const missing = await unacknowledged({ viewStore: temoin.viewStore }, charterVersionId);
  return missing === 0 ? { done: 'not-needed' } : { done: 'reminder', to: ['SupportLead'] };
};
