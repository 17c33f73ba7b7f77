import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { dueRunner } from '#application/processes/run-due.js';
import type { Role } from '#domain/shared/facts.js';
import { listCases } from '#views/processes.js';
import { receive } from './rights-story.js';
import { openSlice, type Slice } from './slice.js';
import { prepareStory, publishCharter, type Story, startBody } from './slice-story.js';

const time = frenchCivilTime();
let slice: Slice;
let story: Story;
let waiting: string;
let struck: string;

const write = async () => {
  await slice.settled();
  const report = await dueRunner({ temoin: slice.temoin, time, onAlarm: (alarm) => fail(alarm) })();
  await slice.settled();
  return report;
};
const fail = (what: unknown): never => {
  throw new Error(JSON.stringify(what));
};
const work = async (as: Role = 'Director') => {
  await slice.settled();
  return slice.ok(as, 'GET', '/work');
};
const deadlines = async (): Promise<readonly string[]> =>
  (await slice.ok('Director', 'GET', '/deadlines')).items
    .map(({ kind }: { kind: string }) => kind)
    .filter((kind: string) => ['deviation', 'credential', 'follow-up', 'security-stop'].includes(kind));

/** How many lines of each part of the work list are about the member. */
async function owed(): Promise<Readonly<Record<string, number>>> {
  const { toDecide, ...list } = await work();
  const parts: Record<string, { readonly total: number }> = { ...list, ...toDecide };
  return Object.fromEntries(
    [
      'sessionsToClose',
      'requestsToQualify',
      'consentsMissing',
      'deviationsToReview',
      'credentialsOpen',
      'followUps',
      'seriousDeviations',
      'strikeOutsToDecide',
      'reminders',
    ].map((name) => [name, parts[name]?.total ?? Number.NaN]),
  );
}
const NOTHING = {
  sessionsToClose: 0,
  requestsToQualify: 0,
  consentsMissing: 0,
  deviationsToReview: 0,
  credentialsOpen: 0,
  followUps: 0,
  seriousDeviations: 0,
  strikeOutsToDecide: 0,
  reminders: 0,
};

/** A session that leaves one thing of each kind to do, one that nobody closed, a request nobody qualified, one booked. */
beforeEach(async () => {
  slice = await openSlice();
  for (const office of ['president', 'director', 'support-lead'])
    await slice.ok('Director', 'POST', `/staff/${slice.staffId}/offices`, { office, from: '2026-01-01' });
  story = await prepareStory(slice, await publishCharter(slice));
  const { sessionId, memberId, technicianId, requestId } = story;
  const post = (path: string, body: object = {}) =>
    slice.ok('Technician', 'POST', `/sessions/${sessionId}${path}`, body);
  slice.moveTo('2026-06-02T08:01:00.000Z');
  await post('/start', startBody(story));
  await post('/state-before', { observed: true, state: 'File d’attente bloquée.' });
  await post('/credentials', { method: 'temporary-password', changeAdvised: true });
  const action = { category: 'settings', riskClass: 'none', description: 'File vidée.', alreadyDone: true };
  await post('/actions', { ...action, outOfScope: true });
  await post('/state-after', { observed: true, state: 'Page imprimée.' });
  await post('/recommendations', { none: true });
  await post('/end');
  await post('/close', { outcome: 'resolved' });
  await slice.settled();
  const entry = await slice.ok('Director', 'GET', `/journal/${sessionId}?purpose=quality`);
  const target = { targetEventId: entry.session.actions[0].eventId, field: 'description', reason: 'secret' };
  struck = (await post('/strike-outs', target)).id;
  const past = { technicianId, reason: 'other', memberPresent: 'yes', linkEncrypted: 'yes', problem: 'Souris muette.' };
  const times = { startedAt: '2026-06-02T07:00:00.000Z', endedAt: '2026-06-02T07:20:00.000Z' };
  const today = { technicianId, startsAt: '2026-06-02T15:00:00+02:00', endsAt: '2026-06-02T16:00:00+02:00' };
  const forgotten = (await slice.ok('SupportLead', 'POST', `/requests/${requestId}/appointments`, today)).id;
  await slice.ok('Technician', 'POST', `/sessions/${forgotten}/record-afterwards`, { ...past, ...times });
  const asked = { memberId, problem: 'Plus de son.', channel: 'phone', commercialUse: false };
  waiting = (await slice.ok('Technician', 'POST', '/requests', { ...asked, confidentialDataPresent: false })).id;
  const slot = { technicianId, startsAt: '2026-06-15T10:00:00+02:00', endsAt: '2026-06-15T11:00:00+02:00' };
  await slice.ok('SupportLead', 'POST', `/requests/${requestId}/appointments`, slot);
  await slice.settled();
});
afterEach(async () => {
  expect(slice.faults).toEqual([]);
  await slice.close();
});

