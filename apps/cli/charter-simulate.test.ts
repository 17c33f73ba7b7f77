import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from '../composition/configuration.js';
import { captured } from './captured.fixture.js';

let folder: string;
const charter = join(projectFolder, 'infra', 'demo', 'charte-exemple.txt');
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temoin-simulate-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const temoin = (...args: readonly string[]) => captured(['--data', join(folder, 'data'), ...args]);

describe('charter simulate', () => {
  it('plays an installation’s own history, here an empty one, and publishes nothing [charter:10.2]', async () => {
    const imported = await temoin(
      'charter',
      'import',
      charter,
      '--effective',
      '2026-01-01',
      '--accept-missing',
      '--yes',
    );
    expect(imported.code).toBe(0);
    const over = ['--over', '2026-01-01..2026-12-31', '--set', 'sessionMinutes=45'];
    const { code, out } = await temoin('charter', 'simulate', charter, ...over);
    expect([code, out]).toEqual([0, expect.stringContaining('sessionMinutes: 45')]);
    expect(out).toContain('Nothing would have come out differently.');
    const json = JSON.parse((await temoin('--json', 'charter', 'simulate', charter, ...over)).out);
    expect(json).toMatchObject({ parameters: { sessionMinutes: 45 }, examined: { sessions: 0 }, differences: [] });
    expect(JSON.parse((await temoin('--json', 'charter', 'show')).out).items).toHaveLength(1);
  });

  it.each([
    [['--over', '2026-12-31..2026-01-01']],
    [['--over', 'l’an dernier']],
    [['--over', '2026-01-01..2026-12-31', '--set', 'openingDays=lundi']],
    [['--over', '2026-01-01..2026-12-31', '--set', 'sessionMinutes=0']],
    [['--over', '2026-01-01..2026-12-31', '--set', 'nothing=1']],
  ])('answers 2 to %j', async (options) => {
    const { code, err } = await temoin('charter', 'simulate', charter, ...options);
    expect(code).toBe(2);
    expect(err).not.toMatch(/^\s+at /m);
  });
});
