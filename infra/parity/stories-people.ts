import { holdGrounds } from '#domain/custody/events.js';
import { contactChannels, representativeCapacities, restrictionGrounds } from '#domain/member/events.js';
import { identityMethods, refusalGrounds, rightsChannels, rightsKinds } from '#domain/rights/events.js';
import { offices, revocationReasons } from '#domain/staff/events.js';
import { dayOf, minutesFrom, nameOf, type Story, textOf, type World, yes } from './world.js';

export function* staffStory(world: World): Story {
  const { random } = world;
  const staffId = world.fresh('staff');
  const stream = `staff-${staffId}`;
  yield { stream, command: { type: 'RegisterStaff', staffId, name: nameOf(world) } };
  const { charterVersionId } = world;
  yield {
    stream,
    command: { type: 'SignConfidentialityUndertaking', staffId, signedOn: today(world), charterVersionId },
  };
  const authorised = yield { stream, command: { type: 'AuthoriseTechnician', staffId, from: '2026-01-01' } };
  if (authorised?.outcome === 'accepted') world.technicians.push(staffId);
  for (let left = random.below(4); left > 0; left -= 1) {
    const office = random.pick(offices);
    yield random.pick([
      {
        stream,
        command: { type: 'RecordTechnicianSkill', staffId, software: textOf(world), evidenceDate: dayOf(world) },
      },
      { stream, command: { type: 'AppointOfficeHolder', staffId, office, from: dayOf(world) } },
      { stream, command: { type: 'DismissOfficeHolder', staffId, office, on: dayOf(world) } },
      {
        stream,
        command: { type: 'RevokeTechnician', staffId, on: dayOf(world), reason: random.pick(revocationReasons) },
      },
    ]);
  }
}

export function* memberStory(world: World): Story {
  const { random } = world;
  const memberId = world.fresh('member');
  const stream = `member-${memberId}`;
  const person = { membershipNumber: `CE-${random.below(100_000)}`, name: nameOf(world), phone: '06 39 98 12 34' };
  yield { stream, command: { type: 'RegisterMember', memberId, ...person, status: 'active', minor: !yes(world, 12) } };
  world.members.push(memberId);
  for (let left = random.below(7); left > 0; left -= 1) {
    const [at, on, channel] = [world.now(), today(world), random.pick(contactChannels)];
    const capacity = random.pick(representativeCapacities);
    yield random.pick([
      { stream, command: { type: 'CorrectMemberIdentity', memberId, name: nameOf(world), reason: 'typing-error' } },
      { stream, command: { type: 'LapseMembership', memberId, on } },
      { stream, command: { type: 'RenewMembership', memberId, on } },
      {
        stream,
        command: {
          ...{ type: 'RecordRepresentative', memberId, representativeId: world.fresh('representative'), capacity },
          ...{ name: nameOf(world), basis: textOf(world) },
        },
      },
      { stream, command: { type: 'UnsubscribeFromService', memberId, at, channel } },
      { stream, command: { type: 'ResubscribeToService', memberId, at, channel } },
      { stream, command: { type: 'RestrictProcessing', memberId, ground: random.pick(restrictionGrounds) } },
      { stream, command: { type: 'AnnounceRestrictionLift', memberId, warnedAt: at, channel } },
      { stream, command: { type: 'LiftRestriction', memberId } },
      { stream, command: { type: 'LeaveAssociation', memberId, on } },
    ]);
  }
}

export function* closureStory(world: World): Story {
  const closureId = world.fresh('closure');
  const stream = 'calendar-association';
  const day = dayOf(world);
  yield { stream, command: { type: 'DeclareClosure', closureId, from: day, to: day, label: textOf(world) } };
  if (yes(world)) yield { stream, command: { type: 'WithdrawClosure', closureId } };
}

/** A right exercised, decided, answered; an erasure with its grid is the destruction story's. */
export function* rightsStory(world: World): Story {
  const { random } = world;
  const rightsId = world.fresh('rights');
  const stream = `rights-${rightsId}`;
  const memberId = random.pick(world.members);
  const channel = random.pick(rightsChannels);
  const received = {
    memberId,
    kind: random.pick(rightsKinds),
    channel,
    receivedAt: world.now(),
    concernsDirector: false,
  };
  yield { stream, command: { type: 'ReceiveRightsRequest', rightsId, ...received, details: textOf(world) } };
  if (yes(world, 6))
    yield { stream, command: { type: 'CheckIdentity', rightsId, method: random.pick(identityMethods) } };
  if (yes(world)) yield { stream, command: { type: 'ExtendRightsRequest', rightsId, reasons: textOf(world) } };
  if (!yes(world, 6)) yield { stream, command: { type: 'WithdrawRightsRequest', rightsId } };
  const refused = { decision: 'refused', grounds: [random.pick(refusalGrounds)], reasons: textOf(world) };
  const decision = yes(world, 3) ? { decision: 'granted', grounds: [] } : refused;
  yield { stream, command: { type: 'DecideRightsRequest', rightsId, ...decision } };
  yield { minutes: random.below(600) };
  yield { stream, command: { type: 'SendRightsAnswer', rightsId, channel, sentAt: world.now() } };
  yield { stream, command: { type: 'CloseRightsRequest', rightsId } };
}

export function* custodyStory(world: World): Story {
  const { random } = world;
  const { id, memberId } = random.pick(world.sessions);
  const stream = `custody-${memberId}`;
  const holdId = world.fresh('hold');
  const cells = [`${memberId}/session:${id}`];
  const ground = random.pick(holdGrounds);
  yield { stream, command: { type: 'PlaceLegalHold', memberId, holdId, cells, ground, note: textOf(world) } };
  if (yes(world)) yield { stream, command: { type: 'ReviewLegalHold', memberId, holdId } };
  if (yes(world, 3))
    yield { stream, command: { type: 'ReleaseLegalHold', memberId, holdId, reason: 'dispute-closed' } };
}

/** Cells of a member condemned, their keys destroyed; afterwards nothing more can be written there. */
export function* destructionStory(world: World): Story {
  const memberId = world.random.pick(world.members);
  const destructionId = world.fresh('destruction');
  const name = nameOf(world);
  yield { destroy: memberId, destructionId };
  const correction = { type: 'CorrectMemberIdentity', memberId, name, reason: 'typing-error' };
  yield { stream: `member-${memberId}`, command: correction };
}

const today = (world: World): string => minutesFrom(world.now(), 120).slice(0, 10);
