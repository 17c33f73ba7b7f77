import type { ComplaintCommand } from '#domain/complaint/commands.js';
import { complaint } from '#domain/complaint/complaint.js';
import * as story from '#domain/complaint/complaint-story.fixture.js';
import { custodyEvents, LegalHoldPlaced, LegalHoldReleased } from '#domain/custody/events.js';
import type { AnyEvent } from '#kernel/define-event.js';
import { event } from '#kernel/define-event.js';
import { isRefusal } from '#kernel/refusal.js';
import type { CellId } from '#kernel/sealed.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import { given } from '#testing/given.js';
import { memoryVault, project, storyteller } from '#testing/view-story.js';
import { closuresView } from './closures.js';
import { complaintsView } from './complaints.js';
import { getComplaint, holdsToRelease, listComplaints } from './complaints-queries.js';
import { holdsView } from './holds.js';
import { membersView } from './members.js';

const withdraw = { type: 'WithdrawComplaint', complaintId: 'c1', withdrawnAt: story.now, channel: 'phone' } as const;
const reopen = { type: 'ReopenComplaint', complaintId: 'c1', newFact: 'Autre cause trouvée.' } as const;
const agree = {
  type: 'AnswerSettlement',
  complaintId: 'c1',
  proposalId: 'o1',
  agreed: true,
  answeredAt: story.now,
  channel: 'phone',
} as const;

/** The views after these commands, asked at a moment. */
async function caseAfter(now: string, ...commands: readonly ComplaintCommand[]) {
  const past: AnyEvent[] = story.filed();
  for (const one of commands) {
    const { answer } = given(complaint, ...(past as never[])).when(one, story.facts());
    if (isRefusal(answer)) throw new Error(answer.code);
    past.push(...answer);
  }
  const vault = memoryVault();
  const tell = storyteller([...complaint.events, ...custodyEvents], vault);
  const cells = ['m1/session:r1.1'];
  const placed = {
    memberId: 'm1',
    holdId: 'c1.h1',
    cells,
    tooLate: ['m1/request:r1'],
    ground: 'complaint',
    reference: 'c1',
  } as const;
  const review = { placedAt: story.now, reviewOn: '2026-12-08' as LocalDate, outerBound: '2031-06-08' as LocalDate };
  const events = [
    ...(await tell('complaint-c1', story.now, ...past)),
    ...(await tell('custody-m1', story.now, event(LegalHoldPlaced, { ...placed, ...review }))),
  ];
  let viewStore = await project(complaintsView, events);
  for (const view of [holdsView, membersView, closuresView]) viewStore = await project(view, events, viewStore);
  return { deps: { viewStore, opener: vault, now: now as Instant }, vault, tell };
}
const at = (text: string) => story.at(text);

describe('a complaint in the list', () => {
  it('says nothing of what was said, and what is owed next, with its derivation [charter:9.1]', async () => {
    const { deps } = await caseAfter(at('2026-06-10T09:00:00+02:00'));
    const { items } = await listComplaints(deps, { open: true });
    expect(items).toMatchObject([
      {
        stage: 'filed',
        promptLate: false,
        overdue: false,
        next: { clock: 'complaint-acknowledgement', lastDay: '2026-06-15', daysLeft: 5, standing: 'running' },
      },
    ]);
    expect(items[0]?.next?.derivation).toContain('5 jours ouvrables à compter du lendemain du lundi 8 juin');
    expect(JSON.stringify(items)).not.toMatch(/\$sealed|imprimante/);
    expect((await listComplaints(deps, { sessionId: 'r1.1', promptLate: false })).items).toHaveLength(1);
    expect((await listComplaints(deps, { promptLate: true })).items).toEqual([]);
  });

  it('is overdue when nothing left in time, first the acknowledgement, then the proposal [charter:9.2]', async () => {
    const { deps } = await caseAfter(at('2026-06-16T00:00:00+02:00'));
    expect((await listComplaints(deps, {})).items[0]).toMatchObject({ overdue: true, next: { daysLeft: -1 } });
    const acknowledge = {
      type: 'AcknowledgeComplaint',
      complaintId: 'c1',
      acknowledgedAt: story.now,
      channel: 'email',
    } as const;
    const later = await caseAfter(at('2026-07-09T00:00:00+02:00'), acknowledge);
    expect((await listComplaints(later.deps, {})).items[0]).toMatchObject({
      stage: 'acknowledged',
      overdue: true,
      next: { clock: 'complaint-proposal' },
    });
  });
});

