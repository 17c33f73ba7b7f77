import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { dueRunner } from '#application/processes/run-due.js';
import type { Alarm } from '#application/temoin.js';
import { projectFolder } from '#testing/shared-data.js';
import { listLetters } from '#views/letters.js';
import { listCases } from '#views/processes.js';
import { openSlice, type Slice } from './slice.js';
import { beginStory, consentBody, prepareStory, publishCharter, tellStory } from './slice-story.js';

const time = frenchCivilTime();
let slice: Slice;
let alarms: Alarm[];
beforeEach(async () => {
  alarms = [];
  slice = await openSlice();
});
afterEach(() => slice.close());

const runner = () => dueRunner({ temoin: slice.temoin, time, onAlarm: (alarm) => alarms.push(alarm) });
const publishNext = async (effectiveFrom: string): Promise<string> => {
  const text = await readFile(join(projectFolder, 'infra', 'demo', 'charte-exemple.txt'), 'utf8');
  const body = { effectiveFrom, text: `${text}\n`, changeSummary: 'Rien d’autre que la date.' };
  const first = await slice.send('POST', '/api/v1/charter/versions', body, { as: 'Director' });
  const acceptedMissing = (first.body.errors ?? []).map((one: { pointer: string }) => one.pointer.split('/').pop());
  const { id } =
    first.status === 201
      ? first.body
      : await slice.ok('Director', 'POST', '/charter/versions', { ...body, acceptedMissing });
  return String(id);
};

const noticeSteps = async (id: string) => {
  await slice.settled();
  const { items } = await listCases({ viewStore: slice.temoin.viewStore }, { process: 'charter-notice' });
  return items.find(({ caseId }) => caseId === id)?.done.map(({ step, result }) => `${step} ${result}`);
};
const acknowledgements = async (id: string, query = '') => {
  await slice.settled();
  return slice.ok('SupportLead', 'GET', `/charter/versions/${id}/acknowledgements${query}`);
};
const toAccept = async (memberId: string, day = '') => {
  await slice.settled();
  return slice.ok('Technician', 'GET', `/members/${memberId}/charter${day}`);
};
const member = async (name: string): Promise<string> => {
  const body = { membershipNumber: name, name, status: 'active', minor: false };
  return String((await slice.ok('SupportLead', 'POST', '/members', body)).id);
};

