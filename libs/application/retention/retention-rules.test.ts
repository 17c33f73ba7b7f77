import { associationBinding } from '#application/facts/association.js';
import { incidentBinding } from '#application/facts/incident.js';
import { memberBinding } from '#application/facts/member.js';
import { staffBinding } from '#application/facts/staff.js';
import { subscriberBinding } from '#application/facts/subscriber.js';
import { tokenBinding } from '#application/facts/token.js';
import * as records from '#domain/association/events.js';
import * as incidents from '#domain/incident/events.js';
import * as members from '#domain/member/events.js';
import { retentionRules } from '#domain/retention/rules.js';
import * as staff from '#domain/staff/events.js';
import * as subscribers from '#domain/subscriber/events.js';
import { AccessTokenIssued } from '#domain/token/events.js';
import type { LocalDate } from '#kernel/time.js';
import { retentionCalendar } from '#views/retention-queries.js';
import { bind } from '../bind.js';
import { openStory, time } from './retention-story.test-data.js';
import { runRetention } from './run-retention.js';

const day = (text: string) => text as LocalDate;
const more = [
  bind(incidentBinding(time, 72)),
  bind(memberBinding(time)),
  bind(associationBinding(time)),
  bind(staffBinding(time)),
  bind(tokenBinding()),
  bind(subscriberBinding(time, false)),
];
const open = (now: string) => openStory(now, more);
type Story = Awaited<ReturnType<typeof openStory>>;

/** On which of these days the run takes a text that was there before it. */
async function takenOn(story: Story, stream: string, days: readonly string[]): Promise<string | undefined> {
  for (const one of days) {
    story.moveTo(`${one}T01:00:00.000Z`);
    await runRetention(story.options(), day(one));
    if ((await story.opens(stream)) === 'erased') return one;
  }
  return undefined;
}

describe('what belongs to no case of a member', () => {
  it('of an incident: five years from its closing, from what was sent after it, and never while it is open', async () => {
    const story = await open('2026-06-05T16:00:00.000Z');
    const incident = (id: string) => `incident-${id}`;
    for (const id of ['i1', 'i2', 'i3']) {
      await story.store(incident(id), '2026-06-05T16:00:00.000Z', incidents.IncidentRecorded, { incidentId: id });
      if (id === 'i3') continue;
      const closedAt = '2026-06-10T10:00:00.000Z';
      await story.store(incident(id), closedAt, incidents.IncidentClosed, { incidentId: id, closedAt });
    }
    await story.store(incident('i2'), '2027-01-04T10:00:00.000Z', incidents.AuthorityNotified, { incidentId: 'i2' });
    expect(await takenOn(story, incident('i1'), ['2031-06-10', '2031-06-11'])).toBe('2031-06-11');
    expect(await takenOn(story, incident('i2'), ['2032-01-04', '2032-01-05'])).toBe('2032-01-05');
    expect(await takenOn(story, incident('i3'), ['2040-01-01'])).toBeUndefined();
    await story.temoin.close();
  });

  it('of an incident that the authority asks about stays while it is held', async () => {
    const story = await open('2026-06-05T16:00:00.000Z');
    await story.store('incident-i1', '2026-06-05T16:00:00.000Z', incidents.IncidentRecorded, { incidentId: 'i1' });
    const closedAt = '2026-06-10T10:00:00.000Z';
    await story.store('incident-i1', closedAt, incidents.IncidentClosed, { incidentId: 'i1', closedAt });
    story.moveTo('2031-06-01T10:00:00.000Z');
    await story.hold('i1', 'i1/incident:i1');
    expect(await takenOn(story, 'incident-i1', ['2031-06-11', '2031-06-12'])).toBeUndefined();
    await story.temoin.close();
  });

  it('of the association’s records: from their last day, each kind for its own time', async () => {
    const story = await open('2026-06-05T16:00:00.000Z');
    const at = '2026-01-01T10:00:00.000Z';
    const stream = 'association-records';
    await story.store(stream, at, records.MediatorRecorded, {
      recordId: 'm1',
      from: '2026-01-01',
      until: '2026-06-30',
    });
    expect(await takenOn(story, stream, ['2027-06-30', '2027-07-01'])).toBe('2027-07-01');
    await story.temoin.close();

    const other = await open('2026-06-05T16:00:00.000Z');
    await other.store(stream, at, records.InsurancePolicyRecorded, {
      recordId: 'p1',
      from: '2026-01-01',
      until: '2026-12-31',
    });
    expect(await takenOn(other, stream, ['2031-12-31', '2032-01-01'])).toBe('2032-01-01');
    await other.temoin.close();

    const third = await open('2026-06-05T16:00:00.000Z');
    const processor = { recordId: 'h1', from: '2026-01-01', until: undefined };
    await third.store(stream, at, records.ProcessorRecorded, processor);
    expect(await takenOn(third, stream, ['2040-01-01'])).toBeUndefined();
    await third.store(stream, at, records.AssociationRecordEnded, {
      recordId: 'h1',
      kind: 'processor',
      on: '2040-02-01',
    });
    expect(await takenOn(third, stream, ['2045-01-31', '2045-02-01'])).toBe('2045-02-01');
    await third.temoin.close();
  });

  it('of a subscriber: a year from its end, and never while it may be sent something, paused or not [charter:4.2b]', async () => {
    const story = await open('2026-06-05T16:00:00.000Z');
    const at = '2026-06-05T16:00:00.000Z';
    for (const subscriberId of ['a1', 'a2']) {
      const stream = `subscriber-${subscriberId}`;
      await story.store(stream, at, subscribers.SubscriberRegistered, { subscriberId });
      await story.store(stream, at, subscribers.SubscriberPaused, { subscriberId });
      if (subscriberId === 'a2') continue;
      await story.store(stream, '2026-07-01T10:00:00.000Z', subscribers.SubscriberEnded, { subscriberId });
    }
    expect(await takenOn(story, 'subscriber-a1', ['2027-07-01', '2027-07-02'])).toBe('2027-07-02');
    expect(await takenOn(story, 'subscriber-a2', ['2040-01-01'])).toBeUndefined();
    await story.temoin.close();
  });

  it('of a person of the association: five years from the last function or token, never while one has no end', async () => {
    const story = await open('2026-06-05T16:00:00.000Z');
    const at = '2026-01-01T10:00:00.000Z';
    const staffId = 's1';
    await story.store('staff-s1', at, staff.StaffRegistered, { staffId });
    await story.store('staff-s1', at, staff.TechnicianAuthorised, { staffId, from: '2026-01-01', until: undefined });
    expect(await takenOn(story, 'staff-s1', ['2033-01-01'])).toBeUndefined();
    await story.store('staff-s1', at, staff.TechnicianRevoked, { staffId, on: '2033-02-01' });
    const expiresAt = '2033-06-30T10:00:00.000Z';
    await story.store('token-k1', at, AccessTokenIssued, { tokenId: 'k1', staffId, expiresAt });
    expect(await takenOn(story, 'staff-s1', ['2038-02-01', '2038-06-30', '2038-07-01'])).toBe('2038-07-01');
    await story.temoin.close();
  });
});

