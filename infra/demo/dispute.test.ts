import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectFolder } from '#testing/shared-data.js';

const run = promisify(execFile);
type Line = Readonly<Record<string, string>>;

describe('the demonstration of a dispute', () => {
  it('holds on the eighth day, explains every deadline, erases only what is free, and purges after the release [charter:9.1] [charter:9.2] [charter:8.1f]', async () => {
    const args = [join(projectFolder, 'infra', 'scripts', 'demo.mjs'), '--scenario', 'dispute', '--json'];
    const { stdout } = await run(process.execPath, args, { maxBuffer: 32_000_000 });
    const story = JSON.parse(stdout);
    expect(story.clocksAtFiling.map(({ clock, standing }: Line) => [clock, standing])).toEqual([
      ['prompt-complaint', 'kept'],
      ['formal-complaint', 'kept'],
      ['complaint-acknowledgement', 'running'],
      ['complaint-proposal', 'running'],
      ['mediator-wait', 'running'],
      ['mediator-referral', 'running'],
    ]);
    for (const { derivation } of [...story.clocksAtFiling, ...story.deadlines])
      expect(derivation).toMatch(/ → .*24 h$/);
    expect(story.holds).toHaveLength(1);
    expect(story.toRelease).toHaveLength(1);
    expect(story.problemHeld).toMatchObject({ state: 'present' });
    for (const gone of [story.problemOfOther, story.problemAfter, story.complaintAfter])
      expect(gone).toMatchObject({ state: 'erased' });
    expect(story.problemOfOther.erasedAt < story.problemAfter.erasedAt).toBe(true);
    const broken = story.rules.filter(({ figures }: { figures: { broken: number } }) => figures.broken > 0);
    expect(broken.map(({ row }: Line) => row)).toEqual(expect.arrayContaining(['2.3a', '7.2a']));
  });
});
