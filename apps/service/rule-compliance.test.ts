import { finishedStory } from './rights-story.js';
import { openSlice } from './slice.js';

describe('compliance rule by rule', () => {
  it('counts sessions and refusals as they happen, for each viewer what they may see [charter:8.1a]', async () => {
    const slice = await openSlice();
    const story = await finishedStory(slice);
    const start = () =>
      slice.send(
        'POST',
        '/api/v1/members',
        { membershipNumber: 'X', name: 'Carte 4111 1111 1111 1111', status: 'active', minor: false },
        { as: 'SupportLead' },
      );
    const again = () =>
      slice.send(
        'POST',
        `/api/v1/sessions/${story.sessionId}/extension`,
        { minutes: 5, memberAccepted: true },
        { as: 'Technician' },
      );
    const refusals = [await start(), await again(), await again(), await again()];
    const noted = refusals.filter(({ body, status }) => status >= 400 && body.rule !== undefined);
    await slice.settled();
    const all = await slice.ok('Director', 'GET', '/compliance/rules');
    const total = all.items.reduce(
      (sum: number, one: { figures: { refused: number } }) => sum + one.figures.refused,
      0,
    );
    expect(total).toBe(noted.filter(({ status }) => status !== 404).length);
    expect(all.items.find((one: { row: string }) => one.row === '8.1a')).toMatchObject({
      exercised: true,
      figures: { kept: 1 },
    });
    const seen = await slice.ok('Auditor', 'GET', '/compliance/rules');
    expect(seen.items.find((one: { row: string }) => one.row === '8.1a').figures.kept).toBeNull();
    const one = await slice.ok('Director', 'GET', '/compliance/rules/8.1a');
    expect(one.items[0]).toMatchObject({ stream: `session-${story.sessionId}` });
    expect((await slice.send('GET', '/api/v1/compliance/rules/99', undefined, { as: 'Director' })).status).toBe(404);
    expect(
      (await slice.send('GET', '/api/v1/compliance/rules?from=2026-13', undefined, { as: 'Director' })).status,
    ).toBe(400);
    expect(slice.faults).toEqual([]);
    await slice.close();
  });
});