describe('the identity of a member', () => {
  const left = async (story: Story, on: string) => {
    const memberId = 'm1';
    await story.store('member-m1', '2026-01-01T10:00:00.000Z', members.MemberRegistered, {
      memberId,
      status: 'active',
    });
    await story.store('member-m1', `${on}T10:00:00.000Z`, members.MemberLeft, { memberId, on });
  };

  it('leaves a year after the member did, and after the last journal that names them [charter:8.1f]', async () => {
    const story = await open('2026-06-05T16:00:00.000Z');
    await left(story, '2026-06-03');
    await story.session('m1', 'r1.1', '2026-07-06T14:00:00.000Z');
    const { viewStore, clock, eventStore, waitFor } = story.temoin;
    const plan = async () => {
      await waitFor('retention', (await eventStore.head()) ?? '', 5000);
      return retentionCalendar({ viewStore, now: clock.now() });
    };
    story.moveTo('2027-06-20T01:00:00.000Z');
    expect((await plan()).items.map(({ kind }) => kind)).not.toContain('member');
    // the journal goes on 7 July, the identity in the night after
    const nights = ['2027-06-04', '2027-07-06', '2027-07-07', '2027-07-08'];
    expect(await takenOn(story, 'member-m1', nights)).toBe('2027-07-08');
    expect(await story.opens('session-r1.1')).toBe('erased');
    await story.temoin.close();
  });

  it('stays while something of the member is held', async () => {
    const story = await open('2026-06-05T16:00:00.000Z');
    await left(story, '2026-06-03');
    await story.session('m1', 'r1.1', '2026-06-02T14:00:00.000Z');
    await story.hold('m1', 'm1/session:r1.1');
    expect(await takenOn(story, 'member-m1', ['2027-06-04', '2027-06-05', '2029-01-01'])).toBeUndefined();
    await story.temoin.close();
  });

  it('stays when the member comes back while the run is under way', async () => {
    const story = await open('2027-06-04T01:00:00.000Z');
    await left(story, '2026-06-03');
    await story.store('member-m0', '2026-01-01T10:00:00.000Z', members.MemberRegistered, {
      memberId: 'm0',
      status: 'active',
    });
    await story.store('member-m0', '2026-06-03T10:00:00.000Z', members.MemberLeft, {
      memberId: 'm0',
      on: '2026-06-03',
    });
    let first = true;
    const onStep = async (step: string) => {
      if (step !== 'condemn' || !first) return;
      first = false;
      const on = '2027-06-04';
      for (const memberId of ['m0', 'm1'])
        await story.store(`member-${memberId}`, `${on}T01:00:00.000Z`, members.MembershipRenewed, { memberId, on });
    };
    const report = await runRetention(story.options({ onStep }), day('2027-06-04'));
    // the one that was being condemned just then is gone, the other is kept
    expect(report).toMatchObject({ due: 1, destroyed: 1, failed: 0 });
    expect([await story.opens('member-m0'), await story.opens('member-m1')].sort()).toEqual(['erased', 'present']);
    await story.temoin.close();
  });

  it('of a membership that lapsed leaves three years on; renewed, it stays', async () => {
    const story = await open('2026-06-05T16:00:00.000Z');
    for (const memberId of ['m1', 'm2']) {
      const stream = `member-${memberId}`;
      const at = '2026-01-01T10:00:00.000Z';
      await story.store(stream, at, members.MemberRegistered, { memberId, status: 'active' });
      await story.store(stream, at, members.MembershipLapsed, { memberId, on: '2026-02-01' });
    }
    await story.store('member-m2', '2026-03-01T10:00:00.000Z', members.MembershipRenewed, {
      memberId: 'm2',
      on: '2026-03-01',
    });
    expect(await takenOn(story, 'member-m1', ['2029-02-01', '2029-02-02'])).toBe('2029-02-02');
    expect(await takenOn(story, 'member-m2', ['2040-01-01'])).toBeUndefined();
    await story.temoin.close();
  });
});

it('every rule says since when, for how long, and on what ground', () => {
  for (const { months, from, basis } of Object.values(retentionRules)) {
    expect(months === 'journal' || months >= 12).toBe(true);
    expect([from.length > 10, /charte|code|RGPD/.test(basis)]).toEqual([true, true]);
  }
});