describe('one complaint', () => {
  it('shows every clock with its derivation and where it stands, and its steps in order [charter:9.1] [charter:9.3]', async () => {
    const { deps } = await caseAfter(
      at('2026-09-01T09:00:00+02:00'),
      { type: 'OpenInvestigation', complaintId: 'c1', inquirerId: 't2' },
      story.qualify,
      story.propose,
      agree,
      { ...story.close, outcome: 'settled' },
    );
    const file = await getComplaint(deps, 'c1');
    expect(file).toMatchObject({
      stage: 'closed',
      facts: { state: 'present', value: story.file.facts },
      closed: { outcome: 'settled', finalAnswer: { state: 'present' } },
      qualification: { evidence: story.qualify.evidence, reasons: { state: 'present' } },
    });
    expect(file?.clocks.map(({ clock, standing }) => [clock, standing])).toEqual([
      ['prompt-complaint', 'kept'],
      ['formal-complaint', 'kept'],
      ['complaint-acknowledgement', 'stopped'],
      ['complaint-proposal', 'kept'],
      ['mediator-wait', 'kept'],
      ['mediator-referral', 'running'],
    ]);
    for (const { derivation, name, source } of file?.clocks ?? []) expect([derivation, name, source]).not.toContain('');
    expect(file?.steps.map(({ type }) => type)).toEqual([
      'ComplaintFiled',
      'InvestigationOpened',
      'ComplaintQualified',
      'SettlementProposed',
      'SettlementAccepted',
      'ComplaintClosed',
    ]);
  });

  it('shows its hold, with what came too late, and proposes the release once it is over [charter:8.1f]', async () => {
    const open = await caseAfter(story.now);
    expect((await getComplaint(open.deps, 'c1'))?.holds).toMatchObject([
      { holdId: 'c1.h1', state: 'live', tooLate: ['m1/request:r1'], releaseProposed: false },
    ]);
    expect(await holdsToRelease(open.deps)).toEqual([]);
    const over = await caseAfter(story.now, withdraw);
    expect((await getComplaint(over.deps, 'c1'))?.holds).toMatchObject([{ releaseProposed: true }]);
    expect(await holdsToRelease(over.deps)).toMatchObject([
      { holdId: 'c1.h1', complaintId: 'c1', complaintEndedOn: '2026-06-08' },
    ]);
    const released = event(LegalHoldReleased, {
      memberId: 'm1',
      holdId: 'c1.h1',
      releasedAt: story.now,
      reason: 'dispute-closed',
    });
    await project(holdsView, await over.tell('custody-m1', story.now, released), over.deps.viewStore);
    expect(await holdsToRelease(over.deps)).toEqual([]);
  });

  it('that was never filed leaves its hold to be released, once it can no longer be under way', async () => {
    const { deps, tell } = await caseAfter(story.now);
    const orphan = event(LegalHoldPlaced, {
      memberId: 'm1',
      holdId: 'c9.abc',
      cells: ['m1/session:r1.1'],
      tooLate: [],
      ground: 'complaint',
      reference: 'c9',
      placedAt: story.now,
      reviewOn: '2026-12-08' as LocalDate,
      outerBound: '2031-06-08' as LocalDate,
    });
    await project(holdsView, await tell('custody-m1', story.now, orphan), deps.viewStore);
    expect(await holdsToRelease(deps)).toEqual([]);
    const later = { ...deps, now: at('2026-06-08T11:00:01+02:00') };
    expect(await holdsToRelease(later)).toMatchObject([{ holdId: 'c9.abc', complaintId: 'c9' }]);
  });

  it('reopened owes a proposal again and proposes no release [charter:9.2]', async () => {
    const { deps } = await caseAfter(story.now, withdraw, reopen);
    const file = await getComplaint(deps, 'c1');
    expect(file).toMatchObject({
      open: true,
      stage: 'filed',
      opening: 2,
      reopenings: [{ newFact: { state: 'present' } }],
    });
    expect(file?.clocks.filter(({ clock }) => clock === 'complaint-proposal').map(({ standing }) => standing)).toEqual([
      'stopped',
      'running',
    ]);
    expect(await holdsToRelease(deps)).toEqual([]);
  });

  it('erased answers so, and its clocks are still there', async () => {
    const { deps, vault } = await caseAfter(story.now);
    await vault.destroy('m1/complaint:c1' as CellId, { destroyedAt: story.now, proof: 'p' });
    const file = await getComplaint(deps, 'c1');
    expect(file?.facts.state).toBe('erased');
    expect(file?.clocks).toHaveLength(6);
  });
});
