import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { type DueReport, dueRunner } from '#application/processes/run-due.js';
import type { Alarm } from '#application/temoin.js';
import type { ProcessName } from '#domain/process/codes.js';
import { listCases } from '#views/processes.js';
import { openSlice, type Slice } from './slice.js';

const time = frenchCivilTime();
let slice: Slice;
let alarms: Alarm[];
let run: () => Promise<DueReport>;
const runner = () => dueRunner({ temoin: slice.temoin, time, onAlarm: (alarm) => alarms.push(alarm) });
beforeEach(async () => {
  alarms = [];
  slice = await openSlice();
  run = runner();
});
afterEach(async () => {
  expect(alarms).toEqual([]);
  await slice.close();
});

/** Friday 5 June 2026, 18:00 in Paris, a weekend ahead. */
const AWARE = '2026-06-05T16:00:00.000Z';
const record = async (awareAt = AWARE): Promise<string> => {
  const body = { awareAt, kinds: ['confidentiality'], nature: 'Un rapport est parti à la mauvaise adresse.' };
  return String((await slice.ok('Technician', 'POST', '/incidents', { ...body, sessionIds: [], memberIds: [] })).id);
};
const assess = (id: string, risk: string) =>
  slice.ok('Director', 'POST', `/incidents/${id}/assessment`, { risk, reasons: 'Un destinataire.' });
const notify = (id: string, notifiedAt: string) =>
  slice.ok('Director', 'POST', `/incidents/${id}/notifications`, { notifiedAt, content: 'Première notification.' });
const at = async (moment: string) => {
  slice.moveTo(moment);
  return run();
};
const done = async (process: ProcessName = 'breach-notification') => {
  await slice.settled();
  const { items } = await listCases({ viewStore: slice.temoin.viewStore }, { process, limit: 200 });
  return items.flatMap((one) => one.done.map(({ step, result, late }) => [step, result, late].join(' ')));
};

describe('a breach', () => {
  it('is recalled at 24, 48 and 66 hours, over the weekend, and goes to both deciders at 72, once', async () => {
    slice.moveTo(AWARE);
    await record();
    for (const moment of ['2026-06-06T15:59:59.000Z', '2026-06-06T16:00:00.000Z']) await at(moment);
    expect(await done()).toEqual(['first-day reminder false']);
    await at('2026-06-07T16:00:00.000Z');
    await at('2026-06-08T10:00:00.000Z');
    await at('2026-06-08T15:59:59.000Z');
    expect((await done()).at(-1)).toBe('last-hours reminder false');
    await at('2026-06-08T16:00:00.000Z');
    await Promise.all([runner()(), runner()()]);
    const all = ['first-day', 'second-day', 'last-hours', 'escalate'].map((step) => `${step} reminder false`);
    expect(await done()).toEqual(all);
    await slice.temoin.rebuild('processes');
    await runner()();
    expect(await done()).toEqual(all);
    for (const role of ['Director', 'President'] as const) {
      const { items } = await slice.ok(role, 'GET', `/reminders?role=${role}`);
      expect(items.map(({ step }: { step: string }) => step)).toContain('escalate');
      expect(JSON.stringify(items)).not.toContain('rapport');
    }
  });

  it('that the authority was told of, in time, is recalled no more; a complement changes nothing', async () => {
    slice.moveTo(AWARE);
    const id = await record();
    await at('2026-06-06T16:00:00.000Z');
    await notify(id, '2026-06-06T16:00:00.000Z');
    await at('2026-06-09T16:00:00.000Z');
    await notify(id, '2026-06-09T16:00:00.000Z');
    await at('2026-06-20T16:00:00.000Z');
    expect(await done()).toEqual(['first-day reminder false']);
  });

  it('found without risk is recalled no more; found to have one after all it is, from there on', async () => {
    slice.moveTo(AWARE);
    const id = await record();
    await assess(id, 'unlikely');
    await at('2026-06-06T16:00:00.000Z');
    await assess(id, 'risk');
    await at('2026-06-07T16:00:00.000Z');
    expect(await done()).toEqual(['first-day not-needed false', 'second-day reminder false']);
  });

  it('whose service stood still is caught up once, and says what was late', async () => {
    slice.moveTo(AWARE);
    await record();
    const report = await at('2026-06-10T08:00:00.000Z');
    expect(report).toMatchObject({ done: 4, late: 4 });
    expect(await done()).toEqual(
      ['first-day', 'second-day', 'last-hours', 'escalate'].map((step) => `${step} reminder true`),
    );
    expect(await at('2026-06-11T08:00:00.000Z')).toMatchObject({ done: 0 });
  });

  it('written down after the 72 hours is escalated at once, and as late', async () => {
    slice.moveTo('2026-06-10T08:00:00.000Z');
    await record();
    expect(await run()).toMatchObject({ done: 1, late: 1 });
    expect(await done()).toEqual(['escalate reminder true']);
  });

  it('of high risk is recalled until the persons were told, or it was said why not', async () => {
    slice.moveTo(AWARE);
    const [told, open] = [await record(), await record()];
    for (const id of [told, open]) {
      await notify(id, AWARE);
      await assess(id, 'high');
    }
    await at('2026-06-06T16:00:00.000Z');
    const exempt = { exemption: 'risk-removed', reasons: 'Le rapport a été détruit sans être lu.' };
    await slice.ok('Director', 'POST', `/incidents/${told}/exemption`, exempt);
    await at('2026-06-08T16:00:00.000Z');
    expect((await done('breach-persons')).sort()).toEqual([
      'escalate reminder false',
      'tell reminder false',
      'tell reminder false',
    ]);
    expect(await done()).toEqual([]);
  });
});