/** Everything that may go goes, on request. */
async function erase(): Promise<void> {
  const rightsId = await receive(slice, story.memberId, 'erasure');
  await slice.ok('SupportLead', 'POST', `/rights/${rightsId}/identity`, { method: 'membership-number' });
  await slice.settled();
  const { lines } = await slice.ok('Director', 'GET', `/rights/${rightsId}/grid`);
  const grid = lines.map(({ cell, suggestion }: { cell: string; suggestion: object }) => ({ cell, ...suggestion }));
  await slice.ok('Director', 'POST', `/rights/${rightsId}/decision`, { grounds: [], reasons: 'Fondée.', grid });
  await slice.settled();
  expect(await slice.erasure.finish()).toEqual([]);
  await slice.settled();
}

async function sameAfterRebuild(): Promise<void> {
  const reports = await slice.temoin.rebuildAll();
  expect(reports.filter(({ differences }) => differences.length > 0)).toEqual([]);
}

describe('what is left to do about a member who is erased', () => {
  it('leaves the work list and the deadlines, also those reminded of before; the counts stay [charter:4.3]', async () => {
    slice.moveTo('2026-06-10T12:00:00.000Z');
    await write();
    slice.moveTo('2026-06-11T12:00:00.000Z');
    const before = await owed();
    for (const [part, total] of Object.entries(before)) expect([part, total > 0]).toEqual([part, true]);
    expect(new Set(await deadlines())).toEqual(new Set(['deviation', 'credential']));
    const counted = await slice.ok('Director', 'GET', '/compliance');
    expect(counted.open).toBe(counted.total);

    await erase();
    expect(await owed()).toEqual(NOTHING);
    expect(await deadlines()).toEqual([]);
    expect(await slice.ok('Director', 'GET', '/compliance')).toMatchObject({ total: counted.total, open: 0 });
    expect((await slice.ok('Director', 'GET', '/deviations?review=open')).items).toEqual([]);
    const { items } = await slice.ok('Director', 'GET', '/deviations');
    expect(items).toHaveLength(counted.total);
    for (const one of items) expect(one.review).toBe('erased');
    await sameAfterRebuild();
    expect(await owed()).toEqual(NOTHING);
    expect(await deadlines()).toEqual([]);
  });

  it('cannot be commented any more: that is why nobody is sent after it [charter:4.3]', async () => {
    const [{ deviationId }] = (await slice.ok('Director', 'GET', `/deviations?sessionId=${story.sessionId}`)).items;
    await erase();
    const path = `/api/v1/sessions/${story.sessionId}/deviations/${deviationId}/review`;
    const review = await slice.send('POST', path, { comment: 'Vu.' }, { as: 'Director' });
    expect([review.status, review.body.code]).toEqual([410, 'erased']);
  });

  it('is asked and reminded of by no process, however long one waits [charter:X.7-9]', async () => {
    await write();
    await erase();
    const before = (await slice.ok('SupportLead', 'GET', '/reminders?role=SupportLead')).items.length;
    slice.moveTo('2026-07-20T12:00:00.000Z');
    await write();
    const found = await listCases({ viewStore: slice.temoin.viewStore }, { limit: 200 });
    const about = found.items.filter(({ process }) =>
      ['follow-up', 'deviation-review', 'credential', 'consent-lapse'].includes(process),
    );
    expect(about.length).toBeGreaterThan(3);
    for (const one of about) {
      expect([one.process, one.state]).toEqual([one.process, 'ended']);
      for (const { result, at } of one.done) if (at > '2026-07') expect(result).toBe('not-needed');
    }
    expect((await slice.ok('SupportLead', 'GET', '/reminders?role=SupportLead')).items).toHaveLength(before);
    const { reminders, ...rest } = await work();
    expect(rest.followUps.total).toBe(0);
    // the answer to the erasure itself is still owed
    for (const { process } of reminders.items) expect(process).toBe('rights-request');
    await sameAfterRebuild();
  });
});

describe('what is left to do about a session whose period is over', () => {
  it('leaves the work list and the deadlines by the run of the night [charter:8.1f] [charter:4.4c]', async () => {
    slice.moveTo('2027-06-17T12:00:00.000Z');
    await write();
    expect((await owed()).deviationsToReview).toBeGreaterThan(0);
    await slice.ok('Director', 'POST', '/retention/run', {});
    expect(await owed()).toEqual(NOTHING);
    expect(await deadlines()).toEqual([]);
    expect([waiting, struck].every((id) => typeof id === 'string')).toBe(true);
    await sameAfterRebuild();
    await write();
    expect(await owed()).toEqual(NOTHING);
  });
});
