import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { dueRunner } from '#application/processes/run-due.js';
import type { Alarm } from '#application/temoin.js';
import { openSlice, type Slice } from './slice.js';
import { type Story, tellStory } from './slice-story.js';

const time = frenchCivilTime();
let slice: Slice;
let story: Story;
let alarms: Alarm[];
const look = async () => {
  await slice.settled();
  await dueRunner({ temoin: slice.temoin, time, onAlarm: (alarm) => alarms.push(alarm) })();
  await slice.settled();
};
const step = (path: string, body: object) =>
  slice.ok('Technician', 'POST', `/sessions/${story.sessionId}${path}`, body);
const incidents = async () => (await slice.ok('Director', 'GET', '/incidents')).items;
const triages = async () => (await slice.ok('Technician', 'GET', '/work')).breachTriages;

beforeEach(async () => {
  alarms = [];
  slice = await openSlice();
  story = await tellStory(slice);
  slice.moveTo('2026-06-02T08:20:00.000Z');
  await step('/interrupt', { reason: 'SECURITY', note: 'Un programme inconnu s’est lancé.' });
});
afterEach(async () => {
  expect(alarms).toEqual([]);
  await slice.close();
});

describe('a stop for security', () => {
  it('leaves the question whether data were touched open in the work list and the deadlines, and reminds of it [charter:7.3b]', async () => {
    await look();
    expect(await triages()).toMatchObject({ total: 1, items: [{ sessionId: story.sessionId, advices: [] }] });
    const { items } = await slice.ok('SupportLead', 'GET', '/deadlines?kind=security-stop');
    expect(items).toMatchObject([{ clock: 'breach-triage', endsAt: '2026-06-03T08:20:00.000Z' }]);
    const reminded = async (role: 'Technician' | 'Director') =>
      (await slice.ok(role, 'GET', `/reminders?role=${role}`)).items.map(({ step: one }: { step: string }) => one);
    expect(await reminded('Technician')).toEqual(['ask']);
    expect(await reminded('Director')).not.toContain('escalate');
    expect((await slice.ok('Technician', 'GET', '/work')).reminders).toMatchObject({ total: 1 });
    slice.moveTo('2026-06-03T08:20:00.000Z');
    await look();
    expect(await reminded('Director')).toContain('escalate');
    expect(await incidents()).toEqual([]);
  });

  it('answered no ends there, with its reason and the advice given on record [charter:7.3b]', async () => {
    await step('/security-advice', { advices: ['disconnect-internet', 'run-antivirus'] });
    await step('/breach-triage', { answer: 'no', reason: 'Rien n’était ouvert.' });
    await look();
    expect(await triages()).toMatchObject({ total: 0 });
    expect(await incidents()).toEqual([]);
    const { session } = await slice.ok('Director', 'GET', `/journal/${story.sessionId}?purpose=dispute`);
    expect(session.securityAdvice.advices).toEqual(['disconnect-internet', 'run-antivirus']);
    expect(session.breachTriage).toMatchObject({
      answer: 'no',
      reason: { state: 'present', value: 'Rien n’était ouvert.' },
    });
  });

  it.each(['yes', 'unknown'] as const)(
    'answered %s opens an incident, once, whose 72 hours run from the awareness [charter:7.3b]',
    async (answer) => {
      slice.moveTo('2026-06-02T09:00:00.000Z');
      await step('/breach-triage', {
        answer,
        reason: 'Le dossier des photos était ouvert.',
        awareAt: '2026-06-02T10:20:00+02:00',
      });
      for (let times = 0; times < 3; times += 1) await look();
      const [incident, ...others] = await incidents();
      expect(others).toEqual([]);
      expect(incident).toMatchObject({
        awareAt: '2026-06-02T08:20:00.000Z',
        notifyBefore: '2026-06-05T08:20:00.000Z',
      });
      const whole = JSON.stringify(await slice.ok('Director', 'GET', `/incidents/${incident.incidentId}`));
      expect(whole).toContain(story.sessionId);
      expect(whole).not.toContain('photos');
      const other = answer === 'yes' ? 'unknown' : 'yes';
      await step('/breach-triage', { answer: other, reason: 'Vu de plus près.' });
      await look();
      expect(await incidents()).toHaveLength(1);
      expect(await triages()).toMatchObject({ total: 0 });
    },
  );

  it('answered no and then yes opens one after all [charter:7.3b]', async () => {
    await step('/breach-triage', { answer: 'no', reason: 'Rien vu.' });
    await look();
    await step('/breach-triage', { answer: 'yes', reason: 'La banque de l’adhérente a appelé.' });
    await look();
    expect(await incidents()).toHaveLength(1);
  });
});
