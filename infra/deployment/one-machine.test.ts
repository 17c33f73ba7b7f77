import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from '#sqlite/temporary-folder.js';
import { projectFolder } from '#testing/shared-data.js';
import { settings } from '../../apps/composition/settings.js';

const run = promisify(execFile);
const file = (name: string): Promise<string> => readFile(join(projectFolder, name), 'utf8');
const unit = await file('infra/deployment/temoin.service');
const of = (name: string): readonly string[] =>
  [...unit.matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map(([, value = '']) => value);
const given = of('Environment').map((one) => one.split('='));
const writable = of('ReadWritePaths')
  .flatMap((paths) => paths.split(' '))
  .map((path) => path.replace(/^-/, ''));

describe('the installation on one machine', () => {
  it('gives the service settings that exist, and lets it write wherever they say', () => {
    const known = new Set<string>(['NODE_ENV', ...Object.values(settings).map(({ env }) => env)]);
    for (const [name = '', value = ''] of given) {
      expect(known).toContain(name);
      if (value.startsWith('/'))
        expect([value, writable.some((path) => `${value}/`.startsWith(`${path}/`))]).toEqual([value, true]);
    }
  });

  it('has a guide that makes each of its places and puts unit and command where they belong', async () => {
    const guide = await file('docs/guides/one-machine.md');
    const [made = ''] = /^sudo install -d .*$/m.exec(guide) ?? [];
    expect(made.split(' ')).toEqual(expect.arrayContaining([...writable]));
    expect(guide).toContain('sudo install -m 0755 infra/deployment/temoin /usr/local/bin/temoin');
    expect(guide).toContain('sudo cp infra/deployment/temoin.service /etc/systemd/system/');
  });

  it('has a command that takes the settings of the service, whatever stands in them', async () => {
    const folder = await temporaryFolder();
    try {
      const { stdout: user } = await run('id', ['-un']);
      await mkdir(folder.file('etc'));
      const own = unit
        .replace(/^User=.*$/m, `User=${user.trim()}`)
        .replaceAll('/usr/bin/node', process.execPath)
        .replaceAll('/opt/temoin', projectFolder)
        .replaceAll('/etc/temoin', folder.file('etc'))
        .replaceAll('/var/lib/temoin', folder.file('data'))
        .replaceAll('/srv/', folder.file('srv/'));
      await writeFile(folder.file('temoin.service'), own);
      const more = [
        '# a remark',
        'TEMOIN_HOST=127.0.0.2',
        '',
        'TEMOIN_ASSOCIATION=Amis & voisins; $HOME',
        'TEMOIN_PORT=4321',
      ];
      await writeFile(folder.file('etc/environment'), more.join('\n'));
      const env = { ...process.env, TEMOIN_UNIT: folder.file('temoin.service'), TEMOIN_DATA: '/nowhere' };
      const said = await run('sh', [join(projectFolder, 'infra/deployment/temoin'), 'doctor', '--json'], { env }).catch(
        (error: { readonly stdout: string }) => error,
      );
      expect(said.stdout).toContain(folder.file('data'));
      expect(said.stdout).toContain(folder.file('etc/root-key.json'));
      expect(said.stdout).toContain('http://127.0.0.2:4321');
    } finally {
      await folder.remove();
    }
  });
});
