import { finishedStory, receive } from './rights-story.js';
import { openSlice, type Slice } from './slice.js';
import type { Story } from './slice-story.js';

interface Line {
  readonly cell: string;
  readonly kind: string;
  readonly label: string;
  readonly fixed: boolean;
  readonly why: string;
  readonly suggestion: { readonly decision: 'erase' | 'keep'; readonly ground?: string; readonly until?: string };
}

describe('the decision grid of an erasure over HTTP', () => {
  let slice: Slice;
  let story: Story;
  let rightsId: string;
  beforeAll(async () => {
    slice = await openSlice();
    story = await finishedStory(slice);
    slice.moveTo('2026-06-02T12:00:00.000Z');
    rightsId = await receive(slice, story.memberId, 'erasure', { details: 'Effacez tout.' });
    await slice.ok('SupportLead', 'POST', `/rights/${rightsId}/identity`, { method: 'membership-number' });
    await slice.settled();
  });
  afterAll(() => slice.close());
  const lines = async (): Promise<readonly Line[]> =>
    (await slice.ok('Director', 'GET', `/rights/${rightsId}/grid`)).lines;
  const post = (path: string, body: object = {}) => slice.send('POST', `/api/v1${path}`, body, { as: 'Director' });
  const gridOf = (from: readonly Line[]) => from.map(({ cell, suggestion }) => ({ cell, ...suggestion }));

  it('shows each cell of the member once: what it is, and what is proposed [charter:4.3]', async () => {
    const grid = await lines();
    expect(grid.map(({ kind, label, suggestion }) => [kind, label, suggestion.decision])).toEqual([
      ['identity', 'l’identité et les coordonnées', 'erase'],
      ['request', 'la demande d’appui du mardi 2 juin 2026', 'erase'],
      ['rights', 'la demande de droits du mardi 2 juin 2026 (droit à l’effacement)', 'keep'],
      ['session', 'l’intervention du mardi 2 juin 2026', 'erase'],
    ]);
    expect(grid[2]?.suggestion).toEqual({ decision: 'keep', ground: 'case-in-progress' });
    expect(JSON.stringify(grid)).not.toMatch(/imprimante|Effacez|Fictive/);
  });

  it('a held session is kept with its end, and cannot be erased [charter:8.1f]', async () => {
    const session = `${story.memberId}/session:${story.sessionId}`;
    const hold = await post(`/members/${story.memberId}/holds`, {
      cells: [session],
      ground: 'court',
      note: 'Assignation reçue.',
    });
    expect(hold.status).toBe(201);
    const grid = await lines();
    const held = grid.find((one) => one.cell === session);
    expect(held).toMatchObject({
      fixed: true,
      suggestion: { decision: 'keep', ground: 'legal-claim', until: '2031-06-02' },
    });
    expect(held?.why).toContain('lundi 2 juin 2031');
    const all = grid.map(({ cell, suggestion }) =>
      cell === session ? { cell, decision: 'erase' } : { cell, ...suggestion },
    );
    const refused = await post(`/rights/${rightsId}/decision`, { grounds: [], reasons: 'x', grid: all });
    expect([refused.status, refused.body.code]).toEqual([409, 'rights-cell-held']);
  });

  it('a line that is kept says why, one that is erased does not, and none is left out', async () => {
    const grid = gridOf(await lines());
    const decide = (lines: readonly object[]) =>
      post(`/rights/${rightsId}/decision`, { grounds: [], reasons: 'x', grid: lines });
    const [first, ...rest] = grid;
    const kept = await decide([{ cell: first?.cell, decision: 'keep' }, ...rest]);
    expect([kept.status, kept.body.errors[0].pointer]).toEqual([422, '/grid/0/ground']);
    const erased = await decide([{ cell: first?.cell, decision: 'erase', ground: 'legal-claim' }, ...rest]);
    expect([erased.status, erased.body.errors[0].pointer]).toEqual([422, '/grid/0/ground']);
    const short = await decide(rest);
    expect([short.status, short.body.code]).toEqual([422, 'rights-grid-incomplete']);
  });

  it('the answer can be written before, tells what is erased and what is kept, and why and until when [charter:4.3]', async () => {
    const body = { grounds: [], reasons: 'Un litige est en cours.', grid: gridOf(await lines()) };
    const preview = await post(`/rights/${rightsId}/answer-preview`, body);
    expect(preview.status).toBe(200);
    expect(preview.body).toMatchObject({
      decided: false,
      decision: 'partly',
      addressee: { name: { value: 'Ève Fictive' } },
    });
    expect(preview.body.text).toContain('Projet');
    const unknown = await post('/rights/nothing/answer-preview', body);
    expect(unknown.status).toBe(404);

    expect((await post(`/rights/${rightsId}/decision`, body)).status).toBe(200);
    await slice.settled();
    const answer = await slice.ok('Director', 'GET', `/rights/${rightsId}/answer?purpose=rights`);
    expect(answer.decision).toBe('partly');
    expect(answer.erased.map((one: Line) => one.kind)).toEqual(['identity', 'request']);
    expect(answer.kept).toEqual([
      expect.objectContaining({ kind: 'rights', ground: 'case-in-progress' }),
      expect.objectContaining({ kind: 'session', ground: 'legal-claim', until: '2031-06-02' }),
    ]);
    const { text } = await slice.send(
      'GET',
      `/api/v1/rights/${rightsId}/answer?purpose=rights&format=text`,
      undefined,
      { as: 'Director' },
    );
    expect(text).toContain('l’intervention du mardi 2 juin 2026 : nécessaire à la constatation');
    expect(text).toContain('au plus tard jusqu’au lundi 2 juin 2031, 24 h');
    expect(text).toContain('Un litige est en cours.');
    expect(text).toContain('CNIL');
    expect(text).not.toContain('Projet');
  });

  it('what is left for a dispute is kept and not used, once: a lifting stands (A14) [charter:4.3]', async () => {
    const file = async () => {
      await slice.settled();
      return slice.ok('Director', 'GET', `/members/${story.memberId}?purpose=rights`);
    };
    expect((await file()).restriction).toMatchObject({ ground: 'needed-for-claims', rightsId });
    const told = { warnedAt: '2026-06-02T12:00:00.000Z', channel: 'phone' };
    await slice.ok('Director', 'POST', `/members/${story.memberId}/restriction/announcement`, told);
    await slice.ok('Director', 'POST', `/members/${story.memberId}/restriction/lift`);
    const sent = { channel: 'paper', sentAt: '2026-06-02T12:00:00.000Z' };
    await post(`/rights/${rightsId}/answer`, sent);
    expect((await file()).restricted).toBe(false);
  });

  it('the case is not closed before the erasure is certified', async () => {
    await post(`/rights/${rightsId}/answer`, {
      channel: 'paper',
      sentAt: '2026-06-02T13:00:00+02:00',
      evidenceRef: 'RAR-1',
    });
    const closed = await post(`/rights/${rightsId}/close`);
    expect([closed.status, closed.body.code]).toEqual([409, 'rights-erasure-unfinished']);
  });

  it('ends with no fault', () => expect(slice.faults).toEqual([]));
});

