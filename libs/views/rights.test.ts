import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { cellOfKept, dueOn } from '#domain/retention/due.js';
import type { CellId } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import type { ViewStore } from '#ports/view-store/view-store.js';
import { memoryVault, type Placed, project, storyteller } from '#testing/view-story.js';
import { closuresView } from './closures.js';
import { destructionsView, getDestruction, listDestructions } from './destructions.js';
import { at, day, registered } from './example-story.test-data.js';
import { holdsOfMember, holdsView, listHolds, memberOfHold } from './holds.js';
import { listMemberExports, memberExport, memberExportsView } from './member-exports.js';
import { membersView } from './members.js';
import { retentionView } from './retention.js';
import { rightsView } from './rights.js';
import { clockOf, getRights, listRights, rightsDocument, rightsOfMember } from './rights-queries.js';
import * as story from './rights-story.test-data.js';

async function setUp() {
  const vault = memoryVault();
  const tell = storyteller(story.rightsDeclarations, vault);
  let viewStore: ViewStore | undefined;
  const see = async (...told: readonly (readonly Placed[])[]) => {
    for (const view of [rightsView, holdsView, destructionsView, memberExportsView, membersView, closuresView])
      viewStore = await project(view, told.flat(), viewStore);
  };
  await see(await tell('member-m1', at('06:10'), registered('m1', 'Ada Exemple')));
  const deps = (now = '2026-06-02T13:00:00.000Z') => {
    if (viewStore === undefined) throw new TypeError('nothing was projected');
    return { viewStore, opener: vault, now: now as Instant, civilTime: frenchCivilTime() };
  };
  return { vault, tell, see, deps };
}

describe('the view of rights requests', () => {
  it('goes from receipt to closing, with what was said sealed and who did what [charter:4.3]', async () => {
    const { tell, see, deps } = await setUp();
    const stages: (string | undefined)[] = [];
    for (const event of story.rightsCase) {
      await see(await tell('rights-d1', at('12:00'), event));
      stages.push((await rightsDocument(deps(), 'd1'))?.stage);
    }
    expect(stages).toEqual(['received', 'received', 'identified', 'identified', 'decided', 'answered', 'closed']);
    const file = await getRights(deps(), 'd1');
    expect(file).toMatchObject({
      open: false,
      dueOn: '2026-09-02',
      details: { state: 'present', value: 'Effacez ce que vous avez' },
      extension: { dueBefore: '2026-07-02', reasons: { value: 'Dossier ancien' } },
      decision: { decision: 'partly', decidedBy: 'staff-test', erase: ['m1/identity'] },
      answer: { evidenceRef: 'rar-1', late: false },
      member: { name: { value: 'Ada Exemple' } },
    });
    expect(await rightsOfMember(deps(), 'm1')).toHaveLength(1);
    expect(await getRights(deps(), 'none')).toBeUndefined();
  });

  it('lists nothing of what was said, also after an erasure', async () => {
    const { vault, tell, see, deps } = await setUp();
    await see(await tell('rights-d1', at('10:00'), story.rightsReceived, story.extended));
    const { items } = await listRights(deps(), { kind: 'erasure', open: true });
    expect(items).toMatchObject([{ rightsId: 'd1', extended: true, member: { name: { value: 'Ada Exemple' } } }]);
    expect(JSON.stringify(items)).not.toMatch(/Effacez|Dossier/);
    await vault.destroy('m1' as CellId, { destroyedAt: at('11:02'), proof: 'x1' });
    const [line] = (await listRights(deps(), {})).items;
    expect(line?.member?.name).toMatchObject({ state: 'erased', proof: 'x1' });
    expect((await getRights(deps(), 'd1'))?.details).toMatchObject({ state: 'erased' });
  });

  it('shows late from the day after the last, and the derivation of the very day that was told', async () => {
    const { tell, see, deps } = await setUp();
    await see(await tell('rights-d1', at('10:00'), story.rightsReceived));
    const clock = async (now: string) => (await listRights(deps(now), {})).items[0]?.clock;
    expect(await clock('2026-07-02T21:59:00.000Z')).toMatchObject({ day: 30, daysLeft: 0, late: false });
    expect(await clock('2026-07-02T22:00:00.000Z')).toMatchObject({ day: 31, daysLeft: -1, late: true });
    expect((await clock('2026-06-02T13:00:00.000Z'))?.derivation).toMatch(/jeudi 2 juillet/);
    const one = await rightsDocument(deps(), 'd1');
    const closedSince = { civilTime: frenchCivilTime(), isClosed: (on: string) => on === '2026-07-02' };
    if (one) expect(clockOf(one, closedSince, at('13:00')).derivation).toMatch(/jeudi 2 juillet/);
  });
});

