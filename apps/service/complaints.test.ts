import { finishedStory } from './rights-story.js';
import { openSlice, type Slice } from './slice.js';
import type { Story } from './slice-story.js';

/** A complaint from the telephone to the mediator, asked over HTTP as people would. */
describe('a complaint', () => {
  let slice: Slice;
  let story: Story;
  let inquirerId: string;
  beforeEach(async () => {
    slice = await openSlice();
    story = await finishedStory(slice);
    inquirerId = String((await slice.ok('Administrator', 'POST', '/staff', { name: 'Inès Enquête (fictive)' })).id);
  });
  afterEach(async () => {
    expect(slice.faults).toEqual([]);
    await slice.close();
  });

  const filing = (more: object = {}) => ({
    memberId: story.memberId,
    channel: 'email',
    receivedAt: '2026-06-02T10:30:00+02:00',
    learnedOn: '2026-06-02',
    facts: 'L’imprimante ne marche plus du tout.',
    consequences: 'Plus de factures depuis ce matin.',
    sessionIds: [story.sessionId],
    against: [],
    concernsDirector: false,
    ...more,
  });
  const file = async (more: object = {}): Promise<string> =>
    String((await slice.ok('Technician', 'POST', '/complaints', filing(more))).id);
  const post = (as: Parameters<Slice['ok']>[0], id: string, path: string, body: object) =>
    slice.ok(as, 'POST', `/complaints/${id}/${path}`, body);
  const now = '2026-06-02T10:30:00+02:00';

  it('is answered once its sessions are held, and says in its file by which derivation each clock runs [charter:9.1]', async () => {
    const id = await file();
    await slice.settled();
    const one = await slice.ok('Director', 'GET', `/complaints/${id}?purpose=dispute`);
    expect(one.holds).toMatchObject([{ holdId: `${id}.h1`, state: 'live', tooLate: [], releaseProposed: false }]);
    expect(one.holds[0].cells).toContain(`${story.memberId}/session:${story.sessionId}`);
    expect(one.clocks[0]).toMatchObject({ clock: 'prompt-complaint', lastDay: '2026-06-10', inTime: true });
    expect(one.clocks[0].derivation).toBe(
      '8 jours à compter du lendemain du mardi 2 juin → mercredi 10 juin 2026, 24 h',
    );
    expect(one.facts).toEqual({ state: 'present', value: filing().facts });
    await slice.settled();
    const { items } = await slice.ok('Auditor', 'GET', `/accesses?memberId=${story.memberId}`);
    expect(items[0]).toMatchObject({ what: 'complaint', purpose: 'dispute' });
    const list = await slice.ok('SupportLead', 'GET', '/complaints?open=true');
    expect(list.items).toMatchObject([{ complaintId: id, stage: 'filed', overdue: false }]);
    expect(JSON.stringify(list)).not.toContain('imprimante');
  });

  it('goes through inquiry, qualification, proposal and mediator; its closing proposes the release of the hold [charter:9.2] [charter:6.3]', async () => {
    const id = await file();
    await post('SupportLead', id, 'acknowledgement', { acknowledgedAt: now, channel: 'email' });
    await post('Director', id, 'inquirer', { inquirerId });
    const ran = await slice.send(
      'POST',
      `/api/v1/complaints/${id}/inquirer`,
      { inquirerId: story.technicianId },
      { as: 'Director' },
    );
    expect([ran.status, ran.body.code, ran.body.rule]).toEqual([409, 'complaint-inquirer-concerned', 'charter:9.2']);
    const journal = await slice.ok('Director', 'GET', `/journal/${story.sessionId}?purpose=dispute`);
    const evidence = [
      { kind: 'state-before', sessionId: story.sessionId, eventId: journal.session.stateBefore.eventId },
    ];
    await post('Director', id, 'qualification', {
      faultQualification: 'no-fault',
      damageType: 'prior-hardware-defect',
      reasons: 'La panne existait avant.',
      evidence,
    });
    const proposal = await post('Director', id, 'proposals', {
      terms: 'Un nouveau rendez-vous.',
      proposedAt: now,
      channel: 'email',
    });
    await post('SupportLead', id, `proposals/${proposal.id}/answer`, {
      agreed: false,
      answeredAt: now,
      channel: 'phone',
    });
    await post('Director', id, 'referrals', {
      recipient: 'mediator',
      recipientName: 'Médiatrice (fictive)',
      ground: 'mediation',
      variant: 'minimised',
      contentSha256: 'b'.repeat(64),
      sentAt: now,
      channel: 'post',
      initiatedBy: 'member',
    });
    const without = await slice.send(
      'POST',
      `/api/v1/complaints/${id}/close`,
      { outcome: 'no-agreement', finalAnswer: 'Non.', mediatorContactGiven: false, channel: 'post' },
      { as: 'Director' },
    );
    expect([without.status, without.body.code]).toEqual([422, 'complaint-mediator-missing']);
    await post('Director', id, 'close', {
      outcome: 'referred',
      finalAnswer: 'Le médiateur est saisi.',
      mediatorContactGiven: true,
      channel: 'post',
    });
    await slice.settled();
    const work = await slice.ok('Director', 'GET', '/work');
    expect(work.toDecide.holdsToRelease).toMatchObject({ total: 1, items: [{ complaintId: id, holdId: `${id}.h1` }] });
    const one = await slice.ok('President', 'GET', `/complaints/${id}?purpose=dispute`);
    expect(one).toMatchObject({ stage: 'closed', holds: [{ state: 'live', releaseProposed: true }] });
    expect(one.disclosures[0]).toMatchObject({
      recipient: 'mediator',
      early: false,
      recipientName: { state: 'present' },
    });
    await slice.ok('Director', 'POST', `/members/${story.memberId}/holds/${id}.h1/release`, {
      reason: 'dispute-closed',
    });
    await slice.settled();
    expect((await slice.ok('Director', 'GET', '/work')).toDecide.holdsToRelease.total).toBe(0);
  });

  it('against the Director is the President’s [charter:9.2]', async () => {
    const id = await file({ concernsDirector: true });
    const refused = await slice.send('POST', `/api/v1/complaints/${id}/inquirer`, { inquirerId }, { as: 'Director' });
    expect([refused.status, refused.body.code]).toEqual([403, 'complaint-needs-president']);
    await post('President', id, 'inquirer', { inquirerId });
  });

  it('is read by the technician who inquires, and by no other', async () => {
    const id = await file();
    await slice.settled();
    const read = () => slice.send('GET', `/api/v1/complaints/${id}?purpose=quality`, undefined, { as: 'Technician' });
    expect((await read()).status).toBe(403);
    await post('Director', id, 'inquirer', { inquirerId: slice.staffId });
    await slice.settled();
    expect((await read()).status).toBe(200);
    await post('Technician', id, 'findings', { findings: 'Câble débranché.' });
  });

  it('keeps an erasure decided later from taking what is disputed [charter:4.3] [charter:8.1f]', async () => {
    const id = await file();
    const received = {
      memberId: story.memberId,
      kind: 'erasure',
      channel: 'email',
      receivedAt: now,
      concernsDirector: false,
    };
    const rights = (await slice.ok('Director', 'POST', '/rights', received)).id;
    await slice.ok('Director', 'POST', `/rights/${rights}/identity`, { method: 'call-back' });
    await slice.settled();
    const { lines } = await slice.ok('Director', 'GET', `/rights/${rights}/grid`);
    const held = (lines as { cell: string; fixed: boolean }[]).filter((one) => one.fixed).map((one) => one.cell);
    expect(held.sort()).toEqual(
      [`complaint:${id}`, `request:${story.requestId}`, `session:${story.sessionId}`].map(
        (one) => `${story.memberId}/${one}`,
      ),
    );
  });

  it('repeated under its key is one complaint with one hold', async () => {
    const send = () =>
      slice.send('POST', '/api/v1/complaints', filing(), { as: 'Technician', headers: { 'idempotency-key': 'k-1' } });
    const [first, second] = [await send(), await send()];
    expect([first.status, second.status, second.headers['idempotency-replayed']]).toEqual([201, 201, 'true']);
    expect(second.body.id).toBe(first.body.id);
    await slice.settled();
    const { items } = await slice.ok('Director', 'GET', `/holds?memberId=${story.memberId}`);
    expect(items).toHaveLength(1);
  });

  it('on the last day before the purge is held before it is filed; refused, nothing stays held [charter:8.1f]', async () => {
    slice.moveTo('2027-06-02T21:59:50.000Z');
    const late = { receivedAt: '2027-06-02T23:59:00+02:00', learnedOn: '2027-06-01' };
    const refused = await slice.send(
      'POST',
      '/api/v1/complaints',
      filing({ ...late, facts: 'Code : 4111 1111 1111 1111' }),
      { as: 'Technician' },
    );
    expect(refused.status).toBe(422);
    await slice.settled();
    const holds = async () =>
      (await slice.ok('Director', 'GET', `/holds?memberId=${story.memberId}`)).items as {
        holdId: string;
        state: string;
      }[];
    expect((await holds()).map(({ state }) => state)).toEqual(['released']);
    const id = await file(late);
    await slice.settled();
    const live = (await holds()).filter(({ state }) => state === 'live');
    expect(live.map(({ holdId }) => holdId.startsWith(id))).toEqual([true, true]);
    const positions: string[] = [];
    for await (const stored of slice.temoin.eventStore.readAll({ streamPrefixes: ['complaint-', 'custody-'] }))
      positions.push(stored.type);
    expect(positions).toEqual([
      'LegalHoldPlaced',
      'LegalHoldReleased',
      'LegalHoldPlaced',
      'ComplaintFiled',
      'LegalHoldPlaced',
    ]);
  });
});
