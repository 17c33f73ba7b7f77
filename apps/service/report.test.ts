import { finishedStory } from './rights-story.js';
import { openSlice, type Slice } from './slice.js';
import type { Story } from './slice-story.js';

/** The written summary of article 8.2, asked for, given out, corrected, and proven later. */
describe('the report of a session', () => {
  let slice: Slice;
  let story: Story;
  beforeEach(async () => {
    slice = await openSlice();
    story = await finishedStory(slice);
  });
  afterEach(async () => {
    expect(slice.faults).toEqual([]);
    await slice.close();
  });
  const at = (path: string) => `/sessions/${story.sessionId}${path}`;
  const give = () => slice.send('POST', `/api/v1${at('/reports')}`, { channel: 'email' }, { as: 'Technician' });
  const read = (version: number, format = 'json') =>
    slice.send('GET', `/api/v1${at(`/reports/${version}`)}?purpose=support&format=${format}`, undefined, {
      as: 'Technician',
    });

  it('says what article 8.1 lists, with what was not observed and deviations in neutral words [charter:8.2] [charter:2.1]', async () => {
    await slice.ok('Technician', 'POST', at('/report-request'), { channel: 'phone' });
    const given = await give();
    expect([given.status, given.headers.location]).toEqual([201, `/api/v1${at('/reports/1')}`]);
    const { text } = await read(1, 'text');
    for (const words of [
      'Rapport d’intervention du mardi 2 juin 2026',
      'Adhérent : Ève Fictive, n° T-42',
      'Obligation de moyens',
      'Temps de connexion : 29 minutes',
      'L’imprimante n’imprime plus.',
      'File d’attente bloquée.',
      'réglages : File vidée.',
      'Page d’essai imprimée.',
      'Résolu.',
    ])
      expect(text).toContain(words);
    expect(text).not.toMatch(/[a-z]+-[a-z]+ed|undefined|\[object|\$sealed/);
    await slice.settled();
    const { items } = await slice.ok('Auditor', 'GET', `/accesses?memberId=${story.memberId}`);
    expect(items[0]).toMatchObject({ what: 'journal-entry', purpose: 'support', sessionId: story.sessionId });
  });

  it('has a second version after a correction; the first stays provable by its digest [charter:8.2]', async () => {
    await give();
    const first = (await read(1)).body;
    expect(first).toMatchObject({ proof: 'proven', htmlSha256: first.issued.htmlSha256 });
    const same = await give();
    expect([same.status, same.body.events]).toEqual([201, []]);

    const entry = await slice.ok('Technician', 'GET', `/journal/${story.sessionId}?purpose=support`);
    const correction = {
      targetEventId: entry.session.actions[0].eventId,
      field: 'description',
      value: 'File relancée.',
      reason: 'wrong-fact',
    };
    const sent = await slice.send('POST', `/api/v1${at('/corrections')}`, correction, {
      as: 'Technician',
      headers: { 'if-match': '*' },
    });
    expect(sent.status).toBe(200);
    await give();
    const { items } = await slice.ok('Technician', 'GET', at('/reports'));
    expect(items.map(({ reportVersion }: { reportVersion: number }) => reportVersion)).toEqual([1, 2]);
    const second = (await read(2)).body;
    expect(second.text).toContain('File relancée. (corrigé)');
    const again = (await read(1)).body;
    expect(again).toMatchObject({ proof: 'proven', html: first.html });
    expect(again.text).not.toContain('corrigé');
  });

  it('given out the day after it was asked for is late, and a deviation says so [charter:8.2]', async () => {
    await slice.ok('Technician', 'POST', at('/report-request'), { channel: 'phone' });
    slice.moveTo('2026-06-03T08:00:00.000Z');
    await give();
    await slice.settled();
    const { items } = await slice.ok('Director', 'GET', '/deviations?code=report-late');
    expect(items).toMatchObject([{ rule: 'charter:8.2', detail: 'report-after-due-day', dueOn: '2026-06-10' }]);
    expect((await read(1)).body).toMatchObject({ proof: 'proven', issued: { late: true } });
  });

  it('of somebody erased says what is erased, and that the digest can no longer be met', async () => {
    await give();
    const destroyedAt = slice.temoin.clock.now();
    await slice.temoin.vault.destroy(`${story.memberId}/session:${story.sessionId}` as never, {
      destroyedAt,
      proof: 'x',
    });
    const { body } = await read(1);
    expect(body.proof).toBe('erased');
    expect(body.text).toContain('(effacé)');
    expect(body.text).not.toContain('imprimante');
  });

  it('is none before the journal is complete, nor of what does not exist', async () => {
    const unknown = await slice.send(
      'POST',
      '/api/v1/sessions/nothing.1/reports',
      { channel: 'email' },
      { as: 'Technician' },
    );
    expect(unknown.status).toBe(404);
    expect((await read(7)).status).toBe(404);
    expect((await slice.send('GET', '/api/v1/sessions/nothing.1/reports', undefined, { as: 'Auditor' })).status).toBe(
      404,
    );
  });
});
