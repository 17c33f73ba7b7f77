import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { dueRunner } from '#application/processes/run-due.js';
import type { Alarm } from '#application/temoin.js';
import type { ProcessName } from '#domain/process/codes.js';
import type { Instant } from '#kernel/time.js';
import { listLetters } from '#views/letters.js';
import { listCases } from '#views/processes.js';
import { openSlice, type Slice } from './slice.js';
import { prepareStory, publishCharter, type Story, tellStory } from './slice-story.js';

const time = frenchCivilTime();
let slice: Slice;
let alarms: Alarm[];
/** What the processes think it is: may be turned back, which the service's own clock never is. */
let now: string | undefined;
const runner = () => {
  const clock = { now: () => (now as Instant | undefined) ?? slice.temoin.clock.now() };
  return dueRunner({ temoin: { ...slice.temoin, clock }, time, onAlarm: (alarm) => alarms.push(alarm) });
};
const letters = async () => {
  await slice.settled();
  const found = await listLetters({ viewStore: slice.temoin.viewStore }, { limit: 200 });
  return found.items.map(({ template }) => template).sort();
};
const done = async (process: ProcessName) => {
  await slice.settled();
  const { items } = await listCases({ viewStore: slice.temoin.viewStore }, { process, limit: 200 });
  return items.flatMap((one) => one.done.map(({ step, result, to, late }) => ({ step, result, to, late })));
};

async function closeSession({ sessionId }: Story): Promise<void> {
  const post = (path: string, body: object) => slice.ok('Technician', 'POST', `/sessions/${sessionId}${path}`, body);
  await post('/state-before', { observed: true, state: 'Tout marche.' });
  await post('/no-action', { reason: 'explanation-only' });
  await post('/state-after', { observed: true, state: 'Tout marche.' });
  await post('/recommendations', { none: true });
  await post('/end', {});
  await post('/close', { outcome: 'resolved' });
}

const complaint = (memberId: string, sessionId: string) => ({
  memberId,
  channel: 'email',
  receivedAt: slice.temoin.clock.now(),
  learnedOn: '2026-06-02',
  facts: 'L’imprimante n’imprime plus du tout.',
  consequences: 'Une journée perdue.',
  sessionIds: [sessionId],
  against: [],
  concernsDirector: false,
});

beforeEach(async () => {
  alarms = [];
  now = undefined;
  slice = await openSlice();
  for (const office of ['president', 'director', 'support-lead'])
    await slice.ok('Director', 'POST', `/staff/${slice.staffId}/offices`, { office, from: '2026-01-01' });
});
afterEach(() => slice.close());