describe('a new charter', () => {
  it('is told to every member, once each, and asks for new undertakings when it begins [charter:10.2] [charter:5.2]', async () => {
    await tellStory(slice);
    const run = runner();
    await run();
    const id = await publishNext('2026-07-01');
    await run();
    await runner()();
    await slice.settled();
    const told = await listLetters({ viewStore: slice.temoin.viewStore }, { template: 'charter-change' });
    expect(told.items).toHaveLength(1);
    slice.moveTo('2026-07-01T07:00:00.000Z');
    await run();
    expect(await noticeSteps(id)).toEqual(['notify letter', 'undertakings reminder']);
  });

  it('is accepted by answer or by the next consent; who has not is listed, and told to the lead once, 30 days on [charter:10.2]', async () => {
    const { memberId, charterVersionId: first } = await tellStory(slice);
    const [answers, silent, leaves] = [
      await member('Ada Fictive'),
      await member('Bob Fictif'),
      await member('Cid Fictif'),
    ];
    const run = runner();
    await run();
    expect(await toAccept(memberId)).toMatchObject({ charterVersionId: first, asks: 'known' });
    expect(await toAccept(silent)).toMatchObject({ charterVersionId: first, asks: 'first' });
    const id = await publishNext('2026-07-01');
    await run();
    expect(await toAccept(memberId)).toMatchObject({ charterVersionId: first, asks: 'known' });
    expect(await toAccept(memberId, '?day=2026-07-01')).toMatchObject({
      charterVersionId: id,
      asks: 'changed',
      last: { charterVersionId: first },
      changeSummary: 'Rien d’autre que la date.',
    });
    const said = { charterVersionId: id, at: slice.temoin.clock.now(), channel: 'email' };
    await slice.ok('SupportLead', 'POST', `/members/${answers}/charter`, said);
    expect((await slice.ok('SupportLead', 'POST', `/members/${answers}/charter`, said)).events).toEqual([]);
    const wrong = { ...said, charterVersionId: 'other' };
    const refused = await slice.send('POST', `/api/v1/members/${answers}/charter`, wrong, { as: 'SupportLead' });
    expect([refused.status, refused.body.code]).toEqual([422, 'charter-not-published']);
    await slice.ok('Director', 'POST', `/members/${leaves}/leave`, { on: '2026-06-03' });
    const listed = await acknowledgements(id);
    expect(listed.counts).toEqual({ given: 1, missing: 2 });
    // registered in the same moment: in any order
    const lineOf = (id: string) => listed.items.find((one: { memberId: string }) => one.memberId === id);
    expect([memberId, answers, silent].map(lineOf)).toMatchObject([
      { memberId, state: 'missing', last: { charterVersionId: first }, notice: { standing: 'waiting' } },
      { memberId: answers, state: 'given', accepted: { charterVersionId: id }, name: { value: 'Ada Fictive' } },
      { memberId: silent, state: 'missing' },
    ]);
    const page = await acknowledgements(id, '?state=missing&limit=1');
    expect(page.items.map((one: { memberId: string }) => one.memberId)).toEqual([memberId]);
    const rest = await acknowledgements(id, `?state=missing&limit=1&cursor=${encodeURIComponent(page.next)}`);
    expect([rest.items.map((one: { memberId: string }) => one.memberId), rest.next]).toEqual([[silent], undefined]);
    for (const moment of ['2026-07-31T06:59:00.000Z', '2026-07-31T07:00:00.000Z', '2026-09-30T07:00:00.000Z']) {
      slice.moveTo(moment);
      await run();
    }
    expect(await noticeSteps(id)).toEqual(['notify letter', 'undertakings reminder', 'unacknowledged reminder']);
    const letters = await listLetters({ viewStore: slice.temoin.viewStore }, { template: 'charter-change' });
    expect(letters.items).toHaveLength(4);
    expect(alarms).toEqual([]);
  });

  it('that all have accepted, or that another replaced, reminds nobody [charter:10.2]', async () => {
    const { memberId } = await tellStory(slice);
    const run = runner();
    const second = await publishNext('2026-07-01');
    const said = { at: slice.temoin.clock.now(), channel: 'paper' };
    await slice.ok('SupportLead', 'POST', `/members/${memberId}/charter`, { ...said, charterVersionId: second });
    await run();
    slice.moveTo('2026-07-31T07:00:00.000Z');
    await run();
    expect((await noticeSteps(second))?.at(-1)).toBe('unacknowledged not-needed');
  });

  it('makes a consent given before ask again: it is on the work list before the start is refused [charter:10.2]', async () => {
    const story = await prepareStory(slice, await publishCharter(slice));
    const work = async () => {
      await slice.settled();
      return (await slice.ok('SupportLead', 'GET', '/work')).consentsToRenew;
    };
    expect(await work()).toEqual({ items: [], total: 0 });
    const id = await publishNext('2026-06-02');
    expect(await work()).toMatchObject({
      items: [{ appointment: { sessionId: story.sessionId }, charterVersionId: id }],
      total: 1,
    });
    await slice.ok('Technician', 'POST', `/sessions/${story.sessionId}/consent`, consentBody({ charterVersionId: id }));
    expect(await work()).toEqual({ items: [], total: 0 });
    expect(await toAccept(story.memberId)).toMatchObject({ charterVersionId: id, asks: 'known' });
    await beginStory(slice, { ...story, charterVersionId: id });
  });
});
