import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { dueRunner } from '#application/processes/run-due.js';
import type { ClockSettings } from '#domain/deadlines/clocks.js';
import { openSlice, type Slice } from './slice.js';
import { tellStory } from './slice-story.js';

const time = frenchCivilTime();
let slice: Slice;
let write: () => Promise<unknown>;
let complaintId: string;
const onAlarm = (alarm: unknown) => {
  throw new Error(JSON.stringify(alarm));
};
const textOf = async (template: string): Promise<string> => {
  await write();
  await slice.settled();
  const { items } = await slice.ok('Director', 'GET', `/letters?template=${template}`);
  return (await slice.ok('Director', 'GET', `/letters/${items[0].letterId}?purpose=dispute`)).text;
};
const fileOf = async (as: 'Director' | 'SupportLead' = 'Director') => {
  await slice.settled();
  return slice.ok(as, 'GET', `/complaints/${complaintId}?purpose=dispute`);
};
const codesOf = (lines: readonly { readonly clock: string }[]) => lines.map(({ clock }) => clock);
const post = (path: string, body: object) => slice.ok('President', 'POST', `/complaints/${complaintId}${path}`, body);
const refer = (recipient: string, ground: string) =>
  post('/referrals', {
    ...{ recipient, ground, recipientName: 'Médiation Fictive', variant: 'minimised', channel: 'post' },
    ...{ contentSha256: 'a'.repeat(64), sentAt: slice.temoin.clock.now(), initiatedBy: 'member' },
  });

/** A complaint on the day of the session. */
async function complain(clocks: Partial<ClockSettings>, channel = 'email') {
  slice = await openSlice({ clocks });
  write = dueRunner({ temoin: slice.temoin, time, onAlarm });
  const { memberId, sessionId } = await tellStory(slice);
  await slice.ok('Technician', 'POST', `/sessions/${sessionId}/end`, {});
  const policy = (insurer: string, policyNumber: string, from: string, until: string) =>
    slice.ok('Director', 'POST', '/registers/insurance', {
      ...{ insurer, policyNumber, from, until, coverage: 'responsabilité civile professionnelle' },
    });
  await policy('Assurance Ancienne', 'P-1', '2026-01-01', '2026-06-30');
  await policy('Assurance Nouvelle', 'P-2', '2026-07-01', '2027-12-31');
  const mediator = { mediatorName: 'Médiation Fictive', mediatorContact: '1 rue Inventée, 54000 Nancy' };
  await slice.ok('Director', 'POST', '/registers/mediators', { ...mediator, from: '2026-01-01' });
  const filed = await slice.ok('SupportLead', 'POST', '/complaints', {
    ...{ memberId, channel, receivedAt: slice.temoin.clock.now(), learnedOn: '2026-06-02' },
    ...{ facts: 'L’imprimante n’imprime plus.', consequences: 'Une journée perdue.' },
    ...{ sessionIds: [sessionId], against: [], concernsDirector: false },
  });
  complaintId = filed.id;
}
afterEach(() => slice.close());

