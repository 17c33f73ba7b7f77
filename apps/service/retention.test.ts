import { finishedStory } from './rights-story.js';
import { openSlice, type Slice } from './slice.js';
import type { Story } from './slice-story.js';

describe('retention over HTTP', () => {
  let slice: Slice;
  let story: Story;
  beforeAll(async () => {
    slice = await openSlice();
    story = await finishedStory(slice);
    await slice.settled();
    await entry();
    await slice.settled();
    expect((await slice.ok('Auditor', 'GET', `/accesses?memberId=${story.memberId}`)).items.length).toBe(1);
  });
  afterAll(async () => {
    expect(slice.faults).toEqual([]);
    await slice.close();
  });
  const run = (body: object, as: 'Director' | 'Administrator' | 'SupportLead' = 'Director') =>
    slice.send('POST', '/api/v1/retention/run', body, { as });
  const calendar = async (month?: string) =>
    (await slice.ok('Auditor', 'GET', `/retention${month === undefined ? '' : `?month=${month}`}`)).items;
  const entry = () =>
    slice.send('GET', `/api/v1/journal/${story.sessionId}?purpose=quality`, undefined, { as: 'SupportLead' });

  it('says what leaves in a month, with its last day, and opens nothing [charter:8.1f]', async () => {
    expect(await calendar()).toEqual([]);
    const items = await calendar('2027-06');
    expect(items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          kind: 'session',
          id: story.sessionId,
          memberId: story.memberId,
          lastConsultableDay: '2027-06-02',
          purgeDay: '2027-06-03',
          state: 'leaves',
        }),
      ]),
    );
    expect(JSON.stringify(items)).not.toMatch(/imprimante|Fictive/);
    expect((await slice.send('GET', '/api/v1/retention?month=2027-13', undefined, { as: 'Auditor' })).status).toBe(400);
  });

  it('tells before the day what a run would take, and takes nothing early [charter:4.4c]', async () => {
    expect((await run({ dry: true, day: '2027-06-02' })).body).toMatchObject({ dry: true, due: 0 });
    const dry = await run({ dry: true, day: '2027-06-03' });
    expect(dry.body).toMatchObject({ dry: true, due: 2, held: 0 });
    const early = await run({ day: '2027-06-03' });
    expect([early.status, early.body.code]).toEqual([422, 'retention-day-to-come']);
    expect(early.body.errors[0].pointer).toBe('/day');
    expect((await run({ day: 'demain' })).status).toBe(422);
  });

  it('takes it on its day, keeps what is held, and shows why it stays [charter:8.1f]', async () => {
    await slice.ok('Director', 'POST', `/members/${story.memberId}/holds`, {
      cells: [`${story.memberId}/request:${story.requestId}`],
      ground: 'court',
    });
    slice.moveTo('2027-06-03T01:00:00.000Z');
    const done = await run({});
    expect([done.status, done.body]).toEqual([
      200,
      expect.objectContaining({ dry: false, day: '2027-06-03', due: 2, destroyed: 1, held: 1, failed: 0 }),
    ]);
    await slice.settled();
    const { body } = await entry();
    expect([body.session.problem.problem.state, body.request.problem.state]).toEqual(['erased', 'present']);
    expect(await calendar()).toEqual([
      expect.objectContaining({ kind: 'request', state: 'held', hold: expect.objectContaining({ ground: 'court' }) }),
    ]);
  });

  it('twice changes nothing; every run is told [charter:4.4c]', async () => {
    expect((await run({})).body).toMatchObject({ repeated: true, destroyed: 0 });
    const { items } = await slice.ok('SupportLead', 'GET', '/retention/runs');
    expect(items).toEqual([expect.objectContaining({ day: '2027-06-03', due: 2, destroyed: 1, held: 1, members: 1 })]);
    const { items: log } = await slice.ok('Auditor', 'GET', '/streams/retention-association');
    expect(JSON.stringify(log[0])).toContain(slice.staffId);
  });

  it('is run by Director and administrator only', async () => {
    expect((await run({}, 'SupportLead')).status).toBe(403);
  });

  it('consultations older than twelve months are shown to nobody, nowhere [charter:8.1f]', async () => {
    await entry();
    await slice.settled();
    const accesses = async () => (await slice.ok('Auditor', 'GET', `/accesses?memberId=${story.memberId}`)).items;
    const replayed = async (): Promise<readonly { data: { at: string } }[]> =>
      (await slice.ok('Auditor', 'GET', `/streams/access-${story.memberId}?purpose=quality`)).items;
    expect((await accesses()).map((one: { at: string }) => one.at.slice(0, 4))).toEqual(['2027', '2027']);
    await slice.settled();
    const years = (await replayed()).map((one) => one.data.at.slice(0, 4));
    expect([...new Set(years)]).toEqual(['2027']);
  });
});
