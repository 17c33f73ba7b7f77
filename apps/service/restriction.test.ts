import { receive } from './rights-story.js';
import { openSlice, type Slice } from './slice.js';
import { prepareStory, publishCharter, type Story } from './slice-story.js';

describe('restriction over HTTP', () => {
  let slice: Slice;
  let story: Story;
  let other: Story;
  beforeAll(async () => {
    slice = await openSlice();
    const charter = await publishCharter(slice);
    story = await prepareStory(slice, charter);
    other = await prepareStory(slice, charter);
    slice.moveTo('2026-06-02T07:30:00.000Z');
  });
  afterAll(() => slice.close());
  const restriction = (path = '', body: object = {}) =>
    slice.send('POST', `/api/v1/members/${story.memberId}/restriction${path}`, body, { as: 'Director' });
  const work = async () => {
    await slice.settled();
    return slice.ok('Director', 'GET', '/work');
  };

  it('hides the member from the work list and marks them elsewhere, without losing count [charter:4.3]', async () => {
    expect((await work()).appointmentsToday.total).toBe(2);
    const rightsId = await receive(slice, story.memberId, 'restriction', { receivedAt: '2026-06-02T09:10:00+02:00' });
    expect((await restriction('', { ground: 'accuracy-contested', rightsId })).status).toBe(200);
    const { appointmentsToday, hiddenByRestriction, toDecide } = await work();
    expect(appointmentsToday).toMatchObject({ total: 1, items: [{ memberId: other.memberId }] });
    expect(hiddenByRestriction).toBe(1);
    expect(toDecide.rightsToAnswer.items.map((one: { rightsId: string }) => one.rightsId)).toContain(rightsId);
    const members = (await slice.ok('Technician', 'GET', '/members')).items;
    const marks = Object.fromEntries(
      members.map((one: { memberId: string; restricted: boolean }) => [one.memberId, one.restricted]),
    );
    expect(marks).toEqual({ [story.memberId]: true, [other.memberId]: false });
    expect((await slice.ok('Director', 'GET', '/members?restricted=true')).items).toHaveLength(1);
    const file = await slice.ok('Director', 'GET', `/members/${story.memberId}?purpose=rights`);
    expect(file.restriction).toMatchObject({ ground: 'accuracy-contested', rightsId });
  });

  it('ends only after the member was told [charter:4.3]', async () => {
    const early = await restriction('/lift');
    expect([early.status, early.body.code]).toEqual([409, 'restriction-lift-not-announced']);
    const announced = await restriction('/announcement', { warnedAt: '2026-06-02T09:30:00+02:00', channel: 'phone' });
    expect(announced.status).toBe(200);
    expect((await restriction('/lift')).body.events).toEqual(['RestrictionLifted']);
    const { appointmentsToday, hiddenByRestriction } = await work();
    expect([appointmentsToday.total, hiddenByRestriction]).toEqual([2, 0]);
    const again = await restriction('/announcement', { warnedAt: '2026-06-02T09:30:00+02:00', channel: 'phone' });
    expect([again.status, again.body.code]).toEqual([409, 'member-not-restricted']);
  });

  it('is the Director’s, a delegate’s or the President’s to decide', async () => {
    const path = `/api/v1/members/${story.memberId}/restriction`;
    const refused = await slice.send('POST', path, { ground: 'needed-for-claims' }, { as: 'SupportLead' });
    expect([refused.status, refused.body.code]).toEqual([403, 'restriction-needs-director']);
  });
});

describe('unsubscribing, leaving and erasure [charter:4.3] [charter:3.1c]', () => {
  it('are three different things: none brings another with it (A17)', async () => {
    const slice = await openSlice();
    const { memberId } = await prepareStory(slice, await publishCharter(slice));
    const file = async () => {
      await slice.settled();
      return slice.ok('Director', 'GET', `/members/${memberId}?purpose=rights`);
    };
    const present = { state: 'present', value: 'Ève Fictive' };
    const at = '2026-06-02T09:00:00+02:00';
    const off = await slice.ok('SupportLead', 'POST', `/members/${memberId}/unsubscribe`, { at, channel: 'phone' });
    expect(off.events).toEqual(['ServiceUnsubscribed']);
    expect(await file()).toMatchObject({ status: 'active', subscribed: false, identity: { name: present } });

    const left = await slice.ok('SupportLead', 'POST', `/members/${memberId}/leave`, { on: '2026-06-02' });
    expect(left.events).toEqual(['MemberLeft']);
    expect(await file()).toMatchObject({ status: 'left', identity: { name: present } });

    const rightsId = await receive(slice, memberId, 'erasure', { receivedAt: at });
    const asked = await slice.ok('Auditor', 'GET', `/streams/rights-${rightsId}?purpose=rights`);
    expect(asked.items.map((one: { type: string }) => one.type)).toEqual([
      'RightsRequestReceived',
      'DataErasureRequested',
    ]);
    expect(await file()).toMatchObject({ status: 'left', subscribed: false, identity: { name: present } });
    const stream = await slice.ok('Auditor', 'GET', `/streams/member-${memberId}?purpose=rights`);
    expect(stream.items.map((one: { type: string }) => one.type)).toEqual([
      'MemberRegistered',
      'ServiceUnsubscribed',
      'MemberLeft',
    ]);
    expect(slice.faults).toEqual([]);
    await slice.close();
  });
});

describe('rectification [charter:4.3]', () => {
  it('shows the corrected value; the auditor sees both until they are erased', async () => {
    const slice = await openSlice();
    const { memberId } = await prepareStory(slice, await publishCharter(slice));
    const path = `/api/v1/members/${memberId}/identity`;
    const correct = { name: 'Ève Corrigée', reason: 'member-request' };
    const done = await slice.send('POST', path, correct, { as: 'SupportLead', headers: { 'if-match': '"0"' } });
    expect(done.status).toBe(200);
    await slice.settled();
    const file = await slice.ok('Director', 'GET', `/members/${memberId}?purpose=rights`);
    expect(file.identity.name).toEqual({ state: 'present', value: 'Ève Corrigée' });
    const names = async () => {
      const { items } = await slice.ok('Auditor', 'GET', `/streams/member-${memberId}?purpose=rights`);
      return items.map((one: { type: string; data: { name: { state: string; value?: string }; reason?: string } }) => [
        one.type,
        one.data.name.state,
        one.data.name.value,
        one.data.reason,
      ]);
    };
    expect(await names()).toEqual([
      ['MemberRegistered', 'present', 'Ève Fictive', undefined],
      ['MemberIdentityCorrected', 'present', 'Ève Corrigée', 'member-request'],
    ]);
    const destroyedAt = slice.temoin.clock.now();
    await slice.temoin.vault.destroy(`${memberId}/identity` as never, { destroyedAt, proof: 'erasure-1' });
    expect((await names()).map(([, state]: readonly string[]) => state)).toEqual(['erased', 'erased']);
    await slice.close();
  });
});
