import { openErasure } from '../erasure/erasure.js';
import { startErasureProcess } from '../erasure/erasure-process.js';
import { all, openErasureStory } from '../erasure/erasure-story.test-data.js';
import type { Alarm } from '../projection/reports.js';
import type { Temoin } from '../temoin.js';

type Story = Awaited<ReturnType<typeof openErasureStory>>;
const keep = (memberId: string) => [{ cell: `${memberId}/session:s-${memberId}`, ground: 'legal-claim' }];
const backoff = { firstMs: 5, mostMs: 20 };

async function follow(story: Story, temoin: Temoin = story.temoin, onAlarm: (alarm: Alarm) => void = () => undefined) {
  const running = startErasureProcess({ temoin, erasure: openErasure(story.parts({ temoin })), onAlarm, backoff });
  await running.settled();
  return running;
}
async function restrictions(story: Story, memberId: string): Promise<readonly string[]> {
  const types: string[] = [];
  for await (const { type } of story.temoin.eventStore.readStream(`member-${memberId}`))
    if (type.includes('Restrict')) types.push(type);
  return types;
}
const give = (story: Story, stream: string, command: object) =>
  story.temoin.execute({
    commandId: story.temoin.ids.freshCommandId(),
    actor: 'd1',
    actorRoles: ['Director'],
    stream,
    command: command as { type: string },
  });

describe('a decision whose restriction a crash prevented (A14)', () => {
  it('has it made up for by whoever follows the log, once: a lifting stands [charter:4.3]', async () => {
    const story = await openErasureStory();
    await story.decide('m1', [`m1/identity`], keep('m1'));
    await (await follow(story)).stop();
    expect(await restrictions(story, 'm1')).toEqual(['ProcessingRestricted']);
    const told = { memberId: 'm1', warnedAt: story.temoin.clock.now(), channel: 'phone' };
    await give(story, 'member-m1', { type: 'AnnounceRestrictionLift', ...told });
    expect(await give(story, 'member-m1', { type: 'LiftRestriction', memberId: 'm1' })).toMatchObject({
      outcome: 'accepted',
    });
    await (await follow(story)).stop();
    expect(await restrictions(story, 'm1')).toEqual([
      'ProcessingRestricted',
      'RestrictionLiftAnnounced',
      'RestrictionLifted',
    ]);
    await story.temoin.close();
  });

  it('is followed while the process runs, and nothing is restricted that leaves nothing for a dispute', async () => {
    const story = await openErasureStory();
    const running = await follow(story);
    await story.decide('m1', [], keep('m1'));
    await story.decide('m2', all('m2'));
    while ((await restrictions(story, 'm1')).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await running.settled();
    expect([await restrictions(story, 'm1'), await restrictions(story, 'm2')]).toEqual([['ProcessingRestricted'], []]);
    await running.stop();
    await story.temoin.close();
  });

  it('is left as it is once its case has ended', async () => {
    const story = await openErasureStory();
    await story.decide('m1', [], keep('m1'));
    await story.closeCase('m1');
    await (await follow(story)).stop();
    expect(await restrictions(story, 'm1')).toEqual([]);
    await story.temoin.close();
  });

  it('holds no destruction up when it cannot be made, alarms, and comes later', async () => {
    const story = await openErasureStory();
    await story.decide('m1', [], keep('m1'));
    await story.decide('m2', all('m2'));
    let broken = true;
    const temoin: Temoin = {
      ...story.temoin,
      execute: (envelope) =>
        broken && envelope.command.type === 'RestrictProcessing'
          ? Promise.reject(Object.assign(new Error('no'), { code: 'unavailable' }))
          : story.temoin.execute(envelope),
    };
    const alarms: Alarm[] = [];
    const running = await follow(story, temoin, (alarm) => alarms.push(alarm));
    expect((await story.custody('m2')).at(-1)).toMatchObject({ type: 'ErasureCertified' });
    expect(alarms[0]).toMatchObject({ kind: 'erasure-unfinished', code: 'unavailable' });
    broken = false;
    await running.settled();
    expect(await restrictions(story, 'm1')).toEqual(['ProcessingRestricted']);
    await running.stop();
    await story.temoin.close();
  });
});
