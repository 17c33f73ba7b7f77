import { finishedStory, receive } from './rights-story.js';
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
  it('keeps what a complaint holds, and the identity while one is open [charter:8.1f] [charter:9.2]', async () => {
    const slice = await openSlice();
    const { memberId, sessionId } = await finishedStory(slice);
    const filed = {
      memberId,
      channel: 'email',
      receivedAt: '2026-06-02T10:30:00+02:00',
      learnedOn: '2026-06-02',
      facts: 'Elle n’imprime plus.',
      consequences: 'Plus de factures.',
      sessionIds: [sessionId],
      against: [],
      concernsDirector: false,
    };
    const { id } = await slice.ok('Technician', 'POST', '/complaints', filed);
    const receivedAt = '2026-06-02T10:30:00+02:00';
    const rightsId = await receive(slice, memberId, 'erasure', { receivedAt });
    const grid = async (): Promise<Readonly<Record<string, Line>>> => {
      await slice.settled();
      const { lines } = await slice.ok('Director', 'GET', `/rights/${rightsId}/grid`);
      return Object.fromEntries(lines.map((one: Line) => [one.kind, one]));
    };
    const held = await grid();
    expect(held.session).toMatchObject({ fixed: true, suggestion: { decision: 'keep', ground: 'legal-claim' } });
    expect(held.complaint).toMatchObject({ fixed: true, label: 'la réclamation du mardi 2 juin 2026' });
    expect(held.identity).toMatchObject({ fixed: false, suggestion: { decision: 'keep', ground: 'legal-claim' } });

    const release = { reason: 'placed-in-error' };
    await slice.ok('Director', 'POST', `/members/${memberId}/holds/${id}.h1/release`, release);
    const released = await grid();
    expect(released.session).toMatchObject({ fixed: false, suggestion: { decision: 'erase' } });
    expect(released.complaint).toMatchObject({ suggestion: { decision: 'keep', ground: 'case-in-progress' } });
    const withdrawal = { withdrawnAt: receivedAt, channel: 'email' };
    await slice.ok('SupportLead', 'POST', `/complaints/${id}/withdraw`, withdrawal);
    const ended = await grid();
    expect(ended.complaint).toMatchObject({ suggestion: { decision: 'erase' } });
    expect(ended.identity).toMatchObject({ suggestion: { decision: 'erase' } });
    expect(slice.faults).toEqual([]);
    await slice.close();
  });

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
