import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { dueRunner } from '#application/processes/run-due.js';
import { openSlice, type Slice } from './slice.js';
import { type Story, tellStory } from './slice-story.js';

describe('a letter to a member', () => {
  let slice: Slice;
  let story: Story;
  let letterId: string;
  beforeAll(async () => {
    slice = await openSlice();
    story = await tellStory(slice);
    await dueRunner({ temoin: slice.temoin, time: frenchCivilTime(), onAlarm: () => undefined })();
    await slice.settled();
    const { items } = await slice.ok('SupportLead', 'GET', '/letters?template=preparation');
    ({ letterId } = items[0]);
  });
  afterAll(async () => {
    expect(slice.faults).toEqual([]);
    await slice.close();
  });
  const disclosures = async () => {
    await slice.settled();
    return slice.ok('Auditor', 'GET', `/registers/disclosures?recipient=member&memberId=${story.memberId}`);
  };

  it('is among what left the association once it left, with its ground and its digest, and without a word of it [charter:4.1]', async () => {
    expect((await disclosures()).items).toEqual([]);
    await slice.ok('SupportLead', 'POST', `/letters/${letterId}/printed`, { handedOver: 'post' });
    const told = await disclosures();
    expect(told.items).toEqual([
      {
        recipient: 'member',
        event: 'LetterPrinted',
        stream: `letter-${letterId}`,
        at: slice.temoin.clock.now(),
        channel: 'post',
        template: 'preparation',
        ground: 'charter',
        memberId: story.memberId,
        sessionId: story.sessionId,
        contentCommitment: expect.stringMatching(/^[A-Za-z0-9_-]{40,}$/),
      },
    ]);
    await slice.ok('SupportLead', 'POST', `/letters/${letterId}/printed`, { handedOver: 'in-person' });
    expect((await disclosures()).items).toMatchObject([{ channel: 'post' }]);
    expect(JSON.stringify(told)).not.toMatch(/Ève|imprimante|adresse/i);
  });

  it('is in the copy that the member asks for, in words and not in codes [charter:4.3]', async () => {
    const { id } = await slice.ok('Director', 'POST', `/members/${story.memberId}/exports`, {});
    const page = (await slice.send('GET', `/api/v1/exports/${id}?format=html`, undefined, { as: 'Director' })).text;
    expect(page).toContain('Courrier préparé');
    expect(page).toContain('Courrier imprimé et remis');
    expect(page).not.toContain('&quot;blocks&quot;');
    expect(page).not.toContain('{&quot;');
  });
});
