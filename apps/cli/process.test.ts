import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Role } from '#domain/shared/facts.js';
import { loadConfiguration } from '../composition/configuration.js';
import { type RunningService, runService } from '../service/run-service.js';
import { captured } from './captured.fixture.js';

let folder: string;
let data: string;
let service: RunningService | undefined;
let alarms: string;

const start = async () => {
  const log = pino(
    { level: 'warn' },
    {
      write: (line: string) => {
        alarms += line;
      },
    },
  );
  service = await runService(loadConfiguration({}, ['--data', data, '--port', '0']), log);
  return service;
};
const stop = async () => {
  await service?.stop();
  service = undefined;
};
beforeEach(async () => {
  alarms = '';
  folder = await mkdtemp(join(tmpdir(), 'temoin-process-'));
  data = join(folder, 'data');
});
afterEach(async () => {
  await stop();
  await rm(folder, { recursive: true, force: true });
});

const temoin = (...args: readonly string[]) => captured(['--data', data, ...args]);
const json = async (...args: readonly string[]) => JSON.parse((await temoin('--json', 'process', ...args)).out);

type Command = { readonly type: string };
async function give({ installation }: RunningService, stream: string, command: Command) {
  const given = installation.temoin;
  const actorRoles: readonly Role[] = ['Director', 'SupportLead', 'Administrator'];
  const commandId = given.ids.freshCommandId();
  const outcome = await given.execute({ commandId, actor: 'd1', actorRoles, stream, command });
  if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome));
}

/** A final answer is not written while no mediator is on record (6.3): its case is stuck, what else is due is done. */
async function stuckLetter(running: RunningService, id = 'c1'): Promise<string> {
  const { clock } = running.installation.temoin;
  const receivedAt = clock.now();
  const member = { memberId: `m-${id}`, membershipNumber: 'T-1', name: 'Ève Fictive', status: 'active', minor: false };
  await give(running, `member-m-${id}`, { type: 'RegisterMember', ...member } as Command);
  const filed = { memberId: `m-${id}`, channel: 'email', receivedAt, learnedOn: receivedAt.slice(0, 10) };
  const words = { facts: 'Lent.', consequences: 'Aucune.', sessionIds: [], against: [], concernsDirector: false };
  const complaintId = id;
  const stream = `complaint-${id}`;
  await give(running, stream, { type: 'FileComplaint', complaintId, ...filed, ...words } as Command);
  const answer = { outcome: 'no-grounds', finalAnswer: 'Rien.', mediatorContactGiven: true, channel: 'email' };
  await give(running, stream, { type: 'CloseComplaint', complaintId, ...answer } as Command);
  return until(async () => {
    // whatever is written has the clock looked at again: three tries, then it is parked
    const staffId = running.installation.temoin.ids.freshCommandId();
    await give(running, `staff-${staffId}`, { type: 'RegisterStaff', staffId, name: 'Basile Imaginaire' } as Command);
    const { items } = await json('list', '--state', 'parked', '--process', 'letter');
    return items[0]?.caseId as string | undefined;
  });
}

async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
const STEP = 'complaint-final-answer';

describe('temoin process', () => {
  it('shows what is stuck, tries it again beside the service, and what is in its way stays told', async () => {
    const running = await start();
    const caseId = await stuckLetter(running);
    expect(alarms).toMatch(/process-parked.*mediator-missing|mediator-missing.*process-parked/s);
    expect(alarms).not.toContain('Fictive');
    const listed = await temoin('process', 'list');
    expect([listed.code, listed.out.split('\n')[1]]).toEqual([0, expect.stringMatching(/^letter .*mediator-missing/)]);
    // the others flow: the acknowledgement of the same complaint was written
    expect((await json('list', '--state', 'ended', '--process', 'letter')).items).toHaveLength(1);

    const mediator = { recordId: 'r1', mediatorName: 'Médiation Exemple', mediatorContact: 'www.exemple.fr' };
    const from = running.installation.temoin.clock.now().slice(0, 10);
    await give(running, 'association-records', { type: 'RecordMediator', ...mediator, from } as Command);
    const retried = await temoin('process', 'retry', 'letter', caseId, STEP);
    expect([retried.code, retried.out]).toEqual([0, 'ProcessStepRetried\n']);
    await until(async () => ((await json('list', '--state', 'parked')).items.length === 0 ? true : undefined));
    const again = await temoin('process', 'retry', 'letter', caseId, STEP);
    expect([again.code, again.err]).toEqual([3, expect.stringContaining('process-step-')]);
  });

  it('skips with the service stopped; the step is never done after that, and later steps go on', async () => {
    const caseId = await stuckLetter(await start());
    await stop();
    const wrong = await temoin('process', 'skip', 'letter', caseId, STEP, '--reason', 'because');
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('done-otherwise')]);
    const without = await temoin('process', 'skip', 'letter', caseId, STEP);
    expect(without.code).toBe(2);
    const skipped = await json('skip', 'letter', caseId, STEP, '--reason', 'done-otherwise');
    expect(skipped).toEqual({ events: ['ProcessStepSkipped'] });
    const twice = await temoin('--json', 'process', 'skip', 'letter', caseId, STEP, '--reason', 'not-wanted');
    expect([twice.code, JSON.parse(twice.err)]).toEqual([3, expect.objectContaining({ code: 'process-step-done' })]);
    const after = await temoin('process', 'retry', 'letter', caseId, STEP);
    expect(after.code).toBe(3);
    const { items } = await json('list', '--state', 'ended', '--process', 'letter');
    const one = items.find((found: { caseId: string }) => found.caseId === caseId);
    expect(one.done).toMatchObject([{ step: STEP, result: 'skipped' }]);
    await start();
    expect((await json('list', '--state', 'parked')).items).toEqual([]);
  });

  it('retried with the service stopped is done when it starts; a double retry changes nothing more', async () => {
    const running = await start();
    const caseId = await stuckLetter(running);
    const mediator = { recordId: 'r1', mediatorName: 'Médiation Exemple', mediatorContact: 'www.exemple.fr' };
    const from = running.installation.temoin.clock.now().slice(0, 10);
    await give(running, 'association-records', { type: 'RecordMediator', ...mediator, from } as Command);
    await stop();
    const retry = () => temoin('process', 'retry', 'letter', caseId, STEP);
    expect((await retry()).code).toBe(0);
    const double = await retry();
    expect([double.code, double.err]).toEqual([3, expect.stringContaining('process-step-not-parked')]);
    await start();
    await until(async () => {
      const { items } = await json('list', '--state', 'ended', '--process', 'letter');
      return items.find((one: { caseId: string }) => one.caseId === caseId);
    });
  });

  it('says that there is no such case, process or state, and how it is used', async () => {
    await start();
    const unknown = await temoin('process', 'retry', 'letter', 'nobody', STEP);
    expect([unknown.code, unknown.err]).toEqual([4, 'There is no case letter.nobody. See: temoin process list\n']);
    expect((await temoin('process', 'skip', 'letter', 'nobody', STEP, '--reason', 'not-wanted')).code).toBe(4);
    expect((await temoin('process', 'retry', 'letters', 'nobody', STEP)).code).toBe(2);
    expect((await temoin('process', 'list', '--state', 'stuck')).code).toBe(2);
    const empty = await temoin('process', 'list');
    expect([empty.code, empty.out]).toEqual([0, 'Nothing is stuck and nothing is to come.\n']);
    expect((await json('list')).items).toEqual([]);
    for (const name of ['list', 'retry', 'skip']) expect((await temoin('process', name, '--help')).code).toBe(0);
  });
});
