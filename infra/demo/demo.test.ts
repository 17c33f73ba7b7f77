import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectFolder } from '#testing/shared-data.js';
import { nextStoryDay, parisTime } from './paris.js';
import { table } from './table.js';

const run = promisify(execFile);
const demo = (...args: readonly string[]) =>
  run(process.execPath, [join(projectFolder, 'infra', 'scripts', 'demo.mjs'), ...args], { maxBuffer: 32_000_000 });

describe('the demonstration', () => {
  it('plays the main job over HTTP and prints one JSON document and nothing else', async () => {
    const { stdout, stderr } = await demo('--json');
    const { charter, journal, compliance, stream } = JSON.parse(stdout);
    expect(charter.articles).toHaveLength(28);
    expect(journal.map((one: { status: string }) => one.status)).toEqual(['closed', 'closed', 'ended']);
    expect(compliance.total).toBeGreaterThanOrEqual(3);
    expect(stream.length).toBeGreaterThan(10);
    for (const [index, event] of stream.entries())
      expect(event).toMatchObject({
        type: expect.any(String),
        version: 1,
        revision: index,
        recordedAt: expect.stringMatching(/^2026-06-02T.*Z$/),
        data: expect.any(Object),
      });
    expect(JSON.stringify(journal)).toContain('personnage fictif');
    expect(stderr).toContain('charter:3.1a');
  }, 120_000);

  it('lists the scenarios when it is asked for one that does not exist', async () => {
    await expect(demo('--scenario', 'nowhere')).rejects.toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('session'),
    });
  }, 60_000);

  it('tells local times of Paris and the next day that is open', () => {
    expect(parisTime('2026-06-02', '10:00')).toBe('2026-06-02T10:00:00+02:00');
    expect(parisTime('2026-12-02', '10:00')).toBe('2026-12-02T10:00:00+01:00');
    expect(nextStoryDay('2026-06-05T12:00:00Z')).toBe('2026-06-08');
    expect(nextStoryDay('2026-06-02T06:30:00Z')).toBe('2026-06-02');
  });

  it('wraps long cells by words', () => {
    expect(table(['A', 'B'], [['one two three', 'x']], 7)).toBe(
      'A       │ B\n────────┼──\none two │ x\nthree   │'.trimEnd(),
    );
  });
});
