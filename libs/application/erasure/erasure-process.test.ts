import type { CellId } from '#kernel/sealed.js';
import type { SiblingStore } from '#ports/sibling-store/sibling-store.js';
import { memoryRootKey, openMemoryTemoin } from '#testing/open-memory-temoin.js';
import type { Alarm } from '../projection/reports.js';
import { openErasure } from './erasure.js';
import { KEY_LEASE_MS } from './erasure-parts.js';
import { startErasureProcess } from './erasure-process.js';
import { all, openErasureStory, place, stored } from './erasure-story.test-data.js';

describe('an erasure that cannot be verified', () => {
  it('is partial, loudly, while a place beside holds on; complete once it is empty', async () => {
    const story = await openErasureStory();
    await story.decide('m1', all('m1'));
    const exports = place('exports', 2, true);
    const erasure = openErasure(story.parts({ siblings: [exports] }));
    for (const _ of [1, 2])
      expect(await erasure.finish()).toEqual([{ memberId: 'm1', destructionId: 'erasure-case-m1', code: 'partial' }]);
    exports.release();
    expect(await erasure.finish()).toEqual([]);
    const results = (await story.custody('m1')).flatMap(({ data }) => (data.result === undefined ? [] : [data.result]));
    expect(results).toEqual(['partial', 'complete']);
    await story.temoin.close();
  });

  it('is never complete when a place cannot tell', async () => {
    const story = await openErasureStory();
    await story.decide('m1', all('m1'));
    const deaf: SiblingStore = {
      name: 'outbox',
      forget: () => Promise.reject(new Error('no answer')),
      count: () => Promise.reject(new Error('no answer')),
    };
    expect(await openErasure(story.parts({ siblings: [deaf] })).finish()).toMatchObject([{ code: 'partial' }]);
    const [text = ''] = story.certificates.texts.values();
    expect(JSON.parse(text).stores.at(-1)).toEqual({
      store: 'outbox',
      values: 1,
      erased: 0,
      present: 0,
      unreadable: 1,
    });
    await story.temoin.close();
  });
});

describe('a destroyed cell', () => {
  it('takes no personal data any more, and says since when; other streams of the member go on', async () => {
    const story = await openErasureStory();
    await story.decide('m1', ['m1/identity']);
    await openErasure(story.parts()).finish();
    const give = (command: { readonly type: string }) =>
      story.temoin.execute({
        commandId: story.temoin.ids.freshCommandId(),
        actor: 's1',
        actorRoles: ['Director'],
        stream: 'member-m1',
        command,
      });
    const correct = { type: 'CorrectMemberIdentity', memberId: 'm1', name: 'Nom de remplacement', reason: 'other' };
    expect(await give(correct)).toMatchObject({ outcome: 'erased', proof: 'erasure-case-m1' });
    expect(
      await give({
        type: 'UnsubscribeFromService',
        memberId: 'm1',
        at: story.temoin.clock.now(),
        channel: 'phone',
      } as never),
    ).toMatchObject({
      outcome: 'accepted',
    });
    const [sealed] = await story.temoin.vault.seal([
      {
        at: { stream: 'session-s-m1', eventId: 'e', type: 'T', version: 1, path: 'p' },
        cell: 'm1/session:s-m1' as CellId,
        value: 'texte',
      },
    ]);
    expect(sealed?.outcome).toBe('sealed');
    await story.temoin.close();
  });
});

describe('the process', () => {
  const backoff = { firstMs: 20, mostMs: 50 };

  it('goes on while another process appends: what that could still seal is read back too, and then nothing can', async () => {
    const rootKey = memoryRootKey();
    const story = await openErasureStory({ rootKey });
    const { eventStore, viewStore, keyVault, clock } = story.temoin;
    const other = await openMemoryTemoin({
      ...stored,
      eventStore,
      viewStore,
      keyVault,
      rootKey,
      clock,
      project: false,
    });
    expect(await story.opens('member-m1', other.opener)).toEqual(['present']);
    const correct = () =>
      other.execute({
        commandId: other.ids.freshCommandId(),
        actor: 's1',
        actorRoles: ['Director'],
        stream: 'member-m1',
        command: { type: 'CorrectMemberIdentity', memberId: 'm1', name: 'Autre Nom', reason: 'other' } as never,
      });
    await story.decide('m1', ['m1/identity']);
    const erasure = openErasure(
      story.parts({
        leaseMs: KEY_LEASE_MS,
        async onStep(step) {
          // the other process still holds the key, for at most the time of its lease
          if (step === 'destruction-recorded') expect((await correct()).outcome).toBe('accepted');
        },
      }),
    );
    expect(await erasure.finish()).toEqual([]);
    expect(await story.opens('member-m1', other.opener)).toEqual(['erased']);
    expect(await correct()).toMatchObject({ outcome: 'erased', proof: 'erasure-case-m1' });
    const [text = ''] = story.certificates.texts.values();
    const values = new Map(
      (JSON.parse(text).stores as { store: string; values: number }[]).map((one) => [one.store, one.values]),
    );
    expect((values.get('events') ?? 0) > (values.get('view:members') ?? 0)).toBe(true);
    await other.close();
    await story.temoin.close();
  });

  it('finishes what it finds at the start, follows the log, and tries again what did not go through', async () => {
    const story = await openErasureStory();
    await story.decide('m1', all('m1'));
    const alarms: Alarm[] = [];
    const exports = place('exports', 1, true);
    const running = startErasureProcess({
      temoin: story.temoin,
      erasure: openErasure(story.parts({ siblings: [exports] })),
      onAlarm: (alarm) => alarms.push(alarm),
      backoff,
    });
    await running.settled();
    expect(running.unfinished).toMatchObject([{ destructionId: 'erasure-case-m1', code: 'partial' }]);
    expect(alarms[0]).toMatchObject({ kind: 'erasure-unfinished', code: 'partial' });
    exports.release();
    await story.decide('m2', all('m2'));
    while (!(await through(story, 'm1', 'm2'))) await new Promise((resolve) => setTimeout(resolve, 20));
    await running.settled();
    expect(running.unfinished).toEqual([]);
    await running.stop();
    await story.temoin.close();
  });
});

type Story = Awaited<ReturnType<typeof openErasureStory>>;
async function through(story: Story, ...members: readonly string[]): Promise<boolean> {
  const last = await Promise.all(members.map(async (member) => (await story.custody(member)).at(-1)));
  return last.every((one) => one?.type === 'ErasureCertified' && one.data.result === 'complete');
}
