import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memberExportSchema } from '#application/member-export/export-data.js';
import { loadConfiguration } from '../composition/configuration.js';
import { openInstallation } from '../composition/installation.js';
import { captured } from './captured.fixture.js';
import { give } from './give-command.js';

let folder: string;
let data: string;
let director: string;
let technician: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temoin-cli-member-'));
  data = join(folder, 'data');
  director = await person('Dominique Exemple', 'Director');
  technician = await person('Théo Modèle', 'Technician');
  const installation = await openInstallation(loadConfiguration({}, ['--data', data]), { lock: false, project: true });
  const register = {
    type: 'RegisterMember',
    memberId: 'm1',
    membershipNumber: 'A-1',
    name: 'Éléonore Inventée',
    status: 'active',
    minor: false,
  };
  await give(installation, 'member-m1', register);
  await installation.close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const temoin = (...args: readonly string[]) => captured(['--data', data, '--json', ...args]);
async function person(name: string, role: string): Promise<string> {
  const { staffId } = JSON.parse((await temoin('staff', 'add', '--name', name)).out);
  await temoin('token', 'create', '--staff', staffId, '--role', role);
  return staffId;
}

describe('temoin rights, temoin holds [charter:4.3] [charter:8.1f]', () => {
  it('list what waits and what is held, by reference and day, and open nothing', async () => {
    const installation = await openInstallation(loadConfiguration({}, ['--data', data]), {
      lock: false,
      project: true,
    });
    const giver = { actor: director, roles: ['Director'] as const };
    const receive = {
      type: 'ReceiveRightsRequest',
      rightsId: 'r1',
      memberId: 'm1',
      kind: 'access',
      channel: 'paper',
      receivedAt: '2026-01-31T09:00:00.000Z',
      concernsDirector: false,
      details: 'Une copie.',
    };
    await give(installation, 'rights-r1', receive, { giver });
    const hold = { type: 'PlaceLegalHold', memberId: 'm1', holdId: 'h1', cells: ['m1/identity'], ground: 'court' };
    await give(installation, 'custody-m1', hold, { giver });
    await installation.close();
    const rights = await temoin('rights');
    expect(JSON.parse(rights.out).items).toMatchObject([
      { rightsId: 'r1', dueOn: '2026-03-02', clock: { late: true } },
    ]);
    const holds = await temoin('holds');
    expect(JSON.parse(holds.out).items).toMatchObject([{ holdId: 'h1', cells: ['m1/identity'], state: 'live' }]);
    expect(rights.out + holds.out).not.toMatch(/Inventée|copie/);
  });
});

describe('temoin member export [charter:4.3]', () => {
  it('writes a page, the JSON and its schema outside the data folder, and keeps a sealed copy', async () => {
    const out = join(folder, 'copie');
    const { code, out: said, err } = await temoin('member', 'export', 'm1', '--as', director, '--out', out);
    expect([code, err]).toEqual([0, '']);
    const { exportId, files } = JSON.parse(said);
    expect((await readdir(out)).sort()).toEqual([
      'copie-des-donnees.schema.json',
      `copie-des-donnees_${exportId}.html`,
      `copie-des-donnees_${exportId}.json`,
      `donnees-fournies_${exportId}.json`,
    ]);
    for (const file of files) expect((await stat(file)).mode & 0o777).toBe(0o600);
    const exported = memberExportSchema.parse(JSON.parse(await readFile(files[1], 'utf8')));
    expect(exported.identity.name).toBe('Éléonore Inventée');
    expect(await readFile(files[0], 'utf8')).toContain('Éléonore Inventée');
    const kept = await readFile(join(data, 'exports', `${exportId}.sealed.json`), 'utf8');
    expect(kept).not.toContain('Inventée');
  });

  it('refuses who may not, what is unknown, and a folder inside the data folder; nothing stays behind', async () => {
    const before = await readdir(join(data, 'exports'));
    const as = (who: string, member: string, out: string) =>
      temoin('member', 'export', member, '--as', who, '--out', out);
    expect((await as(technician, 'm1', join(folder, 'x'))).code).toBe(3);
    expect((await as(director, 'none', join(folder, 'x'))).code).toBe(4);
    expect((await as(director, 'm1', join(data, 'x'))).code).toBe(2);
    expect((await as('nobody', 'm1', join(folder, 'x'))).code).toBe(3);
    expect(await readdir(join(data, 'exports'))).toEqual(before);
  });
});
