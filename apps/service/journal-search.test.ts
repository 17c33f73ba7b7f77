import type { CellId } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import { openSlice, type Slice } from './slice.js';
import { type Story, tellStory } from './slice-story.js';

describe('keyword search over the journal', () => {
  let slice: Slice;
  let story: Story;
  beforeAll(async () => {
    slice = await openSlice();
    story = await tellStory(slice);
  });
  afterAll(() => slice.close());

  const search = async (body: object, as: 'SupportLead' | 'Technician' | 'Auditor' = 'SupportLead') => {
    await slice.settled();
    return slice.send('POST', '/api/v1/journal/search', body, { as });
  };

  it('finds a session by words of its problem and of what was noted since, with the place [charter:4.2a]', async () => {
    const { body, status } = await search({ text: 'IMPRIMANTE', purpose: 'quality' });
    expect(status).toBe(200);
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({
      sessionId: story.sessionId,
      member: { name: { state: 'present' } },
      matches: [{ part: 'problem', excerpt: { state: 'present', value: 'L’imprimante n’imprime plus.' } }],
    });
    expect(body).toMatchObject({ asOf: { position: expect.any(String) }, unreadable: 0 });
    const note = { text: 'Le service d’impression était arrêté.' };
    await slice.ok('Technician', 'POST', `/sessions/${story.sessionId}/diagnoses`, note);
    const again = await search({ text: 'arrete impression', purpose: 'quality', technicianId: story.technicianId });
    expect(again.body.items[0].matches[0]).toMatchObject({ part: 'diagnoses' });
  });

  it('records each hit as read, with the purpose, and refuses a purpose that the role has no right to [charter:4.1]', async () => {
    await slice.settled();
    const before = await slice.ok('Auditor', 'GET', `/accesses?memberId=${story.memberId}`);
    await search({ text: 'imprimante', purpose: 'dispute' }, 'Auditor');
    await slice.settled();
    const after = await slice.ok('Auditor', 'GET', `/accesses?memberId=${story.memberId}`);
    expect(after.items.length).toBe(before.items.length + 1);
    const refused = await search({ text: 'introuvable', purpose: 'dispute' }, 'Technician');
    expect([refused.status, refused.body.code]).toEqual([403, 'not-need-to-know']);
    expect((await search({ text: 'imprimante' })).status).toBe(422);
    expect((await search({ text: 'imprimante', purpose: 'quality', cursor: 'bm9uZQ' })).status).toBe(400);
  });

  it('leaves out a member whose data is restricted, but for a dispute or a right [charter:4.3]', async () => {
    const path = `/members/${story.memberId}/restriction`;
    await slice.ok('Director', 'POST', path, { ground: 'accuracy-contested' });
    const count = async (purpose: string) => (await search({ text: 'imprimante', purpose })).body.items.length;
    expect([await count('quality'), await count('support'), await count('dispute'), await count('rights')]).toEqual([
      0, 0, 1, 1,
    ]);
  });

  it('an erased member vanishes from the results at once, and nothing of it is an error', async () => {
    const why = { destroyedAt: '2026-06-02T09:00:00.000Z' as Instant, proof: 'test' };
    await slice.temoin.vault.destroy(story.memberId as CellId, why);
    const { status, body } = await search({ text: 'imprimante', purpose: 'rights' });
    expect([status, body.items]).toEqual([200, []]);
    expect(slice.faults).toEqual([]);
  });
});
