import { receive } from './rights-story.js';
import { openSlice } from './slice.js';
import { beginStory, prepareStory, publishCharter } from './slice-story.js';

interface Line {
  readonly cell: string;
  readonly kind: string;
  readonly label: string;
  readonly fixed: boolean;
  readonly suggestion: { readonly decision: string; readonly ground?: string };
}

describe('what a decision grid proposes', () => {
  it('follows running sessions and open cases, and says what is condemned already [charter:4.3]', async () => {
    const slice = await openSlice();
    const story = await prepareStory(slice, await publishCharter(slice));
    await beginStory(slice, story);
    const { memberId, sessionId } = story;
    const receivedAt = '2026-06-02T09:30:00+02:00';
    const earlier = await receive(slice, memberId, 'access', { receivedAt, details: 'Une copie.' });
    const rightsId = await receive(slice, memberId, 'erasure', { receivedAt, details: 'Tout effacer.' });
    await slice.ok('Director', 'POST', `/rights/${rightsId}/identity`, { method: 'in-person' });
    const grid = async (): Promise<readonly Line[]> => {
      await slice.settled();
      return (await slice.ok('Director', 'GET', `/rights/${rightsId}/grid`)).lines;
    };
    const line = async (end: string) => (await grid()).find(({ cell }) => cell === `${memberId}/${end}`);
    const keep = (ground: string) => ({ decision: 'keep', ground });
    const decide = (lines: readonly Line[], change: Readonly<Record<string, object>> = {}) =>
      slice.send(
        'POST',
        `/api/v1/rights/${rightsId}/decision`,
        {
          grounds: [],
          reasons: 'Une intervention est en cours.',
          grid: lines.map(({ cell, suggestion }) => ({ cell, ...(change[cell] ?? suggestion) })),
        },
        { as: 'Director' },
      );

    expect(await line(`session:${sessionId}`)).toMatchObject({ fixed: true, suggestion: keep('still-running') });
    expect(await line(`rights:${earlier}`)).toMatchObject({ fixed: false, suggestion: keep('case-in-progress') });
    const running = await decide(await grid(), { [`${memberId}/session:${sessionId}`]: { decision: 'erase' } });
    expect([running.status, running.body.code]).toEqual([409, 'rights-session-running']);

    await slice.ok('Director', 'POST', `/rights/${earlier}/withdraw`);
    expect(await line(`rights:${earlier}`)).toMatchObject({ suggestion: { decision: 'erase' } });
    const hold = { cells: [`${memberId}/request:${story.requestId}`], ground: 'court' };
    const { id } = await slice.ok('Director', 'POST', `/members/${memberId}/holds`, hold);
    expect(await line(`request:${story.requestId}`)).toMatchObject({ fixed: true, suggestion: keep('legal-claim') });
    await slice.ok('Director', 'POST', `/members/${memberId}/holds/${id}/release`, { reason: 'placed-in-error' });

    slice.moveTo('2026-06-02T08:20:00.000Z');
    await slice.ok('Technician', 'POST', `/sessions/${sessionId}/end`);
    expect(await line(`session:${sessionId}`)).toMatchObject({ fixed: false, suggestion: { decision: 'erase' } });
    expect((await decide(await grid())).status).toBe(200);
    const decided = await slice.ok('Director', 'GET', `/rights/${rightsId}/grid`);
    expect(decided.decided).toBe(true);
    expect(slice.faults).toEqual([]);
    await slice.close();
  });
});
