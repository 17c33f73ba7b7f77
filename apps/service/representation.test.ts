import { openSlice, type Slice } from './slice.js';

describe('somebody who acts for a member (A15)', () => {
  let slice: Slice;
  beforeAll(async () => {
    slice = await openSlice();
  });
  afterAll(async () => {
    expect(slice.faults).toEqual([]);
    await slice.close();
  });

  it('asks in their name only when recorded; a minor who asks alone, and a late entry, are shown (A16)', async () => {
    const member = await slice.ok('SupportLead', 'POST', '/members', {
      membershipNumber: 'A-1',
      name: 'Mina Exemple',
      status: 'active',
      minor: true,
    });
    const memberId = member.id;
    const helper = { capacity: 'helper', name: 'Hugo Exemple', basis: 'Présent à ses côtés' };
    const minor = `/api/v1/members/${memberId}/representatives`;
    const refused = await slice.send('POST', minor, helper, { as: 'SupportLead' });
    expect([refused.status, refused.body.code]).toEqual([409, 'minor-needs-guardian']);
    const guardian = { ...helper, capacity: 'guardian', basis: 'Autorité parentale' };
    const { id: representativeId } = await slice.ok(
      'SupportLead',
      'POST',
      `/members/${memberId}/representatives`,
      guardian,
    );
    slice.moveTo('2026-06-04T08:00:00Z');
    const asked = { memberId, kind: 'access', channel: 'phone', concernsDirector: false };
    const ask = (more: object) => slice.send('POST', '/api/v1/rights', { ...asked, ...more }, { as: 'SupportLead' });
    const now = '2026-06-04T08:00:00Z';
    const stranger = await ask({ receivedAt: now, representativeId: 'nobody' });
    expect(stranger.body.code).toBe('rights-representative-unknown');
    const guarded = await ask({ receivedAt: '2026-06-02T08:00:00Z', representativeId });
    const alone = await ask({ receivedAt: now });
    await slice.settled();
    const { items } = await slice.ok('Director', 'GET', `/rights?memberId=${memberId}`);
    const of = (id: string) => items.find((one: { rightsId: string }) => one.rightsId === id);
    expect(of(guarded.body.id)).toMatchObject({ capacity: 'guardian', minorAlone: false, recordedLate: true });
    expect(of(alone.body.id)).toMatchObject({ minorAlone: true, recordedLate: false });
    expect(of(alone.body.id)).not.toHaveProperty('representativeId');
  });
});
