import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { dueRunner } from '#application/processes/run-due.js';
import type { Alarm } from '#application/temoin.js';
import { listCases } from '#views/processes.js';
import { openSlice, type Slice } from './slice.js';
import { tellStory } from './slice-story.js';

const time = frenchCivilTime();
let slice: Slice;
let alarms: Alarm[];
const textOf = async (template: string): Promise<string> => {
  await slice.settled();
  const { items } = await slice.ok('Director', 'GET', `/letters?template=${template}`);
  const letter = await slice.ok('Director', 'GET', `/letters/${items[0].letterId}?purpose=dispute`);
  expect(letter.html).toContain('<!doctype html>');
  return letter.text;
};

beforeEach(async () => {
  alarms = [];
  slice = await openSlice();
});
afterEach(() => slice.close());

describe('letters of a dispute', () => {
  it('tell clocks, terms, remedies and the mediator; a final answer without a mediator does not leave [charter:6.3] [charter:9.1] [charter:9.2]', async () => {
    const { memberId, sessionId } = await tellStory(slice);
    const write = dueRunner({ temoin: slice.temoin, time, onAlarm: (alarm) => alarms.push(alarm) });
    const at = slice.temoin.clock.now();
    const filed = await slice.ok('SupportLead', 'POST', '/complaints', {
      memberId,
      channel: 'email',
      receivedAt: at,
      learnedOn: '2026-06-02',
      facts: 'L’imprimante n’imprime plus du tout.',
      consequences: 'Une journée perdue.',
      sessionIds: [sessionId],
      against: [],
      concernsDirector: false,
    });
    const post = (path: string, body: object) => slice.ok('President', 'POST', `/complaints/${filed.id}${path}`, body);
    await write();
    const acknowledgement = await textOf('complaint-acknowledgement');
    expect(acknowledgement).toContain('jeudi 2 juillet 2026');
    expect(acknowledgement).toContain('Ève Fictive');
    const inquirerId = (await slice.ok('Administrator', 'POST', '/staff', { name: 'Autre Personne (fictive)' })).id;
    await post('/inquirer', { inquirerId });
    await post('/qualification', {
      faultQualification: 'no-fault',
      damageType: 'none',
      reasons: 'Rien.',
      evidence: [],
    });
    const terms = 'Une nouvelle intervention, gratuite, à l’heure de votre choix.';
    const { id } = await post('/proposals', { terms, proposedAt: at, channel: 'email', answerBy: '2026-06-30' });
    await write();
    expect(await textOf('complaint-proposal')).toContain(terms);
    await post(`/proposals/${id}/answer`, { agreed: false, answeredAt: at, channel: 'email' });
    const finalAnswer = 'Nous restons à votre disposition.';
    await post('/close', { outcome: 'no-grounds', finalAnswer, mediatorContactGiven: true, channel: 'post' });
    for (let times = 0; times < 4; times += 1) await write();
    expect(alarms).toEqual([expect.objectContaining({ kind: 'process-parked', code: 'mediator-missing' })]);
    await slice.ok('Director', 'POST', '/registers/mediators', {
      mediatorName: 'Médiation Fictive',
      mediatorContact: '1 rue Inventée, 54000 Nancy',
      from: '2026-01-01',
    });
    await slice.settled();
    const { items } = await slice.ok('Director', 'GET', '/processes?state=parked');
    await slice.ok(
      'Director',
      'POST',
      `/processes/letter/cases/${items[0].caseId}/steps/${items[0].parked.step}/retry`,
    );
    await write();
    const final = await textOf('complaint-final-answer');
    expect(final).toContain(finalAnswer);
    expect(final).toContain('Médiation Fictive\n1 rue Inventée, 54000 Nancy');
    expect(final).toContain('Le Président');
  });

  it('printed or sent, which is equal, are told where they belong: the complaint is acknowledged by it [charter:9.1]', async () => {
    const { memberId, sessionId } = await tellStory(slice);
    const write = dueRunner({ temoin: slice.temoin, time, onAlarm: (alarm) => alarms.push(alarm) });
    const at = slice.temoin.clock.now();
    const filed = await slice.ok('SupportLead', 'POST', '/complaints', {
      memberId,
      channel: 'email',
      receivedAt: at,
      learnedOn: '2026-06-02',
      facts: 'L’imprimante n’imprime plus du tout.',
      consequences: 'Une journée perdue.',
      sessionIds: [sessionId],
      against: [],
      concernsDirector: false,
    });
    await write();
    await slice.settled();
    const { items } = await slice.ok('Director', 'GET', '/letters?template=complaint-acknowledgement');
    await slice.ok('Director', 'POST', `/letters/${items[0].letterId}/printed`, { handedOver: 'post' });
    await write();
    await write();
    await slice.settled();
    const one = await slice.ok('Director', 'GET', `/complaints/${filed.id}?purpose=dispute`);
    expect(one.acknowledged).toMatchObject({ channel: 'post', late: false });
    slice.moveTo('2026-06-20T07:00:00.000Z');
    await write();
    await slice.settled();
    const watched = await slice.ok('Director', 'GET', '/processes?process=complaint-acknowledgement');
    expect(watched.items).toMatchObject([{ state: 'ended', done: [] }]);
    expect(alarms).toEqual([]);
  });

  it('and the Director hears of cover that ends, unless another policy carries it on [charter:6.2]', async () => {
    const write = dueRunner({ temoin: slice.temoin, time, onAlarm: (alarm) => alarms.push(alarm) });
    const policy = (from: string, until: string) =>
      slice.ok('Director', 'POST', '/registers/insurance', {
        insurer: 'Assurance Fictive',
        policyNumber: 'P-1',
        coverage: 'responsabilité civile',
        from,
        until,
      });
    await policy('2026-01-01', '2026-12-31');
    await policy('2027-01-01', '2027-12-31');
    for (const month of ['2026-12-01', '2027-01-02', '2027-12-01', '2028-01-02']) {
      slice.moveTo(`${month}T10:00:00.000Z`);
      await write();
    }
    await slice.settled();
    const { items } = await listCases({ viewStore: slice.temoin.viewStore }, { process: 'insurance' });
    const told = items.flatMap((one) => one.done.map(({ step, result }) => `${step} ${result}`));
    expect(told.sort()).toEqual(['expired not-needed', 'expired reminder', 'remind not-needed', 'remind reminder']);
  });
});