describe('a case of rights in the retention calendar', () => {
  it('runs no period while it is open, then a year from the last that ended it [charter:8.1f]', async () => {
    const { tell } = await setUp();
    const ends: unknown[] = [];
    let viewStore: ViewStore | undefined;
    for (const event of story.rightsCase) {
      viewStore = await project(retentionView, await tell('rights-d1', at('12:00'), event), viewStore);
      const one = await viewStore.get(retentionView.schema, 'kept', 'rights:d1');
      ends.push(one?.endedAt ?? one?.state);
    }
    expect(ends).toEqual([...Array(5).fill('under-way'), at('11:30'), at('12:00')]);
    const kept = { kind: 'rights', id: 'd1', memberId: 'm1', months: 12, sessions: [] } as const;
    const due = (on: string) => dueOn([{ ...kept, endedAt: at('12:00') }], day(on), frenchCivilTime());
    expect([due('2027-06-02'), due('2027-06-03').map(cellOfKept)]).toEqual([[], ['m1/rights:d1']]);
  });
});

describe('the view of holds', () => {
  it('says what is held and when somebody looks again; notes are for the member’s file [charter:8.1f]', async () => {
    const { tell, see, deps } = await setUp();
    const [placed, reviewed] = story.heldEvents;
    if (placed) await see(await tell('custody-m1', at('09:50'), placed));
    const list = async (now?: string) => (await listHolds(deps(now), { state: 'live' })).items;
    expect(await list()).toMatchObject([
      { holdId: 'h1', reviewDue: false, outerBoundPassed: false, placedBy: 'staff-test' },
    ]);
    expect(await list('2026-12-02T08:00:00.000Z')).toMatchObject([{ reviewDue: true }]);
    expect(await list('2031-06-03T08:00:00.000Z')).toMatchObject([{ reviewDue: true, outerBoundPassed: true }]);
    expect(JSON.stringify(await list())).not.toContain('note');
    if (reviewed) await see(await tell('custody-m1', at('10:50'), reviewed));
    expect(await list('2026-12-02T08:00:00.000Z')).toMatchObject([{ reviewDue: false, reviewOn: '2027-06-02' }]);
    const own = await holdsOfMember(deps(), 'm1', {});
    expect(own.items).toMatchObject([{ note: { state: 'present', value: 'Réclamation en cours' } }]);
    await see(await tell('custody-m1', at('12:30'), story.released));
    expect(await list()).toEqual([]);
    expect((await listHolds(deps(), { state: 'released' })).items[0]).toMatchObject({ reviewDue: false });
    expect([await memberOfHold(deps(), 'h1'), await memberOfHold(deps(), 'h9')]).toEqual(['m1', undefined]);
  });
});

describe('the view of destructions', () => {
  it('goes forward only, and keeps what was kept and what was read back [charter:4.4c]', async () => {
    const { tell, see, deps } = await setUp();
    const statuses: (string | undefined)[] = [];
    for (const event of story.destructionEvents) {
      await see(await tell('custody-m1', at('11:04'), event));
      statuses.push((await listDestructions(deps(), { reference: 'd1' })).items[0]?.status);
    }
    expect(statuses).toEqual(['condemned', 'destroyed', 'read-back', 'certified']);
    const [one] = (await listDestructions(deps(), { cause: 'erasure' })).items;
    expect(await getDestruction(deps(), one?.destructionId ?? '')).toMatchObject({
      kept: [{ cell: story.heldCell, until: day('2031-06-02') }],
      readBack: { stores: [{ values: 3, erased: 3 }] },
      certificate: { result: 'complete' },
    });
  });
});

describe('the view of copies issued', () => {
  it('says who issued which, and whether its validity is over [charter:4.3]', async () => {
    const { tell, see, deps } = await setUp();
    await see(await tell('access-m1', at('10:17'), ...story.accessStory));
    expect((await listMemberExports(deps(), { memberId: 'm1' })).items).toMatchObject([
      { exportId: 'copy-1', expired: false },
    ]);
    expect((await listMemberExports(deps('2026-06-02T23:00:00.000Z'), {})).items).toMatchObject([{ expired: true }]);
    expect(await memberExport(deps(), 'copy-1')).toMatchObject({ memberId: 'm1', issuedBy: 'staff-1' });
    expect(await memberExport(deps(), 'none')).toBeUndefined();
  });
});
