import { bind } from '#application/bind.js';
import { calendarBinding } from '#application/facts/calendar.js';
import { complaintBinding } from '#application/facts/complaint.js';
import { memberBinding } from '#application/facts/member.js';
import { staffBinding } from '#application/facts/staff.js';
import type { ComplaintCommand, FileComplaint } from '#domain/complaint/commands.js';
import { custody } from '#domain/custody/custody.js';
import type { CustodyState } from '#domain/custody/state.js';
import { defaultClockSettings } from '#domain/deadlines/clocks.js';
import type { RegisterMember } from '#domain/member/commands.js';
import type { StaffCommand } from '#domain/staff/commands.js';
import type { LocalDate } from '#kernel/time.js';
import type { ViewDefinition } from '#views/view.js';
import type { CommandOutcome } from '../command.js';
import { openStory, time } from '../retention/retention-story.test-data.js';
import type { Temoin } from '../temoin.js';

/** The association of the retention story, with members and complaints. */
export async function openDispute(now: string, views: readonly ViewDefinition[] = []) {
  const story = await openStory(
    now,
    [
      bind(memberBinding(time)),
      bind(staffBinding(time)),
      bind(calendarBinding(time)),
      bind(complaintBinding(time, defaultClockSettings)),
    ],
    views,
  );
  const { temoin } = story;
  await give(temoin, 'member-m1', {
    type: 'RegisterMember',
    memberId: 'm1',
    membershipNumber: 'T-1',
    name: 'Ève Fictive',
    status: 'active',
    minor: false,
  });
  return {
    ...story,
    file: (complaintId: string, sessionIds: readonly string[], more: Partial<FileComplaint> = {}) =>
      complain(temoin, {
        type: 'FileComplaint',
        complaintId,
        memberId: 'm1',
        channel: 'email',
        receivedAt: temoin.clock.now(),
        learnedOn: time.toLocal(temoin.clock.now()).date as LocalDate,
        facts: 'Plus rien ne marche.',
        consequences: 'Une journée perdue.',
        sessionIds,
        against: [],
        concernsDirector: false,
        ...more,
      }),
    complain: (command: ComplaintCommand) => complain(temoin, command),
    async register(staffId: string, office?: 'director'): Promise<void> {
      await give(temoin, `staff-${staffId}`, { type: 'RegisterStaff', staffId, name: 'Personne Fictive' });
      const from = time.toLocal(temoin.clock.now()).date;
      if (office) await give(temoin, `staff-${staffId}`, { type: 'AppointOfficeHolder', staffId, office, from });
    },
    custody: (): Promise<CustodyState> => temoin.reader.state(custody, 'm1'),
    async holdsPlaced(): Promise<readonly string[]> {
      const found: string[] = [];
      for await (const stored of temoin.eventStore.readStream('custody-m1'))
        if (stored.type === 'LegalHoldPlaced') found.push(String(temoin.decode(stored).data.holdId));
      return found;
    },
  };
}

const complain = (temoin: Temoin, command: ComplaintCommand): Promise<CommandOutcome> =>
  give(temoin, `complaint-${command.complaintId}`, command);

async function give(
  temoin: Temoin,
  stream: string,
  command: ComplaintCommand | RegisterMember | StaffCommand,
): Promise<CommandOutcome> {
  const outcome = await temoin.execute({
    commandId: temoin.ids.freshCommandId(),
    actor: 'd1',
    actorRoles: ['Director', 'SupportLead'],
    stream,
    command,
  });
  if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome));
  return outcome;
}
