import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { event } from '#kernel/define-event.js';
import { type Instant, type LocalDate, toInstant } from '#kernel/time.js';
import { given } from '#testing/given.js';
import {
  CharterReacknowledged,
  MemberIdentityCorrected,
  MemberLeft,
  MemberRegistered,
  MembershipLapsed,
  MembershipRenewed,
  RepresentativeRecorded,
  ServiceResubscribed,
  ServiceUnsubscribed,
} from './events.js';
import type { MemberFacts } from './facts.js';
import { member } from './member.js';
import { isConsentVoided } from './state.js';

const at = (text: string): Instant => toInstant(text) as Instant;
const facts: MemberFacts = {
  now: at('2026-06-02T10:00:00+02:00'),
  actor: { staffId: 'lead-1', roles: ['SupportLead'] },
  time: frenchCivilTime(),
  isDelegate: false,
  charterPublished: true,
};
const memberId = 'm-1';
const on = '2026-06-01' as LocalDate;
const identity = { membershipNumber: 'A-042', name: 'Personne Inventée', phone: '03 83 00 00 00' };
const register = { type: 'RegisterMember' as const, memberId, ...identity, status: 'active' as const, minor: false };
const registered = event(MemberRegistered, { memberId, ...identity, status: 'active', minor: false });
const minor = event(MemberRegistered, { memberId, ...identity, status: 'active', minor: true });

describe('a member', () => {
  it('is registered once, and known before anything else [charter:P.1]', () => {
    given(member).when(register, facts).then([registered]);
    given(member, registered).when(register, facts).then({ code: 'member-already-registered', rule: 'charter:P.1' });
    given(member)
      .when({ type: 'LapseMembership', memberId, on }, facts)
      .then({ code: 'member-unknown', rule: 'charter:P.1' });
  });

  it('has no bank account or social-security number for a name or number [charter:3.3a]', () => {
    given(member)
      .when({ ...register, membershipNumber: '2 69 05 49 588 157 80' }, facts)
      .then({ code: 'content-lint-blocked', rule: 'charter:3.3a' });
  });

  it('is corrected by a new fact that names its reason [charter:4.3]', () => {
    given(member, registered)
      .when({ type: 'CorrectMemberIdentity', memberId, phone: '03 83 11 11 11', reason: 'typing-error' }, facts)
      .then([event(MemberIdentityCorrected, { memberId, phone: '03 83 11 11 11', reason: 'typing-error' })]);
    given(member, registered)
      .when({ type: 'CorrectMemberIdentity', memberId, reason: 'other' }, facts)
      .then({ code: 'nothing-to-correct', rule: 'charter:4.3' });
  });

  it('lapses and renews, each once [charter:P.1]', () => {
    const lapsed = event(MembershipLapsed, { memberId, on });
    given(member, registered).when({ type: 'LapseMembership', memberId, on }, facts).then([lapsed]);
    given(member, registered, lapsed).when({ type: 'LapseMembership', memberId, on }, facts).then([]);
    given(member, registered, lapsed)
      .when({ type: 'RenewMembership', memberId, on }, facts)
      .then([event(MembershipRenewed, { memberId, on })]);
    given(member, registered).when({ type: 'RenewMembership', memberId, on }, facts).then([]);
  });
});

describe('someone who consents in a member’s place', () => {
  const record = {
    type: 'RecordRepresentative' as const,
    memberId,
    representativeId: 'r-1',
    capacity: 'guardian' as const,
    name: 'Autre Inventée',
    basis: 'jugement de tutelle',
  };
  const { type: _, ...data } = record;
  const recorded = event(RepresentativeRecorded, data);

  it('is on record with a capacity and a basis, once [charter:3.1b]', () => {
    given(member, registered).when(record, facts).then([recorded]);
    given(member, registered, recorded).when(record, facts).then([]);
    given(member, registered, recorded)
      .when({ ...record, capacity: 'helper' }, facts)
      .then({ code: 'representative-exists', rule: 'charter:3.1b' });
  });

  it('is a guardian when the member is a minor, who is refused without one [charter:3.1a]', () => {
    given(member, minor)
      .when({ ...record, capacity: 'helper' }, facts)
      .then({ code: 'minor-needs-guardian', rule: 'charter:3.1a' });
  });
});

