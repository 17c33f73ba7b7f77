import { mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { allViews } from '#views/all-views.js';
import { staffView } from '#views/staff.js';
import { loadConfiguration } from '../composition/configuration.js';
import { askForRebuild } from '../composition/rebuild-line.js';
import { type RunningService, runService } from '../service/run-service.js';
import { captured } from './captured.fixture.js';
import { localAdministrator } from './give-command.js';

let folder: string;
let data: string;
let service: RunningService | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temoin-rebuild-'));
  data = join(folder, 'data');
  service = await runService(loadConfiguration({}, ['--data', data, '--port', '0']), pino({ level: 'silent' }));
});
afterEach(async () => {
  await service?.stop();
  await rm(folder, { recursive: true, force: true });
});

const rebuild = (...views: readonly string[]) => captured(['--data', data, '--json', 'rebuild', ...views]);

async function addStaff({ installation: { temoin } }: RunningService): Promise<string> {
  const commandId = temoin.ids.freshCommandId();
  const staffId = temoin.ids.newId(commandId, 'staff');
  const command = { type: 'RegisterStaff', staffId, name: 'Basile Imaginaire' };
  const { actor, roles } = localAdministrator;
  const outcome = await temoin.execute({ commandId, actor, actorRoles: roles, stream: `staff-${staffId}`, command });
  if (outcome.outcome !== 'accepted') throw new Error(outcome.outcome);
  return staffId;
}

describe('a rebuild asked for while the service runs', () => {
  it('is done by the service: of what is written meanwhile nothing is lost', async () => {
    const running = service as RunningService;
    const added: string[] = [];
    let writing = true;
    const writer = (async () => {
      // each a little later than the one before: a slow machine makes no longer log than a fast one
      for (; writing; await new Promise((resolve) => setTimeout(resolve, added.length)))
        added.push(await addStaff(running));
    })();
    for (let n = 0; n < 4; n += 1) {
      const { code, out } = await rebuild('staff');
      expect(code).toBe(0);
      expect(JSON.parse(out)).toMatchObject({ view: 'staff', differences: [], parked: [] });
    }
    writing = false;
    await writer;
    const { temoin } = running.installation;
    const head = (await temoin.eventStore.head()) ?? '';
    expect(await temoin.waitFor('staff', head, 600_000)).toBe(true);
    expect((await temoin.viewStore.load(staffView.schema, 'staff', added)).size).toBe(added.length);
    expect((await temoin.rebuild('staff')).differences).toEqual([]);
  });

  it('two at once are done one after the other', async () => {
    await addStaff(service as RunningService);
    for (const { code } of await Promise.all([rebuild('staff'), rebuild('staff'), rebuild('journal')]))
      expect(code).toBe(0);
  });

  it('of all views reads the events once, and says of each view what came of it', async () => {
    await addStaff(service as RunningService);
    const { code, out } = await rebuild('all');
    expect(code).toBe(0);
    const { views } = JSON.parse(out) as { views: readonly { view: string; differences: readonly unknown[] }[] };
    expect(views.map(({ view }) => view).sort()).toEqual(allViews.map(({ schema }) => schema.name).sort());
    expect(views.flatMap(({ differences }) => differences)).toEqual([]);
    expect(JSON.parse((await rebuild('staff', 'journal')).out)).toMatchObject({
      views: [{ view: 'staff' }, { view: 'journal' }],
    });
  });

  it('is refused with a sentence where the service does not answer', async () => {
    await rename(join(data, 'service.sock'), join(data, 'elsewhere.sock'));
    const { code, err } = await rebuild('staff');
    expect(code).toBe(5);
    expect(err).toMatch(/does not answer/);
    await rename(join(data, 'elsewhere.sock'), join(data, 'service.sock'));
  });

  it('is asked through a socket that others cannot use, and a view that does not exist is said so', async () => {
    expect((await stat(join(data, 'service.sock'))).mode & 0o777).toBe(0o600);
    const answered = await askForRebuild(data, ['none'], () => undefined);
    expect(answered).toEqual({ outcome: 'failed', code: 'unknown-view' });
  });

  it('is done by the tool itself once the service has stopped', async () => {
    await addStaff(service as RunningService);
    await service?.stop();
    service = undefined;
    expect(await rebuild('staff')).toMatchObject({ code: 0, err: '' });
  });
});
