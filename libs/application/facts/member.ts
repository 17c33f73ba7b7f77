import type { CivilTime } from '#domain/calendar/civil-time.js';
import { charter } from '#domain/charter/charter.js';
import { findVersion } from '#domain/charter/state.js';
import type { MemberCommand } from '#domain/member/commands.js';
import type { MemberFacts } from '#domain/member/facts.js';
import { member } from '#domain/member/member.js';
import type { MemberState } from '#domain/member/state.js';
import type { FactsInput } from '../command.js';
import { baseFacts } from './base.js';
import { isDelegate } from './delegate.js';

/** The commands that only who decides on rights may give. */
const deciding: ReadonlySet<string> = new Set(['RestrictProcessing', 'AnnounceRestrictionLift', 'LiftRestriction']);

export const memberBinding = (time: CivilTime) => ({
  aggregate: member,
  facts: async (input: FactsInput<MemberCommand, MemberState>): Promise<MemberFacts> => ({
    time,
    charterPublished: await isPublished(input),
    isDelegate: deciding.has(input.envelope.command.type) && (await isDelegate(input, time)),
    ...baseFacts(input),
  }),
});

async function isPublished({ envelope, reader }: FactsInput<MemberCommand, MemberState>): Promise<boolean> {
  const { command } = envelope;
  if (command.type !== 'AcknowledgeCharter') return true;
  return findVersion(await reader.state(charter, 'association'), command.charterVersionId) !== undefined;
}
