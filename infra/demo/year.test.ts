import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectFolder } from '#testing/shared-data.js';

const run = promisify(execFile);
const script = join(projectFolder, 'infra', 'scripts', 'demo.mjs');

interface Rule {
  readonly row: string;
  readonly exercised: boolean;
  readonly figures: Readonly<Record<'applied' | 'kept' | 'refused' | 'broken' | 'open', number>>;
}

describe('the demonstration of a year', () => {
  it('of a few sessions shows the charter rule by rule, loses what is a year old, and certifies each destruction [charter:8.1f] [charter:7.2a] [charter:2.3a]', async () => {
    const args = [script, '--scenario', 'year', '--sessions', '8', '--json'];
    const { stdout } = await run(process.execPath, args, { maxBuffer: 32_000_000 });
    const { sessions, refusedSlots, rules, neverExercised, runs, certified, destructions } = JSON.parse(stdout);
    expect(sessions + refusedSlots).toBe(8);
    expect(sessions).toBeGreaterThan(5);

    const rule = (row: string): Rule['figures'] => {
      const found = (rules as readonly Rule[]).find((one) => one.row === row);
      if (found === undefined) throw new Error(`no rule ${row}`);
      return found.figures;
    };
    // the first session lasted 70 minutes and had a risky act before anybody asked about a backup
    const overrun = rule('7.2a');
    expect(overrun).toMatchObject({ broken: 1, kept: overrun.applied - 1 });
    expect(overrun.applied).toBeGreaterThanOrEqual(sessions);
    expect(rule('2.3a').broken).toBe(1);
    expect(rule('3.1a')).toMatchObject({ broken: 0 });
    expect(rule('3.1a').kept).toBeGreaterThanOrEqual(sessions);
    expect(neverExercised).toBeGreaterThan(0);

    const sum = (field: string) =>
      (runs as readonly Record<string, number>[]).reduce((all, one) => all + Number(one[field]), 0);
    // the session and the request of each, a year after their end
    expect(sum('destroyed')).toBeGreaterThanOrEqual(2 * sessions);
    expect([sum('held'), sum('failed')]).toEqual([0, 0]);
    expect(destructions).toBeGreaterThan(0);
    expect(certified).toBe(destructions);
  });

  it('takes no number of sessions that is none', async () => {
    const wrong = run(process.execPath, [script, '--scenario', 'year', '--sessions', 'many']);
    await expect(wrong).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('--sessions') });
  });
});