describe('where consumer mediation applies', () => {
  it('its clocks are told, watched by a process, and go on after the closing [charter:6.3] [charter:9.2]', async () => {
    await complain({ consumerMediation: true });
    const acknowledgement = await textOf('complaint-acknowledgement');
    expect(acknowledgement).toContain('dimanche 2 août 2026, 24 h (2 mois, de date à date');
    expect(acknowledgement).toContain('mercredi 2 juin 2027');
    expect(codesOf((await fileOf()).clocks)).toEqual(expect.arrayContaining(['mediator-wait', 'mediator-referral']));

    slice.moveTo('2026-08-03T08:00:00.000Z');
    await refer('mediator', 'mediation');
    const letter = await textOf('complaint-referral');
    expect(letter).toContain('lundi 24 août 2026, 24 h (21 jours à compter du lendemain du lundi 3 août');
    expect(letter).toContain('dimanche 1er novembre 2026, 24 h (90 jours');
    await post('/close', { outcome: 'referred', finalAnswer: 'Le médiateur est saisi.', channel: 'post' });
    const final = await textOf('complaint-final-answer');
    expect(final).toContain('une fois passé le dimanche 2 août 2026, et au plus tard le mercredi 2 juin 2027, 24 h');
    expect(final).toContain('sous trois semaines');
    expect(final).toContain('90 jours');

    const due = await slice.ok('Director', 'GET', '/deadlines?kind=complaint');
    expect(codesOf(due.items)).toEqual(['mediator-admissibility', 'mediator-outcome']);
    expect(due.items[0]).toMatchObject({ lastDay: '2026-08-24', derivation: expect.stringContaining('21 jours') });
    for (const day of ['2026-08-25', '2026-11-02']) {
      slice.moveTo(`${day}T10:00:00.000Z`);
      await write();
    }
    await slice.settled();
    const { items } = await slice.ok('Director', 'GET', '/processes?process=mediation');
    const done = items[0].done.map(({ step, result }: { step: string; result: string }) => [
      step.split('.')[0],
      result,
    ]);
    expect(done).toEqual([
      ['admissibility', 'reminder'],
      ['outcome', 'reminder'],
    ]);
    expect(items[0].state).toBe('ended');
    expect((await slice.ok('Director', 'GET', '/deadlines?kind=complaint')).items).toEqual([]);
  });

  it('and end with a complaint that is withdrawn', async () => {
    await complain({ consumerMediation: true });
    await refer('mediator', 'mediation');
    await post('/withdraw', { withdrawnAt: slice.temoin.clock.now(), channel: 'email' });
    expect((await fileOf()).disclosures).toMatchObject([{ early: true }]);
    expect((await slice.ok('Director', 'GET', '/deadlines?kind=complaint')).items).toEqual([]);
    const { items } = await slice.ok('Director', 'GET', '/processes?process=mediation');
    expect(items).toMatchObject([{ state: 'ended', done: [] }]);
  });

  it('who decides is reminded that the way is open, and before it closes', async () => {
    await complain({ consumerMediation: true });
    for (const moment of ['2026-08-03T06:59:00.000Z', '2026-08-03T07:01:00.000Z', '2027-05-03T08:00:00.000Z']) {
      slice.moveTo(moment);
      await write();
    }
    await slice.settled();
    const { items } = await slice.ok('Director', 'GET', '/processes?process=mediation');
    expect(items[0].done).toMatchObject([
      { step: 'open', result: 'reminder', to: ['Director', 'President'] },
      { step: 'closing', result: 'reminder' },
    ]);
  });

  it('a complaint by word of mouth starts no clock: the letter says to write [charter:6.3]', async () => {
    await complain({ consumerMediation: true }, 'phone');
    expect(await textOf('complaint-acknowledgement')).toContain('il demande une réclamation écrite d’abord');
    expect(codesOf((await fileOf()).clocks)).not.toContain('mediator-wait');
    await refer('mediator', 'mediation');
    expect((await fileOf()).disclosures).toMatchObject([{ early: true }]);
  });
});

describe('where it does not apply, the default', () => {
  it('no clock of a mediator runs and no letter tells one; the mediator’s contact stays [charter:6.3]', async () => {
    await complain({});
    expect(await textOf('complaint-acknowledgement')).not.toMatch(/médiateur peut/i);
    await refer('mediator', 'mediation');
    const letter = await textOf('complaint-referral');
    expect(letter).not.toMatch(/21 jours|90 jours|trois semaines/);
    await post('/close', { outcome: 'referred', finalAnswer: 'Le médiateur est saisi.', channel: 'post' });
    const final = await textOf('complaint-final-answer');
    expect(final).toContain('Médiation Fictive\n1 rue Inventée, 54000 Nancy');
    expect(final).not.toMatch(/trois semaines|90 jours|une fois passé/);
    expect((await fileOf()).clocks.filter(({ clock }: { clock: string }) => clock.startsWith('mediator'))).toEqual([]);
    expect((await slice.ok('Director', 'GET', '/processes?process=mediation')).items).toEqual([]);
  });
});

describe('the insurance', () => {
  it('of the session’s day and of today stands on the complaint for who decides, and in the letters [charter:11d] [charter:6.2]', async () => {
    await complain({});
    slice.moveTo('2026-07-06T08:00:00.000Z');
    const policy = (policyNumber: string) => ({ policyNumber: { state: 'present', value: policyNumber } });
    expect((await fileOf()).insurance).toMatchObject([
      { day: '2026-06-02', sessionId: expect.any(String), policies: [policy('P-1')] },
      { day: '2026-07-06', policies: [policy('P-2')] },
    ]);
    expect(await fileOf('SupportLead')).not.toHaveProperty('insurance');
    await refer('insurer', 'insurance-claim');
    const then =
      /Assurance Ancienne\. Garantie : responsabilité civile professionnelle\. Contrat n° P-1.*le jour de l’intervention\./;
    const now = /Assurance Nouvelle\. .*Contrat n° P-2, du mercredi 1er juillet 2026.*En vigueur aujourd’hui\./;
    const letter = await textOf('complaint-referral');
    expect(letter).toMatch(then);
    expect(letter).toMatch(now);
    await post('/close', { outcome: 'no-grounds', finalAnswer: 'Rien de plus.', channel: 'post' });
    expect(await textOf('complaint-final-answer')).toMatch(then);
  });
});
