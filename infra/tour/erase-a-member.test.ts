import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectFolder } from '#testing/shared-data.js';
import { type ServiceProcess, startService } from '../demo/service-process.js';

const run = promisify(execFile);
const GUIDE = join(projectFolder, 'docs', 'guides', 'erase-a-member.md');

describe('the guide to erasing a member', () => {
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

  it('does what it says when its commands are run as they stand [charter:4.3]', async () => {
    const guide = await readFile(GUIDE, 'utf8');
    const commands = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block);
    const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', commands.join('\necho\n')], {
      cwd: projectFolder,
      maxBuffer: 16_000_000,
      env: { ...process.env, BASE: service.url, JETON: service.token, TEMOIN_DATA: join(folder, 'data') },
    });
    expect(stdout.match(/"status":[45]\d\d/g)).toBeNull();
    expect(stdout).toContain('"complete":true');
    expect(stdout).toMatch(/genuine +\w+/);
    expect(stdout).toContain('"state":"erased"');
    expect(stdout).toContain('RightsRequestClosed');
    expect(stdout).toMatch(/state +sound/);
    expect(stdout).not.toContain('undefined');
    expect(service.output()).not.toContain('Fictive');
  }, 300_000);
});
