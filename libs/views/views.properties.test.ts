import fc from 'fast-check';
import { dump, memoryVault, type Placed, project, storyteller } from '#testing/view-story.js';
import { allViews } from './all-views.js';
import * as story from './example-story.test-data.js';
import * as rightsStory from './rights-story.test-data.js';

async function wholeStory(): Promise<readonly Placed[]> {
  const tell = storyteller(rightsStory.rightsDeclarations, memoryVault());
  return [
    ...(await tell('charter-association', story.at('06:00'), story.charterPublished)),
    ...(await tell('member-m1', story.at('06:10'), story.registered('m1', 'Ada Exemple'))),
    ...(await tell('request-r1', story.at('06:30'), ...story.requestEventsOfStory)),
    ...(await tell('session-r1.1', story.at('06:50'), story.consentGiven, story.started, ...story.sessionAfterStart)),
    ...(await tell('member-m1', story.at('07:00'), story.nameCorrected('m1', 'Ada d’Exemple'))),
    ...(await tell('session-r1.1', story.at('09:45'), ...story.closing, story.withdrawn)),
    ...(await tell('custody-m1', story.at('09:50'), ...rightsStory.heldEvents)),
    ...(await tell('member-m1', story.at('10:00'), story.unsubscribed)),
    ...(await tell('access-m1', story.at('10:17'), ...rightsStory.accessStory)),
    ...(await tell('session-r1.1', story.at('10:45'), ...rightsStory.strikeOutStory)),
    ...(await tell('request-r1', story.at('10:46'), ...rightsStory.requestStrikeOutStory)),
    ...(await tell('rights-d1', story.at('12:00'), ...rightsStory.rightsCase)),
    ...(await tell('member-m1', story.at('12:20'), ...rightsStory.restrictionEvents)),
    ...(await tell('custody-m1', story.at('12:30'), ...rightsStory.destructionEvents, rightsStory.released)),
  ];
}

describe('views', () => {
  it('change nothing when any part of the log is replayed', async () => {
    const told = await wholeStory();
    await fc.assert(
      fc.asyncProperty(fc.nat(told.length), fc.nat(told.length), async (reached, from) => {
        for (const view of allViews) {
          const live = await project(view, told.slice(0, reached));
          const before = await dump(view, live);
          await project(view, told.slice(Math.min(from, reached), reached), live);
          expect(await dump(view, live)).toEqual(before);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('are the same whether built at once or in two goes', async () => {
    const told = await wholeStory();
    for (const view of allViews) {
      const rebuilt = await dump(view, await project(view, told));
      for (let cut = 0; cut <= told.length; cut += 1) {
        const live = await project(view, told.slice(0, cut));
        await project(view, told.slice(cut), live);
        expect(await dump(view, live)).toEqual(rebuilt);
      }
    }
  });

  it('are the same in any order of the streams, each stream in its own order, where documents come from one stream', async () => {
    const told = await wholeStory();
    const streams = [...new Set(told.map(({ event }) => event.meta.stream))];
    const oneStream = allViews.filter(({ streamPrefixes }) => streamPrefixes.length === 1);
    expect(oneStream.length).toBeGreaterThan(8);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(streams, { minLength: streams.length }), async (order) => {
        const events = order.flatMap((stream) => told.filter(({ event }) => event.meta.stream === stream));
        const shuffled = events.map(({ event }, index) => ({
          event,
          position: told[index]?.position ?? ('' as never),
        }));
        for (const view of oneStream)
          expect(await dump(view, await project(view, shuffled))).toEqual(await dump(view, await project(view, told)));
      }),
      { numRuns: 10 },
    );
  });

  it('hold no value that anybody can read', async () => {
    const told = await wholeStory();
    for (const view of allViews) {
      const text = JSON.stringify(await dump(view, await project(view, told)));
      // as a word: three letters in a row are in a sealed text by chance
      for (const secret of ['Ada', 'imprimante', 'Pilote', 'CE-0042', 'Imprimante', 'Effacez', 'litige', 'Réclamation'])
        expect(text).not.toMatch(new RegExp(`(?<![\\w-])${secret}(?![\\w-])`));
    }
  });

  it('ignore events they do not know', () => {
    const meta = {
      eventId: 'e',
      stream: 'session-x',
      revision: 0,
      recordedAt: story.at('06:00'),
      actor: 'a',
      commandId: 'c',
    };
    const unknown = { type: 'SomethingNew', version: 1, data: { sessionId: 'x', memberId: 'm' }, meta };
    for (const view of allViews)
      for (const change of view.changes(unknown)) {
        const before = { sessionId: 'x' };
        expect(() => change.next(undefined)).not.toThrow();
        expect(() => change.next(before)).not.toThrow();
      }
  });
});
