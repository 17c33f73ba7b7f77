import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectFolder } from '#testing/shared-data.js';
import { type ServiceProcess, startService } from '../demo/service-process.js';

const run = promisify(execFile);
const GUIDE = join(projectFolder, 'docs', 'guides', 'answer-a-rights-request.md');

describe('the guide to answering a rights request', () => {
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
    expect(commands.length).toBeGreaterThan(8);
    const shown = 'cat "$SORTIE/copie.html" "$SORTIE/a-remettre"/*.html; rm -r "$SORTIE"';
    const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', [...commands, shown].join('\necho\n')], {
      cwd: projectFolder,
      maxBuffer: 16_000_000,
      env: { ...process.env, BASE: service.url, JETON: service.token, TEMOIN_DATA: join(folder, 'data') },
    });
    const problems = [...stdout.matchAll(/"code":"([a-z-]+)"[^}]*?"status":[45]\d\d/g)].map(([, code]) => code);
    expect(problems).toEqual(['rights-extension-too-late', 'restriction-lift-not-announced']);
    for (const said of ['lundi 2 mars 2026', 'en retard', 'RightsRequestClosed']) expect(stdout).toContain(said);
    for (const said of ['Les données que l’association détient sur vous', '[masqué : concerne une autre personne]'])
      expect(stdout).toContain(said);
    for (const event of ['RestrictionLifted', 'StrikeOutDecided', 'LegalHoldReleased']) expect(stdout).toContain(event);
    expect(stdout).toContain('"name":{"state":"present","value":"Ève Fictive"}');
    expect(stdout).not.toContain('undefined');
    expect(service.output()).not.toContain('Fictive');
  }, 300_000);
});
