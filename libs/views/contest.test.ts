import { CellsDestroyed, custodyEvents } from '#domain/custody/events.js';
import { sessionEvents } from '#domain/session/events.js';
import { ConsentContested } from '#domain/session/events-contest.js';
import { SessionInterrupted } from '#domain/session/events-course.js';
import { ended, running, who } from '#domain/session/session-story.fixture.js';
import { event } from '#kernel/define-event.js';
import type { Instant } from '#kernel/time.js';
import { memoryVault, project, storyteller } from '#testing/view-story.js';
import { consentsView } from './consents.js';
import { processesView } from './processes.js';
import { securityStopsView } from './security-stops.js';
import { answersOwed } from './work-answers.js';

const at = '2026-06-02T08:10:00.000Z' as Instant;

describe('what a member waits for an answer to', () => {
  it('leaves the work list when what it is about is destroyed: nothing can be cleared up any more [charter:4.3]', async () => {
    const tell = storyteller([...sessionEvents, ...custodyEvents], memoryVault());
    const contested = event(ConsentContested, {
      ...who,
      at,
      channel: 'link',
      consentEventId: 'e1',
      stage: 'under-way',
      remark: 'Pas ce jour-là.',
    });
    const stopped = event(SessionInterrupted, { ...who, at, reason: 'SECURITY', beyondCharter: false });
    const owed = async (placed: Parameters<typeof project>[1]) => {
      let viewStore = await project(consentsView, placed);
      for (const view of [securityStopsView, processesView]) viewStore = await project(view, placed, viewStore);
      const found = await answersOwed({ viewStore }, { roles: ['SupportLead'], hidden: new Set(), limit: 20 });
      const cases = (await viewStore.find(processesView.schema, { collection: 'cases', limit: 50 })).documents;
      const waiting = cases.filter(({ document }) => document.state === 'waiting').map(({ id }) => id);
      return [found.consentsContested.total, found.breachTriages.total, waiting];
    };
    const told = await tell('session-r1.1', at, ...running, contested, stopped, ended);
    expect(await owed(told)).toEqual([1, 1, ['breach-triage.r1.1', 'consent-contested.r1.1', expect.any(String)]]);
    const gone = event(CellsDestroyed, {
      memberId: 'm1',
      destructionId: 'd1',
      cells: [{ cell: 'm1/session:r1.1' }],
      destroyedAt: at,
    });
    const after = [...told, ...(await tell('custody-m1', at, gone))];
    expect((await owed(after)).slice(0, 2)).toEqual([0, 0]);
    expect((await owed(after))[2]).not.toContain('consent-contested.r1.1');
    expect((await owed(after))[2]).not.toContain('breach-triage.r1.1');
  });
});
