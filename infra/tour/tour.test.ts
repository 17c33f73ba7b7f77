import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectFolder } from '#testing/shared-data.js';
import { type ServiceProcess, startService } from '../demo/service-process.js';

const run = promisify(execFile);
const GUIDE = join(projectFolder, 'docs', 'guides', 'getting-started.md');

describe('the tour of the getting-started guide', () => {
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

  it('does what it says when its commands are run as they stand', async () => {
    const guide = await readFile(GUIDE, 'utf8');
    const commands = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block);
    expect(commands.length).toBeGreaterThan(5);
    const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', commands.join('\necho\n')], {
      cwd: projectFolder,
      maxBuffer: 16_000_000,
      env: { ...process.env, BASE: service.url, JETON: service.token, TEMOIN_DATA: join(folder, 'data') },
    });
    expect(stdout).toContain('"rule":"charter:3.1a"');
    expect(stdout.match(/"status":4\d\d/g)).toEqual(['"status":409']);
    for (const event of ['ConsentGiven', 'SessionStarted', 'ActionPerformed', 'SessionClosed'])
      expect(stdout).toContain(event);
    expect(stdout).toContain('File vidée, page d’essai imprimée.');
    expect(stdout).toContain('The live view was the same.');
    expect(stdout).not.toContain('undefined');
  }, 300_000);
});