describe('a hold that came between the decision and its destruction', () => {
  it('wins, and the answer tells that the cell was kept after all [charter:8.1f] [charter:4.3]', async () => {
    const slice = await openSlice();
    const { memberId, sessionId } = await finishedStory(slice);
    slice.moveTo('2026-06-02T12:00:00.000Z');
    const rightsId = await receive(slice, memberId, 'erasure');
    await slice.ok('Director', 'POST', `/rights/${rightsId}/identity`, { method: 'in-person' });
    await slice.settled();
    const { lines } = await slice.ok('Director', 'GET', `/rights/${rightsId}/grid`);
    const grid = lines.map(({ cell }: Line) => ({ cell, decision: 'erase' }));
    const foreign = { grounds: [], grid: [{ cell: 'somebody/identity', decision: 'erase' }] };
    const other = await slice.send('POST', `/api/v1/rights/${rightsId}/answer-preview`, foreign, { as: 'Director' });
    expect([other.status, other.body.code]).toEqual([422, 'rights-grid-incomplete']);
    await slice.ok('Director', 'POST', `/rights/${rightsId}/decision`, { grounds: [], grid });
    const session = `${memberId}/session:${sessionId}`;
    await slice.ok('Director', 'POST', `/members/${memberId}/holds`, { cells: [session], ground: 'court' });
    // what the erasure process does with the decision
    const condemned = await slice.temoin.execute({
      commandId: slice.temoin.ids.freshCommandId(),
      actor: 'system',
      actorRoles: [],
      stream: `custody-${memberId}`,
      command: {
        type: 'CondemnCells',
        memberId,
        destructionId: `erasure-${rightsId}`,
        cells: lines.map(({ cell }: Line) => cell),
        cause: 'erasure',
        reference: rightsId,
      } as { readonly type: string },
    });
    expect(condemned.outcome).toBe('accepted');
    await slice.settled();
    const answer = await slice.ok('Director', 'GET', `/rights/${rightsId}/answer?purpose=rights`);
    expect(answer.decision).toBe('partly');
    expect(answer.kept).toMatchObject([{ cell: session, ground: 'legal-claim', until: '2031-06-02' }]);
    expect(answer.erased).toHaveLength(lines.length - 1);
    await slice.ok('Director', 'POST', `/rights/${rightsId}/answer`, {
      channel: 'email',
      sentAt: '2026-06-02T12:00:00.000Z',
    });
    await slice.settled();
    const { restriction } = await slice.ok('Director', 'GET', `/members/${memberId}?purpose=rights`);
    expect(restriction).toMatchObject({ ground: 'needed-for-claims', rightsId });
    expect(answer.letter.blocks.map(({ text }: { text?: string }) => text ?? '').join()).toContain('CNIL');
    expect(slice.faults).toEqual([]);
    await slice.close();
  });
});

