import { finishedStory } from './rights-story.js';
import { openSlice, type Slice } from './slice.js';
import type { Story } from './slice-story.js';

describe('striking out one text over HTTP [charter:3.3a]', () => {
  let slice: Slice;
  let story: Story;
  let targetEventId: string;
  beforeAll(async () => {
    slice = await openSlice();
    story = await finishedStory(slice);
    await slice.settled();
    targetEventId = (await entry()).actions[0].eventId;
  });
  afterAll(() => slice.close());
  const entry = async () => {
    await slice.settled();
    return (await slice.ok('Director', 'GET', `/journal/${story.sessionId}?purpose=quality`)).session;
  };
  const post = (as: 'Technician' | 'Director', path: string, body: object) =>
    slice.send('POST', `/api/v1/sessions/${story.sessionId}/strike-outs${path}`, body, { as });

  it('is reported by anybody of the team, once, and waits for the Director', async () => {
    const report = { targetEventId, field: 'description', reason: 'seen-on-the-computer' };
    const { status, body } = await post('Technician', '', report);
    expect([status, body.events]).toEqual([201, ['StrikeOutRequested']]);
    expect((await post('Technician', '', report)).body).toMatchObject({ events: [], id: body.id });
    const wrong = await post('Technician', '', { ...report, field: 'category' });
    expect([wrong.status, wrong.body.code]).toEqual([422, 'strike-out-target-unknown']);
    await slice.settled();
    const { items } = await slice.ok('Director', 'GET', '/strike-outs?state=waiting');
    expect(items).toMatchObject([
      { targetEventId, field: 'description', state: 'waiting', sessionId: story.sessionId },
    ]);
    expect((await slice.ok('Director', 'GET', '/work')).toDecide.strikeOutsToDecide.total).toBe(1);
    expect((await post('Technician', `/${body.id}/decision`, { decision: 'granted' })).status).toBe(403);
  });

  it('the journal shows that and when it was decided, and the text itself when it is gone', async () => {
    const [{ strikeOutId }] = (await slice.ok('Director', 'GET', '/strike-outs')).items;
    slice.moveTo('2026-06-02T09:00:00.000Z');
    expect((await post('Director', `/${strikeOutId}/decision`, { decision: 'granted' })).status).toBe(200);
    const otherwise = await post('Director', `/${strikeOutId}/decision`, { decision: 'refused' });
    expect([otherwise.status, otherwise.body.code]).toEqual([409, 'strike-out-decided']);
    const struck = await entry();
    expect(struck.strikeOuts).toMatchObject([
      { strikeOutId, targetEventId, field: 'description', decision: 'granted', decidedAt: '2026-06-02T09:00:00.000Z' },
    ]);
    // what the erasure process does with the decision
    const cell = `${story.memberId}/session:${story.sessionId}/${targetEventId}.description`;
    await slice.temoin.vault.destroy(cell as never, { destroyedAt: slice.temoin.clock.now(), proof: strikeOutId });
    const after = await entry();
    expect(after.actions[0].description).toEqual({
      state: 'erased',
      erasedAt: '2026-06-02T09:00:00.000Z',
      proof: strikeOutId,
    });
    expect(after.problem.problem.state).toBe('present');
    expect((await slice.ok('Director', 'GET', '/strike-outs?state=waiting')).items).toEqual([]);
  });

  it('waits while the text is held [charter:8.1f]', async () => {
    const { problem } = await entry();
    const report = { targetEventId: problem.eventId, field: 'problem', reason: 'third-person' };
    const { id } = (await post('Technician', '', report)).body;
    const cells = [`${story.memberId}/session:${story.sessionId}`];
    await slice.ok('Director', 'POST', `/members/${story.memberId}/holds`, { cells, ground: 'court' });
    const held = await post('Director', `/${id}/decision`, { decision: 'granted' });
    expect([held.status, held.body.code]).toEqual([409, 'strike-out-held']);
    expect((await post('Director', `/${id}/decision`, { decision: 'refused' })).status).toBe(200);
    expect(slice.faults).toEqual([]);
  });
});
