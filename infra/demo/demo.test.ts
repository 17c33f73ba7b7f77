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
  });

  it('lists the scenarios when it is asked for one that does not exist', async () => {
    await expect(demo('--scenario', 'nowhere')).rejects.toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('session'),
    });
  });

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

describe('the demonstration of an erasure', () => {
  it('erases but for what is held, has the certificate verified, and stays so when an old backup is put back [charter:4.3]', async () => {
    const { stdout } = await demo('--scenario', 'erasure', '--json');
    const { certificate, grid, after, restored, gate } = JSON.parse(stdout);
    expect(grid.filter((line: { fixed: boolean }) => line.fixed)).toHaveLength(1);
    expect(certificate.certificate).toMatchObject({ result: 'complete', kept: [{ ground: 'legal-claim' }] });
    expect(certificate.verified).toContain('complete');
    for (const readable of [after, restored])
      expect(readable).toMatchObject({
        name: { state: 'erased' },
        problemFree: { state: 'erased' },
        problemHeld: { state: 'present' },
        nameOfOther: { state: 'present' },
        found: 0,
      });
    expect(gate.destroyedAgain).toBeGreaterThan(5);
  });
});
