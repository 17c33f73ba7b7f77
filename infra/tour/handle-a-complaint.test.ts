import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectFolder } from '#testing/shared-data.js';
import { type ServiceProcess, startService } from '../demo/service-process.js';

const run = promisify(execFile);
const GUIDE = join(projectFolder, 'docs', 'guides', 'handle-a-complaint.md');

describe('the guide to handling a complaint', () => {
  let folder: string;
  let service: ServiceProcess;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'temoin-tour-'));
    service = await startService({ data: join(folder, 'data'), simulate: '2026-06-02T09:30:00+02:00' });
  }, 120_000);
  afterAll(async () => {
    await service.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('does what it says when its commands are run as they stand [charter:9.1] [charter:9.2]', async () => {
    const guide = await readFile(GUIDE, 'utf8');
    const commands = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block);
    expect(commands).toHaveLength(6);
    const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', commands.join('\necho\n')], {
      cwd: projectFolder,
      maxBuffer: 16_000_000,
      env: { ...process.env, BASE: service.url, JETON: service.token },
    });
    const problems = [...stdout.matchAll(/"code":"([a-z-]+)"[^}]*?"status":[45]\d\d/g)].map(([, code]) => code);
    expect(problems).toEqual(['complaint-inquirer-concerned', 'complaint-mediator-missing']);
    for (const said of ['mardi 9 juin 2026, 24 h', '5 jours ouvrables', 'h1', 'MediationReferred', 'LegalHoldReleased'])
      expect(stdout).toContain(said);
    expect(stdout).toMatch(/"holdsToRelease":\{"items":\[\{/);
    expect(stdout).not.toContain('undefined');
    expect(service.output()).not.toContain('Fictive');
  }, 120_000);
});
