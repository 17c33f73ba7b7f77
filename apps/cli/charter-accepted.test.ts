import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { projectFolder } from '#testing/shared-data.js';
import { loadConfiguration } from '../composition/configuration.js';
import { type RunningService, runService } from '../service/run-service.js';
import { captured } from './captured.fixture.js';

let folder: string;
let service: RunningService;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temoin-accepted-'));
  const config = loadConfiguration({}, ['--data', join(folder, 'data'), '--port', '0']);
  service = await runService(config, pino({ level: 'silent' }));
});
afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true, force: true });
});

const temoin = (...args: readonly string[]) => captured(['--data', join(folder, 'data'), ...args]);

describe('temoin charter accepted', () => {
  it('lists who has accepted the version in force and who has not, without a name [charter:10.2]', async () => {
    const none = await temoin('charter', 'accepted');
    expect([none.code, none.err]).toEqual([4, 'There is no such version. See: temoin charter show\n']);
    const text = join(projectFolder, 'infra', 'demo', 'charte-exemple.txt');
    const how = ['--effective', '2026-06-01', '--yes', '--accept-missing'];
    const imported = await temoin('--json', 'charter', 'import', text, ...how);
    expect([imported.code, imported.err]).toEqual([0, '']);
    const { temoin: core } = service.installation;
    // what may make an installation leaves a running service its turn: what it wrote is seen at once
    const head = (await core.eventStore.head()) ?? '';
    expect(await core.waitFor('charters', head, 600_000)).toBe(true);
    const give = async (stream: string, command: object) => {
      const actor = { actor: 'd1', actorRoles: ['SupportLead' as const] };
      const commandId = core.ids.freshCommandId();
      const outcome = await core.execute({ commandId, ...actor, stream, command: command as { type: string } });
      if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome));
    };
    for (const memberId of ['m1', 'm2']) {
      const person = { memberId, membershipNumber: memberId, name: 'Ève Fictive', status: 'active', minor: false };
      await give(`member-${memberId}`, { type: 'RegisterMember', ...person });
    }
    const { charterVersionId } = JSON.parse((await temoin('--json', 'charter', 'accepted')).out);
    const said = { memberId: 'm1', charterVersionId, at: core.clock.now(), channel: 'email' };
    await give('member-m1', { type: 'AcknowledgeCharter', ...said });
    const listed = JSON.parse((await temoin('--json', 'charter', 'accepted')).out);
    expect(listed).toMatchObject({ charterVersionId, counts: { given: 1, missing: 1 } });
    const missing = await temoin('charter', 'accepted', charterVersionId, '--missing');
    expect(missing.out).toContain('1 accepted, 1 not yet');
    expect(missing.out).toMatch(/^m2 +missing/m);
    expect(missing.out + JSON.stringify(listed)).not.toMatch(/Fictive|^m1 /m);
    expect((await temoin('charter', 'accepted', 'other')).code).toBe(4);
    expect((await temoin('charter', 'accepted', '--help')).code).toBe(0);
  });
});