describe('unsubscribing and leaving', () => {
  const when = { at: at('2026-06-02T09:00:00+02:00'), channel: 'phone' as const };
  const unsubscribed = event(ServiceUnsubscribed, { memberId, ...when });
  const leave = { type: 'LeaveAssociation' as const, memberId, on };

  it('needs no reason, works in every state of membership, and voids the consents given before [charter:3.1c]', () => {
    const unsubscribe = { type: 'UnsubscribeFromService' as const, memberId, ...when };
    for (const past of [
      [registered],
      [registered, event(MembershipLapsed, { memberId, on })],
      [registered, event(MemberLeft, { memberId, on })],
    ])
      given(member, ...past)
        .when(unsubscribe, facts)
        .then([unsubscribed]);
    given(member, registered, unsubscribed).when(unsubscribe, facts).then([]);
    const { state } = given(member, registered, unsubscribed);
    expect(isConsentVoided(state, at('2026-06-02T08:59:00+02:00'))).toBe(true);
    expect(isConsentVoided(state, at('2026-06-02T09:01:00+02:00'))).toBe(false);
    const earlier = at('2026-06-02T08:00:00+02:00');
    expect(isConsentVoided(state, earlier, at('2026-06-02T08:30:00+02:00'))).toBe(false);
    expect(isConsentVoided(state, earlier, when.at)).toBe(true);
  });

  it('does not revive old consents when the member comes back [charter:3.1c]', () => {
    const back = { at: at('2026-06-02T09:30:00+02:00'), channel: 'email' as const };
    const resubscribed = event(ServiceResubscribed, { memberId, ...back });
    given(member, registered, unsubscribed)
      .when({ type: 'ResubscribeToService', memberId, ...back }, facts)
      .then([resubscribed]);
    given(member, registered)
      .when({ type: 'ResubscribeToService', memberId, ...back }, facts)
      .then([]);
    const { state } = given(member, registered, unsubscribed, resubscribed);
    expect([state.unsubscribed, isConsentVoided(state, at('2026-06-02T08:00:00+02:00'))]).toEqual([false, true]);
  });

  it('are two different facts, and neither erases [charter:3.1c]', () => {
    given(member, registered)
      .when(leave, facts)
      .then([event(MemberLeft, { memberId, on })]);
    given(member, registered, event(MemberLeft, { memberId, on })).when(leave, facts).then([]);
    expect(given(member, registered, unsubscribed).state.leftOn).toBeUndefined();
    expect(given(member, registered, event(MemberLeft, { memberId, on })).state).toMatchObject({
      unsubscribed: false,
      status: 'lapsed',
    });
    given(member, registered, unsubscribed, event(MemberLeft, { memberId, on }))
      .when({ type: 'ResubscribeToService', memberId, ...when }, facts)
      .then({ code: 'member-has-left' });
  });

  it('is not dated in the future [charter:3.1c]', () => {
    given(member, registered)
      .when({ type: 'UnsubscribeFromService', memberId, channel: 'phone', at: at('2026-06-02T10:00:01+02:00') }, facts)
      .then({ code: 'date-in-future' });
  });
});

describe('a version of the charter that a member accepts outside any session', () => {
  const said = { memberId, charterVersionId: 'v2', at: at('2026-06-01T10:00:00+02:00'), channel: 'email' as const };
  const accept = { type: 'AcknowledgeCharter' as const, ...said };
  const accepted = event(CharterReacknowledged, said);

  it('is recorded once, whether in force or not [charter:10.1] [charter:10.2]', () => {
    given(member, registered).when(accept, facts).then([accepted]);
    given(member, registered, accepted)
      .when({ ...accept, channel: 'paper' }, facts)
      .then([]);
  });

  it('was published, and was not accepted in the future [charter:10.2]', () => {
    given(member, registered)
      .when(accept, { ...facts, charterPublished: false })
      .then({ code: 'charter-not-published', rule: 'charter:10.2' });
    given(member, registered)
      .when({ ...accept, at: at('2026-06-02T10:03:00+02:00') }, facts)
      .then({ code: 'date-in-future' });
    given(member).when(accept, facts).then({ code: 'member-unknown' });
  });
});