describe('holds over HTTP', () => {
  let slice: Slice;
  let story: Story;
  beforeAll(async () => {
    slice = await openSlice();
    story = await finishedStory(slice);
  });
  afterAll(() => slice.close());
  const send = (as: 'Director' | 'SupportLead', path: string, body: object = {}) =>
    slice.send('POST', `/api/v1/members/${story.memberId}/holds${path}`, body, { as });

  it('are placed, looked at again after six months and ended by the Director alone [charter:8.1f]', async () => {
    const cells = [`${story.memberId}/identity`];
    const place = { cells, ground: 'insurer', reference: 'dossier-7', note: 'Déclaration à l’assureur.' };
    expect((await send('SupportLead', '', place)).status).toBe(403);
    const unknown = await send('Director', '', { ...place, cells: [`${story.memberId}/session:none`] });
    expect([unknown.status, unknown.body.code]).toEqual([422, 'hold-cell-unknown']);
    const others = await send('Director', '', { ...place, cells: ['somebody/identity'] });
    expect([others.status, others.body.code]).toEqual([422, 'cell-of-somebody-else']);
    const { id } = (await send('Director', '', place)).body;
    await slice.settled();
    const [line] = (await slice.ok('Auditor', 'GET', '/holds?state=live')).items;
    expect(line).toMatchObject({ holdId: id, reviewOn: '2026-12-02', reviewDue: false, outerBound: '2031-06-02' });
    expect(line).not.toHaveProperty('note');
    const own = await slice.ok('Auditor', 'GET', `/members/${story.memberId}/holds?purpose=dispute`);
    expect(own.items[0].note).toEqual({ state: 'present', value: 'Déclaration à l’assureur.' });

    slice.moveTo('2026-12-02T09:00:00.000Z');
    expect((await slice.ok('Director', 'GET', '/work')).toDecide.holdsToReview.items[0]).toMatchObject({ holdId: id });
    expect((await send('Director', `/${id}/review`)).status).toBe(200);
    await slice.settled();
    expect((await slice.ok('Director', 'GET', '/work')).toDecide.holdsToReview.total).toBe(0);
    expect((await send('Director', `/${id}/release`, { reason: 'dispute-closed' })).status).toBe(200);
    await slice.settled();
    expect((await slice.ok('Director', 'GET', '/holds?state=released')).items[0].reviews).toHaveLength(1);
    expect(slice.faults).toEqual([]);
  });
});
