import { finishedStory } from './rights-story.js';
import { openSlice, type Slice } from './slice.js';
import type { Story } from './slice-story.js';

describe('striking out one text of a request over HTTP [charter:3.3a]', () => {
  let slice: Slice;
  let story: Story;
  beforeAll(async () => {
    slice = await openSlice();
    story = await finishedStory(slice);
  });
  afterAll(() => slice.close());
  const asked = async () => {
    await slice.settled();
    return slice.ok('Director', 'GET', `/requests/${story.requestId}?purpose=quality`);
  };
  const entry = async () => {
    await slice.settled();
    return (await slice.ok('Director', 'GET', `/journal/${story.sessionId}?purpose=quality`)).session;
  };
  const waiting = async () => {
    await slice.settled();
    return (await slice.ok('Director', 'GET', '/strike-outs?state=waiting')).items;
  };
  const textOf = async (field: string) => {
    const { targetEventId } = (await asked()).texts.find((one: { field: string }) => one.field === field);
    return { targetEventId, field };
  };
  const report = (place: object) => ({ ...place, reason: 'third-person' });
  const post = (as: 'Technician' | 'Director', path: string, body: object) =>
    slice.send('POST', `/api/v1/requests/${story.requestId}/strike-outs${path}`, body, { as });

  it('the request says which texts it holds, and its list line says nothing of them', async () => {
    const { texts, strikeOuts, problem } = await asked();
    expect(texts.map((one: { field: string }) => one.field)).toEqual(expect.arrayContaining(['problem', 'scope']));
    expect([strikeOuts, problem.state]).toEqual([[], 'present']);
    const { items } = await slice.ok('Director', 'GET', '/requests');
    expect(Object.keys(items[0])).not.toEqual(expect.arrayContaining(['texts']));
  });

  it('a problem reported in the journal is said to stand in the request too, where and in French', async () => {
    const { problem } = await entry();
    const own = report({ targetEventId: problem.eventId, field: 'problem' });
    const path = `/api/v1/sessions/${story.sessionId}/strike-outs`;
    const { body } = await slice.send('POST', path, own, { as: 'Technician' });
    const told = { requestId: story.requestId, ...(await textOf('problem')) };
    expect(body.sameText).toEqual({ detail: expect.stringContaining('demande'), places: [told] });
    expect(await waiting()).toMatchObject([{ sessionId: story.sessionId, sameText: { places: [told] } }]);
    // another text is told once
    const { actions } = await entry();
    const other = report({ targetEventId: actions[0].eventId, field: 'description' });
    expect((await slice.send('POST', path, other, { as: 'Technician' })).body).not.toHaveProperty('sameText');
    const granted = await slice.ok('Director', 'POST', `/sessions/${story.sessionId}/strike-outs/${body.id}/decision`, {
      decision: 'granted',
    });
    expect(granted.sameText.places).toEqual([told]);
  });

  it('is reported by anybody of the team, once, and waits for the Director', async () => {
    const place = await textOf('problem');
    const { status, body } = await post('Technician', '', report(place));
    expect([status, body.events]).toEqual([201, ['RequestTextReported']]);
    // the journal's was granted already
    expect(body).not.toHaveProperty('sameText');
    expect((await post('Technician', '', report(place))).body).toMatchObject({ events: [], id: body.id });
    const wrong = await post('Technician', '', report({ ...place, field: 'channel' }));
    expect([wrong.status, wrong.body.code]).toEqual([422, 'strike-out-target-unknown']);
    expect((await post('Technician', `/${body.id}/decision`, { decision: 'granted' })).status).toBe(403);
    const list = await slice.ok('Director', 'GET', `/strike-outs?requestId=${story.requestId}`);
    expect(list.items).toMatchObject([{ ...place, requestId: story.requestId, state: 'waiting' }]);
    expect((await slice.ok('Director', 'GET', '/work')).toDecide.strikeOutsToDecide.total).toBe(2);
  });

  it('the request shows that and when it was decided, and the text itself when it is gone', async () => {
    const [{ strikeOutId, targetEventId }] = (
      await slice.ok('Director', 'GET', `/strike-outs?requestId=${story.requestId}`)
    ).items;
    slice.moveTo('2026-06-02T09:00:00.000Z');
    expect((await post('Director', `/${strikeOutId}/decision`, { decision: 'granted' })).status).toBe(200);
    const otherwise = await post('Director', `/${strikeOutId}/decision`, { decision: 'refused' });
    expect([otherwise.status, otherwise.body.code]).toEqual([409, 'strike-out-decided']);
    expect((await post('Director', '/nothing/decision', { decision: 'granted' })).status).toBe(404);
    const decidedAt = '2026-06-02T09:00:00.000Z';
    expect((await asked()).strikeOuts).toMatchObject([{ strikeOutId, decision: 'granted', decidedAt }]);
    const { items } = await slice.ok('Director', 'GET', `/destructions?reference=${strikeOutId}`);
    const cell = `${story.memberId}/request:${story.requestId}/${targetEventId}.problem`;
    expect(items).toMatchObject([{ cause: 'strike-out', status: 'decided', cells: [cell] }]);
    // what the erasure process does with the decision
    await slice.temoin.vault.destroy(cell as never, { destroyedAt: slice.temoin.clock.now(), proof: strikeOutId });
    const after = await asked();
    expect(after.problem).toEqual({ state: 'erased', erasedAt: decidedAt, proof: strikeOutId });
    expect(after.scope.state).toBe('present');
  });

  it('waits while the text is held [charter:8.1f]', async () => {
    const { id } = (await post('Technician', '', report(await textOf('scope')))).body;
    const cells = [`${story.memberId}/request:${story.requestId}`];
    await slice.ok('Director', 'POST', `/members/${story.memberId}/holds`, { cells, ground: 'court' });
    const held = await post('Director', `/${id}/decision`, { decision: 'granted' });
    expect([held.status, held.body.code]).toEqual([409, 'strike-out-held']);
    expect((await post('Director', `/${id}/decision`, { decision: 'refused' })).status).toBe(200);
    expect(slice.faults).toEqual([]);
  });
});
