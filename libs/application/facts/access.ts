import { access } from '#domain/access/access.js';
import type { AccessCommand } from '#domain/access/commands.js';
import type { AccessFacts } from '#domain/access/facts.js';
import type { AccessState } from '#domain/access/state.js';
import { association } from '#domain/association/association.js';
import { recordsOn } from '#domain/association/state.js';
import type { CivilTime } from '#domain/calendar/civil-time.js';
import { member } from '#domain/member/member.js';
import type { FactsInput } from '../command.js';
import { baseFacts } from './base.js';
import { isDelegate } from './delegate.js';

type Input = FactsInput<AccessCommand, AccessState>;

export const accessBinding = (time: CivilTime) => ({
  aggregate: access,
  facts: async (input: Input): Promise<AccessFacts> => ({
    isDelegate: input.envelope.command.type === 'IssueMemberExport' && (await isDelegate(input, time)),
    ...(await recipient(input, time)),
    ...baseFacts(input),
  }),
});

async function recipient(
  { envelope, reader }: Input,
  time: CivilTime,
): Promise<Pick<AccessFacts, 'memberKnown' | 'processorRegistered'>> {
  const { command } = envelope;
  if (command.type !== 'RecordDisclosure') return { memberKnown: true, processorRegistered: false };
  const { registered } = await reader.state(member, command.memberId);
  const records = await reader.state(association, 'records');
  const processors = recordsOn(records, 'processor', time.toLocal(command.sentAt).date);
  return {
    memberKnown: registered,
    processorRegistered: processors.some(({ recordId }) => recordId === command.recordId),
  };
}