describe('processes', () => {
  it('write what an event asks for, once, whoever runs them, however often, and after a rebuild [charter:X.1-3] [charter:3.1b]', async () => {
    await tellStory(slice);
    const run = runner();
    expect((await run()).done).toBeGreaterThan(1);
    expect(await letters()).toEqual(['consent-receipt', 'preparation']);
    expect(await run()).toMatchObject({ done: 0, parked: 0 });
    expect(await runner()()).toMatchObject({ done: 0, parked: 0 });
    for (const view of ['processes', 'letters']) expect((await slice.temoin.rebuild(view)).differences).toEqual([]);
    expect(await runner()()).toMatchObject({ done: 0, parked: 0 });
    expect(await letters()).toEqual(['consent-receipt', 'preparation']);
    expect(alarms).toEqual([]);
  });

  it('link what they do about one case, and no event is without what caused it and what it belongs to', async () => {
    await tellStory(slice);
    await runner()();
    const byCorrelation = new Map<unknown, Set<string>>();
    for await (const { stream, metadata } of slice.temoin.eventStore.readAll()) {
      const told = JSON.parse(Buffer.from(metadata).toString()) as Record<string, unknown>;
      const { $correlationId, $causationId, commandId } = told;
      expect($correlationId).toMatch(/^[0-9a-f-]{36}$/);
      expect(stream.startsWith('refusal-') || $causationId === commandId).toBe(true);
      const [category = ''] = stream.split('-');
      byCorrelation.set($correlationId, (byCorrelation.get($correlationId) ?? new Set()).add(category));
    }
    const cases = [...byCorrelation.values()].filter((categories) => categories.has('process'));
    expect(cases.length).toBeGreaterThan(1);
    expect(cases.filter((categories) => categories.has('letter'))).toHaveLength(2);
  });

  it('two at once do it once between them', async () => {
    await tellStory(slice);
    await Promise.all([runner()(), runner()(), runner()()]);
    expect(await letters()).toEqual(['consent-receipt', 'preparation']);
    expect((await done('letter')).map(({ step }) => step).sort()).toEqual(['consent-receipt', 'preparation']);
  });

  it('ask the three questions the next morning, and never again; unanswered the lead is told once [charter:X.7-9]', async () => {
    const story = await tellStory(slice);
    await closeSession(story);
    const run = runner();
    await run();
    slice.moveTo('2026-06-03T06:59:00.000Z');
    await run();
    expect(await letters()).not.toContain('follow-up');
    slice.moveTo('2026-06-03T07:00:00.000Z');
    await run();
    for (const day of ['06-05', '06-09', '06-11', '07-20', '12-01']) {
      slice.moveTo(`2026-${day}T08:00:00.000Z`);
      await run();
    }
    expect((await letters()).filter((one) => one === 'follow-up')).toHaveLength(1);
    expect(await done('follow-up')).toEqual([
      { step: 'ask', result: 'command', to: [], late: false },
      { step: 'unanswered', result: 'reminder', to: ['SupportLead'], late: true },
    ]);
  });

  it('told by a person before, ask nothing', async () => {
    const story = await tellStory(slice);
    await closeSession(story);
    await slice.ok('Technician', 'POST', `/sessions/${story.sessionId}/follow-up`, { channel: 'phone' });
    slice.moveTo('2026-06-04T08:00:00.000Z');
    await runner()();
    expect(await letters()).not.toContain('follow-up');
  });

  it('acknowledge a complaint by letter at once, remind the Director, and go to the President when it is late [charter:9.1] [charter:9.2]', async () => {
    const { memberId, sessionId } = await tellStory(slice);
    await slice.ok('SupportLead', 'POST', '/complaints', complaint(memberId, sessionId));
    const run = runner();
    await run();
    expect(await letters()).toContain('complaint-acknowledgement');
    // five working days from Tuesday 2 June: Tuesday 9 June
    slice.moveTo('2026-06-08T07:00:00.000Z');
    await run();
    slice.moveTo('2026-06-10T06:59:00.000Z');
    await run();
    expect(await done('complaint-acknowledgement')).toEqual([
      { step: 'remind', result: 'reminder', to: ['Director'], late: false },
    ]);
    slice.moveTo('2026-06-10T07:00:00.000Z');
    await run();
    expect((await done('complaint-acknowledgement')).at(-1)).toEqual({
      step: 'escalate',
      result: 'reminder',
      to: ['President'],
      late: false,
    });
  });

  it('after a downtime catch up once, and say what was late', async () => {
    const { memberId, sessionId } = await tellStory(slice);
    await slice.ok('SupportLead', 'POST', '/complaints', complaint(memberId, sessionId));
    slice.moveTo('2026-07-20T08:00:00.000Z');
    const run = runner();
    const report = await run();
    expect(report.late).toBeGreaterThanOrEqual(4);
    expect((await done('complaint-proposal')).map(({ step, late }) => ({ step, late }))).toEqual([
      { step: 'remind', late: true },
      { step: 'escalate', late: true },
    ]);
    // letters that nobody could use any more are not written
    expect(await letters()).toEqual([]);
    expect(await run()).toMatchObject({ done: 0 });
  });

  it('with the clock turned back do nothing that was done, and nothing early', async () => {
    const { memberId, sessionId } = await tellStory(slice);
    await slice.ok('SupportLead', 'POST', '/complaints', complaint(memberId, sessionId));
    slice.moveTo('2026-06-10T07:00:00.000Z');
    await runner()();
    const before = await done('complaint-acknowledgement');
    now = '2026-06-03T07:00:00.000Z';
    expect(await runner()()).toMatchObject({ done: 0 });
    now = undefined;
    expect(await runner()()).toMatchObject({ done: 0 });
    expect(await done('complaint-acknowledgement')).toEqual(before);
  });

  it('a consent that nobody used is told the day after, in Paris [charter:3.1a]', async () => {
    await prepareStory(slice, await publishCharter(slice));
    const run = runner();
    slice.moveTo('2026-06-02T21:59:00.000Z');
    await run();
    expect(await done('consent-lapse')).toEqual([]);
    slice.moveTo('2026-06-02T22:00:00.000Z');
    await run();
    expect(await done('consent-lapse')).toEqual([
      { step: 'lapse', result: 'reminder', to: ['SupportLead'], late: false },
    ]);
  });

  it('a session left running is asked about after three hours, once [charter:7.2a]', async () => {
    await tellStory(slice);
    const run = runner();
    slice.moveTo('2026-06-02T11:00:00.000Z');
    await run();
    expect(await done('session-running')).toEqual([]);
    slice.moveTo('2026-06-02T11:01:00.000Z');
    await run();
    slice.moveTo('2026-06-05T11:01:00.000Z');
    await run();
    expect(await done('session-running')).toHaveLength(1);
  });

  it('over a year: holds are looked at after six months, undertakings signed again after twelve [charter:8.1f] [charter:5.2]', async () => {
    const { memberId, sessionId } = await tellStory(slice);
    await slice.ok('SupportLead', 'POST', '/complaints', complaint(memberId, sessionId));
    const run = runner();
    for (let month = 6; month <= 18; month += 1) {
      const at = new Date(Date.UTC(2026, month, 3, 8)).toISOString();
      slice.moveTo(at);
      await run();
    }
    expect(await done('hold-review')).toHaveLength(1);
    expect(await done('undertaking')).toEqual([
      expect.objectContaining({ step: 'renew.2026-06-02', to: ['SupportLead'] }),
    ]);
    expect(alarms).toEqual([]);
  });

  it('one that keeps failing parks its own case with an alarm, lets the others flow, and is retried or skipped by a person', async () => {
    const { requestId } = await tellStory(slice);
    const { stream } = slice.temoin;
    const broken: typeof stream = (name, range) => {
      if (name === `request-${requestId}`) throw new RangeError('a fault of the program');
      return stream(name, range);
    };
    const temoin = { ...slice.temoin, stream: broken };
    const run = dueRunner({ temoin, time, onAlarm: (alarm) => alarms.push(alarm) });
    const reports = [await run(), await run(), await run(), await run()];
    expect(reports.map(({ parked }) => parked).reduce((sum, one) => sum + one, 0)).toBe(1);
    expect(await letters()).toEqual(['consent-receipt']);
    expect(alarms).toEqual([expect.objectContaining({ kind: 'process-parked', process: 'letter', code: 'fault' })]);
    expect(JSON.stringify(alarms)).not.toContain('Ève');
    await slice.settled();
    const { items } = await slice.ok('Administrator', 'GET', '/processes?state=parked');
    expect(items).toHaveLength(1);
    const step = `/processes/letter/cases/${items[0].caseId}/steps/${items[0].parked.step}`;
    await slice.ok('Administrator', 'POST', `${step}/retry`);
    await runner()();
    expect(await letters()).toEqual(['consent-receipt', 'preparation']);
    const again = await slice.send('POST', `/api/v1${step}/skip`, { reason: 'not-wanted' }, { as: 'Administrator' });
    expect([again.status, again.body.code]).toEqual([409, 'process-step-done']);
  });
});
